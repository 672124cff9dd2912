import type { Entry, MapNode, Node, Span } from '../../../text';
import { itemsAt, mapAt, scalarAt, stringAt } from '../../access';
import { list, map, scalar } from '../tree';

interface Parts {
  readonly sources?: readonly string[];
  readonly action?: string;
  readonly regex?: string;
  readonly target?: string;
  readonly replacement?: string;
  readonly separator?: string;
}

/** A relabelling rule that stands at the part of the monitor that it is made of. */
export function rule(span: Span, { sources, action, regex, target, replacement, separator }: Parts): MapNode {
  const text = (value: string | undefined) => (value === undefined ? undefined : scalar(value, span));
  return map(span, {
    source_labels:
      sources &&
      list(
        span,
        sources.map((one) => scalar(one, span)),
      ),
    action: text(action),
    regex: text(regex),
    target_label: text(target),
    replacement: text(replacement),
    separator: text(separator),
  });
}

/** As labels of objects are called in rules. */
export function sanitized(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** Every job keeps its own name, for rules of users. */
export function jobRule(span: Span): MapNode {
  return rule(span, { sources: ['job'], target: '__tmp_prometheus_job_name' });
}

/** Pods that have ended serve nothing any more. */
export function runningRule(span: Span): MapNode {
  return rule(span, { sources: ['__meta_kubernetes_pod_phase'], action: 'drop', regex: '(Failed|Succeeded)' });
}

const OPERATORS: Readonly<Record<string, { readonly action: string; readonly hasValues: boolean }>> = {
  In: { action: 'keep', hasValues: true },
  NotIn: { action: 'drop', hasValues: true },
  Exists: { action: 'keep', hasValues: false },
  DoesNotExist: { action: 'drop', hasValues: false },
};

/** `spec.selector` of a monitor as rules over the labels of pods, Services or Ingresses. */
export function selectorRules(selector: Node | undefined, of: 'pod' | 'service' | 'ingress'): readonly MapNode[] {
  const label = (key: string) => `__meta_kubernetes_${of}_label_${sanitized(key)}`;
  const present = (key: string) => `__meta_kubernetes_${of}_labelpresent_${sanitized(key)}`;
  const exact = [...(mapAt(selector, 'matchLabels')?.entries ?? [])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { value }]: [string, Entry]) =>
      rule(value.span, {
        sources: [label(key), present(key)],
        action: 'keep',
        regex: `(${value.kind === 'scalar' ? value.value : ''});true`,
      }),
    );
  const sets = itemsAt(selector, 'matchExpressions').flatMap((expression) => {
    const operator = OPERATORS[stringAt(expression, 'operator') ?? ''];
    const key = stringAt(expression, 'key');
    if (!operator || key === undefined) return [];
    const { action, hasValues } = operator;
    if (!hasValues) return [rule(expression.span, { sources: [present(key)], action, regex: 'true' })];
    const values = itemsAt(expression, 'values').map((value) => `${scalarAt(value)?.value ?? ''}`);
    const regex = `(${values.join('|')});true`;
    return [rule(expression.span, { sources: [label(key), present(key)], action, regex })];
  });
  return [...exact, ...sets];
}

/** Labels of pods or Services that targets get under their own names. */
export function labelRules(names: readonly Node[], of: 'pod' | 'service'): readonly MapNode[] {
  return names.flatMap((node) => {
    const name = sanitized(`${scalarAt(node)?.value ?? ''}`);
    const source = `__meta_kubernetes_${of}_label_${name}`;
    return [rule(node.span, { sources: [source], target: name, regex: '(.+)', replacement: '$1' })];
  });
}

/** The job is called by a label where the object has it. */
export function jobLabelRules(spec: Node | undefined, of: 'pod' | 'service'): readonly MapNode[] {
  const label = scalarAt(spec, 'jobLabel');
  if (typeof label?.value !== 'string' || label.value === '') return [];
  const source = `__meta_kubernetes_${of}_label_${sanitized(label.value)}`;
  return [rule(label.span, { sources: [source], target: 'job', regex: '(.+)', replacement: '$1' })];
}

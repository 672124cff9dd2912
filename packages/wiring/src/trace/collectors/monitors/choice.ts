import { type KubeObject, type LabelSelector, type Located, labelOf, type Missing, type World } from '../../../model';
import { mapAt } from '../../../read/access';
import { readSelector } from '../../../read/access-rules';
import { locatedMap } from '../../../read/kubernetes';
import type { Node, Span } from '../../../text';
import { maySelect, selects } from '../../scrape/selector';

/** Does somebody who reads monitors take this one? */
export type Choice =
  | { readonly truth: 'yes'; readonly text: string; readonly span: Span }
  | { readonly truth: 'no'; readonly why: string; readonly span: Span; readonly isMistyped: boolean }
  | { readonly truth: 'unknown'; readonly missing: Missing };

/** A monitor that a reader does not take. */
export interface Ignored {
  readonly object: KubeObject;
  readonly choice: Exclude<Choice, { readonly truth: 'yes' }>;
}

/** By what monitors of one kind are chosen. */
export interface MonitorFilter {
  /** Absent: none is chosen. */
  readonly labels?: Located<LabelSelector>;
  /** Absent: those in the namespace `own`. */
  readonly namespaces?: Located<LabelSelector>;
  /** Without `namespaces`, some versions take the monitors of all of them. */
  readonly isLoose?: boolean;
  /** Names that the namespace must be among; empty: any. */
  readonly names?: Located<readonly string[]>;
  /** Names of namespaces that are never looked at. */
  readonly denied?: Located<readonly string[]>;
  readonly own?: Located<string>;
  /** As reports call who chooses. */
  readonly who: string;
  readonly span: Span;
}

/** A label selector of an object; null and no selector at all choose nothing, an empty one chooses everything. */
export function selectorAt(node: Node | undefined, key: string): Located<LabelSelector> | undefined {
  const found = mapAt(node, key);
  return found && { value: readSelector(found), span: found.span };
}

export function choose(object: KubeObject, filter: MonitorFilter, world: World): Choice {
  const { labels, who, span } = filter;
  if (!labels) return { truth: 'no', why: `${who} chooses no ${object.kind} at all`, span, isMistyped: false };
  const place = inNamespace(object, filter, world);
  if (place) return place;
  const own = locatedMap(object.node, 'metadata', 'labels');
  if (selects(labels.value, (key) => own.get(key)?.value)) {
    const wants = labels.value.requirements.length === 0 ? 'every label' : wanted(labels.value);
    return { truth: 'yes', text: `${who} chooses ${labelOf(object)}: it takes ${wants}`, span: labels.span };
  }
  const isMistyped = labels.value.requirements.some(({ operator, values, key }) => {
    const value = own.get(key)?.value;
    return operator === 'In' && value !== undefined && values.some((other) => isAlike(other, value));
  });
  const why = `${who} wants ${wanted(labels.value)}`;
  return { truth: 'no', why, span: labels.span, isMistyped };
}

function wanted({ requirements }: LabelSelector): string {
  return requirements
    .map(({ key, operator, values }) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `no ${key}`;
      return `${key} ${operator === 'In' ? 'in' : 'not in'} (${values.join(', ')})`;
    })
    .join(', ');
}

/** `undefined`: the namespace is one of those that are looked at. */
function inNamespace(object: KubeObject, filter: MonitorFilter, world: World): Choice | undefined {
  const { namespaces, names, denied, own, who, span, isLoose } = filter;
  const namespace = object.namespace;
  const isEverywhere = namespaces?.value.requirements.length === 0;
  if (isEverywhere && !denied && !names?.value.length) return undefined;
  if (!namespace)
    return { truth: 'unknown', missing: { kind: 'namespace', what: `the namespace of ${labelOf(object)}` } };
  if (denied?.value.includes(namespace.value)) {
    return { truth: 'no', why: `${who} leaves namespace ${namespace.value} out`, span: denied.span, isMistyped: false };
  }
  if (names && names.value.length > 0 && !names.value.includes(namespace.value)) {
    const isMistyped = names.value.some((name) => isAlike(name, namespace.value));
    return { truth: 'no', why: `${who} looks in ${names.value.join(', ')} only`, span: names.span, isMistyped };
  }
  if (isEverywhere) return undefined;
  if (!namespaces) {
    if (!own) return { truth: 'unknown', missing: { kind: 'namespace', what: `the namespace of ${who}` } };
    if (own.value === namespace.value) return undefined;
    if (isLoose) {
      return { truth: 'unknown', missing: { kind: 'version', what: `whether ${who} looks in other namespaces` } };
    }
    const why = `${who} looks in its own namespace, ${own.value}, only`;
    return { truth: 'no', why, span, isMistyped: false };
  }
  const labels = world.cluster.access.namespaces.get(namespace.value);
  // Kubernetes gives every namespace this label.
  const label = (key: string) => (key === 'kubernetes.io/metadata.name' ? namespace.value : labels?.get(key)?.value);
  const truth = maySelect(namespaces.value, label, labels !== undefined);
  if (truth === 'yes') return undefined;
  if (truth === 'unknown') {
    return { truth, missing: { kind: 'namespace', what: `the labels of namespace ${namespace.value}` } };
  }
  const why = `${who} wants namespaces with ${wanted(namespaces.value)}`;
  return { truth, why, span: namespaces.span, isMistyped: false };
}

/** The same but for one or two letters at one place. */
export function isAlike(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const longer = Math.max(a.length, b.length);
  return a !== b && longer > 3 && longer - head - tail <= 2;
}

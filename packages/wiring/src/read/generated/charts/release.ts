import { type KubeObject, type Located, unknown } from '../../../model';
import { type Entry, type MapNode, MappedText, type Node, type ScalarNode, type Span } from '../../../text';
import { at, mapAt, scalarAt } from '../../access';
import { parseYaml } from '../../yaml';
import { map, scalar } from '../tree';

/** What is known of an installation besides its values. */
export interface HelmRelease {
  readonly name?: string;
  readonly namespace?: Located<string>;
}

/** Values as a chart sees them: its own where nothing else is said. */
export interface ChartValues {
  /** Of these values, merged. */
  readonly root: MapNode;
  /** Where objects stand of which no part is written. */
  readonly span: Span;
  readonly release: HelmRelease;
  readonly chart: string;
}

/** Lays values over a chart's defaults as Helm does: maps key by key, null takes a key away, anything else as a whole. */
export function withDefaults(values: Node, defaults: string, chart: string, release: HelmRelease): ChartValues {
  const span = firstLine(values.span);
  const [base] = parseYaml(MappedText.derived(defaults, span)).documents;
  const merged = base ? overlaid(base, values) : values;
  return { root: merged.kind === 'map' ? merged : map(span, {}), span, chart, release };
}

export function overlaid(base: Node, over: Node): Node {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key)?.value;
    if (entry.value.kind === 'scalar' && entry.value.value === null) entries.delete(key);
    else entries.set(key, before ? { ...entry, value: overlaid(before, entry.value) } : entry);
  }
  return { ...over, entries };
}

/** The name that most charts give what they make: the release's, where it has the chart's in it already. */
export function fullName({ root, chart, release }: ChartValues, limit = 63): string {
  const given = textAt(root, 'fullnameOverride');
  if (given) return cut(given, limit);
  const name = textAt(root, 'nameOverride') || chart;
  const own = release.name ?? '<release>';
  return own.includes(name) ? cut(own, limit) : cut(`${own}-${name}`, limit);
}

function cut(name: string, limit: number): string {
  return name.slice(0, limit).replace(/-$/, '');
}

export function textAt(node: Node | undefined, ...path: readonly string[]): string | undefined {
  const value = scalarAt(node, ...path)?.value;
  return value === undefined || value === null || value === '' ? undefined : `${value}`;
}

/** Whether Helm takes a value for true: neither false, nor nothing, nor empty. */
export function isSet(node: Node | undefined): boolean {
  if (!node) return false;
  if (node.kind === 'map') return node.entries.size > 0;
  if (node.kind === 'list') return node.items.length > 0;
  return node.value !== null && node.value !== false && node.value !== '' && node.value !== 0;
}

/** The account that a chart makes or is given, under `serviceAccount`. */
export interface ChartAccount {
  readonly name: ScalarNode;
  readonly objects: readonly KubeObject[];
}

export function accountOf(values: ChartValues, node: Node | undefined, made: string): ChartAccount {
  const isMade = isSet(at(node, 'create'));
  const given = textAt(node, 'name') === undefined ? undefined : scalarAt(node, 'name');
  const name = given ?? scalar(isMade ? made : 'default', node?.span ?? values.span);
  if (!isMade) return { name, objects: [] };
  const annotations = mapAt(node, 'annotations');
  const parts = {
    metadata: map(name.span, { annotations }),
    automountServiceAccountToken: at(node, 'automountServiceAccountToken'),
  };
  const object = made_(values, 'v1', 'ServiceAccount', `${name.value}`, parts, name.span);
  // Where it is installed, a role may be set that these values do not say.
  const isOpen = !isSet(annotations) && values.release.name === undefined;
  const what = `the role of the account of chart ${values.chart}, which its values do not say`;
  return { name, objects: [isOpen ? { ...object, role: unknown('role', what) } : object] };
}

/** An object that a chart makes in the namespace of its release. */
export function made_(
  { root, span, release }: ChartValues,
  apiVersion: string,
  kind: string,
  name: string,
  parts: Readonly<Record<string, Node | undefined>>,
  place: Span = span,
): KubeObject {
  const override = textAt(root, 'namespaceOverride');
  const own = scalarAt(root, 'namespaceOverride');
  const namespace = override && own ? { value: override, span: own.span } : release.namespace;
  const isOfCluster = kind.startsWith('ClusterRole');
  return {
    apiVersion,
    kind,
    name: { value: name, span: place },
    node: map(place, parts),
    ...(namespace && !isOfCluster && { namespace }),
  };
}

/** A ClusterRole and its binding to an account; `rules` as they are written in a manifest. */
export function accessOf(
  values: ChartValues,
  name: string,
  account: ScalarNode,
  rules: Node | undefined,
): readonly KubeObject[] {
  const { span, release } = values;
  const subject = map(account.span, {
    kind: scalar('ServiceAccount', span),
    name: account,
    namespace: release.namespace && scalar(release.namespace.value, release.namespace.span),
  });
  const roleRef = map(span, { kind: scalar('ClusterRole', span), name: scalar(name, span) });
  const subjects: Node = { kind: 'list', span, items: [subject] };
  return [
    made_(values, 'rbac.authorization.k8s.io/v1', 'ClusterRole', name, { rules }),
    made_(values, 'rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', name, { roleRef, subjects }),
  ];
}

/** Text in which Helm has nothing to fill in; other text is not known before the chart is rendered. */
export function plainText(node: ScalarNode | undefined): ScalarNode | undefined {
  return typeof node?.value === 'string' && !node.value.includes('{{') ? node : undefined;
}

/** A file of a ConfigMap that only Helm knows: it is there, and nobody can read it. */
export function unreadable(span: Span): MapNode {
  return map(span, {});
}

export function firstLine({ source, start }: Span): Span {
  const end = source.text.indexOf('\n', start);
  return { source, start, end: end === -1 ? source.text.length : end };
}

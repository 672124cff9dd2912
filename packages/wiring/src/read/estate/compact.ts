import type { KubeObject } from '../../model';
import type { Entry, MapNode, Node } from '../../text';
import { COLLECTOR_KINDS } from '../generated';
import { isMonitor } from '../generated/monitors';
import { GRAFANA_KINDS } from '../grafana';
import { POD_TEMPLATES } from '../kubernetes';

/** What of a container is ever asked for. */
const CONTAINER = [
  'name',
  'image',
  'command',
  'args',
  'env',
  'envFrom',
  'volumeMounts',
  'ports',
  'restartPolicy',
  'securityContext',
  'readinessProbe',
  'livenessProbe',
  'startupProbe',
  'resources',
];
const POD_SPEC = [
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
  'hostNetwork',
  'nodeSelector',
  'tolerations',
  'os',
  'securityContext',
  'containers',
  'initContainers',
  'volumes',
];

/** Kinds that are kept as they are: they are few, or all of them is looked at. */
const WHOLE = new Set([
  'ConfigMap',
  'FieldExport',
  'NetworkPolicy',
  'ClusterConfig',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Application',
  'ApplicationSet',
  'AppProject',
  'PrometheusRule',
  'Alertmanager',
]);

const KEPT: ReadonlyMap<string, readonly string[]> = new Map([
  ['ServiceAccount', ['metadata', 'automountServiceAccountToken']],
  ['Namespace', ['metadata']],
  ['Service', ['metadata', 'spec']],
  ['CustomResourceDefinition', ['metadata']],
  ['Ingress', ['spec']],
  ['ExternalSecret', ['spec']],
  ['HorizontalPodAutoscaler', ['spec']],
]);

/**
 * The object without the parts that nothing reads. Trees are what a large estate costs in memory (35 times its text and
 * more), so each file's are cut down before the next file is read.
 */
export function compact(object: KubeObject): KubeObject {
  if (isMonitor(object)) return object;
  if (WHOLE.has(object.kind) || COLLECTOR_KINDS.has(object.kind) || GRAFANA_KINDS.has(object.kind)) return object;
  if (object.apiVersion.includes('.services.k8s.aws/')) return object;
  if (object.kind === 'Secret') return { ...object, node: keysOnly(object.node) };
  const template = POD_TEMPLATES.get(object.kind);
  if (template) return { ...object, node: withSpec(object.node, pick(object.node, template, pod)) };
  return { ...object, node: only(object.node, KEPT.get(object.kind) ?? []) };
}

/** Which keys a Secret has, and never what is in them. */
function keysOnly(secret: Node): MapNode {
  const cut = only(secret, ['metadata', 'data', 'stringData']);
  for (const field of ['data', 'stringData']) {
    const entry = cut.entries.get(field);
    if (entry?.value.kind !== 'map') continue;
    const keys = [...entry.value.entries].map(([key, { key: span }]): [string, Entry] => [
      key,
      { key: span, value: { kind: 'map', span, entries: new Map() } },
    ]);
    cut.entries.set(field, { key: entry.key, value: { kind: 'map', span: entry.value.span, entries: new Map(keys) } });
  }
  return cut;
}

/** What is asked for of a workload beside its pods. */
function withSpec(whole: Node, cut: MapNode): MapNode {
  for (const key of ['replicas', 'selector', 'volumeClaimTemplates']) {
    const entry = whole.kind === 'map' ? entriesOf(whole, 'spec')?.get(key) : undefined;
    if (entry) entriesOf(cut, 'spec')?.set(key, entry);
  }
  return cut;
}

function entriesOf(node: MapNode, key: string): Map<string, Entry> | undefined {
  const value = node.entries.get(key)?.value;
  return value?.kind === 'map' ? value.entries : undefined;
}

function pod(template: Node): Node {
  const metadata = template.kind === 'map' ? template.entries.get('metadata') : undefined;
  const cut = pick(template, ['spec'], (spec) => {
    const entries = only(spec, POD_SPEC).entries;
    for (const key of ['containers', 'initContainers']) {
      const entry = entries.get(key);
      if (entry?.value.kind !== 'list') continue;
      const items = entry.value.items.map((container) => only(container, CONTAINER));
      entries.set(key, { key: entry.key, value: { ...entry.value, items } });
    }
    return { kind: 'map', span: spec.span, entries };
  });
  if (metadata) cut.entries.set('metadata', { ...metadata, value: only(metadata.value, ['labels', 'annotations']) });
  return cut;
}

/** The one path through a tree, its end changed. */
function pick(node: Node, path: readonly string[], change: (end: Node) => Node): MapNode {
  const [first, ...rest] = path;
  if (first === undefined) {
    const changed = change(node);
    return changed.kind === 'map' ? changed : only(node, []);
  }
  const entry = node.kind === 'map' ? node.entries.get(first) : undefined;
  const entries = new Map<string, Entry>();
  if (entry) entries.set(first, { key: entry.key, value: pick(entry.value, rest, change) });
  return { kind: 'map', span: node.span, entries };
}

function only(node: Node, keys: readonly string[]): MapNode {
  const entries = new Map<string, Entry>();
  for (const key of keys) {
    const entry = node.kind === 'map' ? node.entries.get(key) : undefined;
    if (entry) entries.set(key, entry);
  }
  return { kind: 'map', span: node.span, entries };
}

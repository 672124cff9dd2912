import type { Container, ContainerPort, LocatedMap, Workload } from '../../model';
import type { Label, Rests } from './relabel';

/** A pod as the API server may show it: values that the cluster chooses, of which three examples stand for all. */
export interface Witness {
  readonly ip: string;
  readonly hostIp: string;
  readonly node: string;
  readonly suffix: string;
  readonly hash: string;
  readonly ordinal: string;
  readonly uid: string;
}

export const WITNESSES: readonly Witness[] = [
  {
    ip: '10.42.7.19',
    hostIp: '10.42.0.8',
    node: 'ip-10-42-0-8.ap-northeast-2.compute.internal',
    suffix: 'x2k4q',
    hash: '6d4cf56db6',
    ordinal: '0',
    uid: '3f0b1c52-8a4e-4d5b-9d53-0c6a1f7e2b90',
  },
  {
    ip: '192.168.213.104',
    hostIp: '192.168.9.77',
    node: 'i-0f3c9d27a1b64e588.us-east-1.compute.internal',
    suffix: 'bcd9z',
    hash: '7f9b8cdd4',
    ordinal: '3',
    uid: 'c81d4e2e-bcf2-41e6-869b-7df92533d2db',
  },
  {
    ip: '172.31.5.6',
    hostIp: '172.31.200.1',
    node: 'fargate-node-a',
    suffix: 'm5vpl',
    hash: '54c76b8f59',
    ordinal: '11',
    uid: '9e107d9d-372b-4826-81d3-5421d9c0f7aa',
  },
];

export interface PodTarget {
  readonly labels: ReadonlyMap<string, Label>;
  readonly witness: Witness;
}

export const META = '__meta_kubernetes_';
const CERTAIN: ReadonlySet<Rests> = new Set();

/**
 * What role pod makes of a pod template: one target for each declared port, one without port for each container that
 * declares none, init containers too (Prometheus, discovery/kubernetes/pod.go).
 */
export function podTargets(workload: Workload, witness: Witness): readonly PodTarget[] {
  const { pod } = workload;
  const common = podLabels(workload, witness);
  const address = addressOf(workload, witness);
  return inOrder(pod.containers).flatMap((container) => {
    const own = new Map([...common, ...containerLabels(container)]);
    own.set(`${META}pod_container_id`, { value: `containerd://${witness.uid}`, rests: new Set(['pod name']) });
    if (container.ports.length === 0) {
      own.set('__address__', { value: address, rests: new Set(['ip']) });
      return [{ labels: own, witness }];
    }
    return container.ports.map((port) => {
      const labels = new Map([...own, ...portLabels(port)]);
      labels.set('__address__', { value: `${address}:${port.number}`, rests: new Set(['ip']) });
      return { labels, witness };
    });
  });
}

/** The address of a pod: its own, or that of its node. */
export function addressOf({ pod }: Workload, witness: Witness): string {
  return pod.hostNetwork ? witness.hostIp : witness.ip;
}

/** The labels that all targets of a pod have. */
export function podLabels({ object, pod }: Workload, witness: Witness): Map<string, Label> {
  const common = new Map<string, Label>();
  const set = (name: string, value: string, ...rests: readonly Rests[]) =>
    common.set(`${META}${name}`, { value, rests: rests.length === 0 ? CERTAIN : new Set(rests) });
  if (object.namespace) set('namespace', object.namespace.value);
  else set('namespace', 'default', 'cluster');
  const owner = ownerOf(object.inline?.controller ?? object.kind, object.name.value, witness);
  if (object.kind === 'Pod') set('pod_name', object.name.value);
  else set('pod_name', owner.pod, 'pod name');
  set('pod_ip', addressOf({ object, pod }, witness), 'ip');
  set('pod_host_ip', witness.hostIp, 'ip');
  set('pod_node_name', witness.node, 'node');
  set('pod_uid', witness.uid, 'pod name');
  set('pod_phase', 'Running');
  set('pod_ready', 'true');
  if (owner.kind) {
    set('pod_controller_kind', owner.kind);
    if (owner.isNamed) set('pod_controller_name', owner.name);
    else set('pod_controller_name', owner.name, 'pod name');
  }
  objectLabels('pod', pod.labels, pod.annotations, common);
  return common;
}

/** Labels and annotations of an object, as each role writes them. */
export function objectLabels(
  role: string,
  labels: LocatedMap,
  annotations: LocatedMap,
  into: Map<string, Label>,
): Map<string, Label> {
  for (const [kind, entries] of [
    ['label', labels],
    ['annotation', annotations],
  ] as const) {
    for (const [key, { value }] of entries) {
      into.set(`${META}${role}_${kind}_${sanitized(key)}`, { value, rests: CERTAIN });
      into.set(`${META}${role}_${kind}present_${sanitized(key)}`, { value: 'true', rests: CERTAIN });
    }
  }
  return into;
}

export function containerLabels({ name, image, role }: Container): ReadonlyMap<string, Label> {
  const put = (key: string, value: string) => [`${META}pod_container_${key}`, { value, rests: CERTAIN }] as const;
  return new Map([put('name', name), put('image', image?.value ?? ''), put('init', `${role !== 'main'}`)]);
}

export function portLabels({ number, name, protocol }: ContainerPort): ReadonlyMap<string, Label> {
  const put = (key: string, value: string) => [`${META}pod_container_port_${key}`, { value, rests: CERTAIN }] as const;
  return new Map([put('number', `${number}`), put('name', name ?? ''), put('protocol', protocol)]);
}

/** Init containers come last. */
export function inOrder(containers: readonly Container[]): readonly Container[] {
  return [...containers].sort((a, b) => rank(a.role) - rank(b.role));
}

function rank(role: 'main' | 'init' | 'sidecar'): number {
  return role === 'main' ? 0 : 1;
}

function sanitized(key: string): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}

interface Owner {
  readonly kind?: string;
  readonly name: string;
  readonly pod: string;
  readonly isNamed: boolean;
}

/** Who owns the pods of a workload, and how they are called. */
function ownerOf(kind: string, name: string, { suffix, hash, ordinal }: Witness): Owner {
  switch (kind) {
    case 'Deployment':
    case 'Rollout':
      return { kind: 'ReplicaSet', name: `${name}-${hash}`, pod: `${name}-${hash}-${suffix}`, isNamed: false };
    case 'CronJob':
      return { kind: 'Job', name: `${name}-28734560`, pod: `${name}-28734560-${suffix}`, isNamed: false };
    case 'StatefulSet':
      return { kind, name, pod: `${name}-${ordinal}`, isNamed: true };
    case 'Pod':
      return { name, pod: name, isNamed: true };
    default:
      return { kind, name, pod: `${name}-${suffix}`, isNamed: true };
  }
}

/** Labels of pods that controllers add, by their beginnings. */
const ADDED =
  `pod_template_ controller_ statefulset_kubernetes_io apps_kubernetes_io_pod_index batch_kubernetes_io job_name
  topology_kubernetes_io`.split(/\s+/);

/** What labels rest on that are not in the pod: those of its node, of its namespace, and what controllers add. */
const OPEN = new RegExp(
  `^${META}(?:node_|namespace_|pod_label(?:present)?_(?:${ADDED.join('|')})` +
    '|endpoint(?:s|slice)_(?:label|annotation)(?:present)?_(?:endpoints_kubernetes_io|service_kubernetes_io))',
);

export function lookupMeta(name: string): Label | undefined {
  return OPEN.test(name) ? { value: '', rests: new Set(['cluster']) } : undefined;
}

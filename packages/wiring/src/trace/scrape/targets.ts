import type { Workload } from '../../model';
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

const META = '__meta_kubernetes_';
const CERTAIN: ReadonlySet<Rests> = new Set();

/**
 * What discovery.kubernetes with role pod makes of a pod template: one target for each declared port, one without port
 * for each container that declares none, init containers too (Prometheus, discovery/kubernetes/pod.go).
 */
export function targetsOf({ object, pod }: Workload, witness: Witness): readonly PodTarget[] {
  const common = new Map<string, Label>();
  const set = (name: string, value: string, ...rests: readonly Rests[]) =>
    common.set(`${META}${name}`, { value, rests: rests.length === 0 ? CERTAIN : new Set(rests) });
  if (object.namespace) set('namespace', object.namespace.value);
  else set('namespace', 'default', 'cluster');
  const owner = ownerOf(object.kind, object.name.value, witness);
  if (object.kind === 'Pod') set('pod_name', object.name.value);
  else set('pod_name', owner.pod, 'pod name');
  set('pod_ip', pod.hostNetwork ? witness.hostIp : witness.ip, 'ip');
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
  for (const [kind, entries] of [
    ['label', pod.labels],
    ['annotation', pod.annotations],
  ] as const) {
    for (const [key, { value }] of entries) {
      set(`pod_${kind}_${sanitized(key)}`, value);
      set(`pod_${kind}present_${sanitized(key)}`, 'true');
    }
  }
  const address = pod.hostNetwork ? witness.hostIp : witness.ip;
  const inOrder = [...pod.containers].sort((a, b) => rank(a.role) - rank(b.role));
  return inOrder.flatMap((container) => {
    const own = new Map(common);
    const put = (name: string, value: string) => own.set(`${META}pod_container_${name}`, { value, rests: CERTAIN });
    put('name', container.name);
    put('image', container.image?.value ?? '');
    put('init', `${container.role !== 'main'}`);
    own.set(`${META}pod_container_id`, { value: `containerd://${witness.uid}`, rests: new Set(['pod name']) });
    if (container.ports.length === 0) {
      own.set('__address__', { value: address, rests: new Set(['ip']) });
      return [{ labels: own, witness }];
    }
    return container.ports.map(({ number, name, protocol }) => {
      const labels = new Map(own);
      const add = (key: string, value: string) =>
        labels.set(`${META}pod_container_port_${key}`, { value, rests: CERTAIN });
      labels.set('__address__', { value: `${address}:${number}`, rests: new Set(['ip']) });
      add('number', `${number}`);
      add('name', name ?? '');
      add('protocol', protocol);
      return { labels, witness };
    });
  });
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

/** What labels rest on that are not in the pod: those of its node, of its namespace, and what controllers add. */
export function lookupMeta(name: string): Label | undefined {
  const isOpen =
    name.startsWith(`${META}node_`) ||
    name.startsWith(`${META}namespace_`) ||
    /^__meta_kubernetes_pod_label(?:present)?_(?:pod_template_hash|controller_|statefulset_kubernetes_io|apps_kubernetes_io_pod_index|batch_kubernetes_io|job_name|topology_kubernetes_io)/.test(
      name,
    );
  return isOpen ? { value: '', rests: new Set(['cluster']) } : undefined;
}

import { lookupMeta, type PodTarget, type Witness } from '@eks-sightline/wiring/lib/trace/scrape/targets';
import type { Pod } from './cluster';

type Labels = Readonly<Record<string, string>>;

/** What Prometheus adds for the scrape itself, and not out of the cluster. */
const OF_SCRAPE = /^(?:job|__(?!address__$|meta_).*)$/;

/** The values of a pod that a cluster chose, for our trace to put in their places. */
export function witnessOf({ metadata, spec, status }: Pod): Witness {
  const [owner] = metadata.ownerReferences ?? [];
  const parts = metadata.name.split('-');
  const last = parts.at(-1) ?? '';
  return {
    ip: status.podIP ?? '',
    hostIp: status.hostIP ?? '',
    node: spec.nodeName ?? '',
    suffix: last,
    ordinal: last,
    hash: owner?.kind === 'ReplicaSet' ? (parts.at(-2) ?? '') : '',
    uid: metadata.uid,
  };
}

/** Where the two lists of targets are not the same; labels whose values the cluster chooses have to be there only. */
export function differences(ours: readonly PodTarget[], real: readonly Labels[]): readonly string[] {
  const key = (labels: Labels) =>
    ['__address__', '__meta_kubernetes_pod_container_name', '__meta_kubernetes_pod_container_port_number']
      .concat('__meta_kubernetes_endpoint_port_name', '__meta_kubernetes_endpointslice_port_name')
      .concat('__meta_kubernetes_service_name', '__meta_kubernetes_service_port_name')
      .map((name) => labels[name] ?? '')
      .join(' ');
  const left = new Map(real.map((labels) => [key(labels), labels]));
  const found: string[] = [];
  for (const { labels } of ours) {
    const plain = Object.fromEntries([...labels].map(([name, { value }]) => [name, value]));
    const other = left.get(key(plain));
    left.delete(key(plain));
    if (!other) {
      found.push(`only ours: ${key(plain)}`);
      continue;
    }
    for (const [name, { value, rests }] of labels) {
      const isOpen = rests.has('cluster') || (rests.has('pod name') && name.includes('endpointslice'));
      if (isOpen ? other[name] === undefined : (other[name] ?? '') !== value) {
        found.push(`${name}: ours ${JSON.stringify(value)}, real ${JSON.stringify(other[name])}`);
      }
    }
    for (const [name, value] of Object.entries(other)) {
      if (labels.has(name) || OF_SCRAPE.test(name) || value === '' || lookupMeta(name)) continue;
      found.push(`${name}: not ours, real ${JSON.stringify(value)}`);
    }
  }
  return [...found, ...[...left.keys()].map((one) => `only real: ${one}`)];
}

import type { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { type ToPods, tcp, toNames, toPodIdentityAgent, toServices } from '../core/egress';
import { addObject } from '../core/manifest';
import type { CollectorSettings } from './collector-settings';

export interface CollectorTraffic {
  /** Where its own metrics are. */
  readonly httpPort: number;
  /** Its targets may be anywhere, because monitors name them. */
  readonly anyNamespace?: boolean;
  /** Its pods talk to each other at `httpPort`. */
  readonly peers?: boolean;
  /** Labels of its pods, where others have the component's own labels too. */
  readonly selector?: Record<string, string>;
  /** What else it may call. */
  readonly egress?: ToPods[];
}

/** Adds the policy of a collector. */
export function addCollectorNetworkPolicy(
  scope: Construct,
  settings: CollectorSettings,
  traffic: CollectorTraffic,
): void {
  addObject(scope, 'network-policy', collectorNetworkPolicy(settings, traffic));
}

/**
 * What a metrics collector may talk to. The kubelet's probes need no rule: traffic from a pod's own node is always let in.
 */
export function collectorNetworkPolicy(settings: CollectorSettings, traffic: CollectorTraffic) {
  const { name, namespace, labels } = settings;
  const own = { podSelector: { matchLabels: traffic.selector ?? labels.selector } };
  const namespaces = traffic.anyNamespace ? [] : targetNamespaces(settings);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      ...own,
      policyTypes: ['Ingress', 'Egress'],
      // Its metrics and its user interface, which shows the configuration, are for the collector alone.
      ingress: [{ from: [own], ports: [tcp(traffic.httpPort)] }],
      egress: [
        toNames(),
        toServices(),
        toPodIdentityAgent(),
        // The targets, at whatever port their annotation says.
        { to: [{ namespaceSelector: namespaceSelector(namespaces) }] },
        // Kubelets have the addresses of their nodes, which no selector covers.
        ...(settings.jobs.some((job) => job.kubelet) ? [{ ports: [tcp(10250)] }] : []),
        ...(traffic.peers ? [{ to: [own], ports: [tcp(traffic.httpPort)] }] : []),
        ...(traffic.egress ?? []),
      ],
    },
  } satisfies INetworkPolicy;
}

function namespaceSelector(namespaces: string[]) {
  if (namespaces.length === 0) {
    return {};
  }
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces }] };
}

/** Empty when one of the jobs looks at all namespaces. */
function targetNamespaces(settings: CollectorSettings): string[] {
  const lists = settings.jobs.filter((job) => job.role === 'pod').map((job) => job.namespaces);
  return lists.some((list) => list.length === 0) ? [] : [...new Set(lists.flat())].sort();
}

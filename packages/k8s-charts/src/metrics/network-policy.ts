import type { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { tcp, toNames, toPodIdentityAgent, toServices } from '../core/egress';
import { addObject } from '../core/manifest';
import type { CollectorSettings } from './collector-settings';

/**
 * Adds the policy of a collector whose own metrics are at `httpPort`.
 *
 * @param anyNamespace Its targets may be anywhere, because monitors name them
 */
export function addCollectorNetworkPolicy(
  scope: Construct,
  settings: CollectorSettings,
  httpPort: number,
  anyNamespace = false,
): void {
  const namespaces = anyNamespace ? [] : targetNamespaces(settings);
  addObject(scope, 'network-policy', networkPolicy(settings, httpPort, namespaces));
}

/**
 * What a metrics collector may talk to. The kubelet's probes need no rule: traffic from a pod's own node is always let in.
 */
function networkPolicy(settings: CollectorSettings, httpPort: number, namespaces: string[]) {
  const { name, namespace, labels } = settings;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      podSelector: { matchLabels: labels.selector },
      policyTypes: ['Ingress', 'Egress'],
      // Its metrics and its user interface, which shows the configuration, are for the collector alone.
      ingress: [{ from: [{ podSelector: { matchLabels: labels.selector } }], ports: [tcp(httpPort)] }],
      egress: [
        toNames(),
        toServices(),
        toPodIdentityAgent(),
        // The targets, at whatever port their annotation says.
        { to: [{ namespaceSelector: namespaceSelector(namespaces) }] },
        // Kubelets have the addresses of their nodes, which no selector covers.
        ...(settings.jobs.some((job) => job.kubelet) ? [{ ports: [tcp(10250)] }] : []),
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

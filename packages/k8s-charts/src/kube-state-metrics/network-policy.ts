import type { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { tcp, toNames, toServices } from '../core/egress';
import { fromCollectors } from '../core/ingress';
import type { ComponentLabels } from '../core/labels';
import { addObject } from '../core/manifest';
import { METRICS_PORT } from './workload';

/** What kube-state-metrics may talk to: collectors ask it, and it asks the API server. Its probes come from its own node. */
export function addKubeStateMetricsNetworkPolicy(
  scope: Construct,
  name: string,
  namespace: string,
  labels: ComponentLabels,
): void {
  addObject(scope, 'network-policy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      podSelector: { matchLabels: labels.selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: fromCollectors(), ports: [tcp(METRICS_PORT)] }],
      egress: [toNames(), toServices()],
    },
  } satisfies INetworkPolicy);
}

import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { tcp, toNames, toPodIdentityAgent, toServices } from '../core/egress';
import { fromCollectors } from '../core/ingress';
import type { ComponentLabels } from '../core/labels';
import { HTTP_PORT } from './config';

/** What Fluent Bit may talk to. The kubelet's probes need no rule: traffic from a pod's own node is always let in. */
export function fluentBitNetworkPolicy(name: string, namespace: string, labels: ComponentLabels) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      podSelector: { matchLabels: labels.selector },
      policyTypes: ['Ingress', 'Egress'],
      // Its metrics are for metrics collectors alone.
      ingress: [{ from: fromCollectors(), ports: [tcp(HTTP_PORT)] }],
      egress: [toNames(), toServices(), toPodIdentityAgent()],
    },
  } satisfies INetworkPolicy;
}

import { example } from '../example';
import { LOGS } from '../examples/logs';
import { METRICS } from '../examples/metrics';
import { type BreakRules, breakRule } from './break-rule';

/** Whether packets pass. */
export const network = {
  'network-admits-scrape': breakRule({
    id: 'network/forbidden-scrape',
    summary: 'a NetworkPolicy keeps a collector from what it scrapes',
    why: 'every scrape ends in a timeout',
    help: 'let the namespace and pods of the collector in, on the port that is scraped',
    example: example(METRICS, { file: 'shop.yaml', good: 'metadata.name: observe', bad: 'metadata.name: monitoring' }),
  }),
  'network-admits-write': breakRule({
    id: 'network/forbidden-write',
    summary: 'a NetworkPolicy keeps a collector from the store',
    why: 'every write ends in a timeout, and what is collected is dropped in the end',
    help: 'let the collector out on port 443',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'apiVersion: apps/v1\n',
      bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut, namespace: observe}
spec:
  podSelector: {matchLabels: {app: shipper}}
  policyTypes: [Egress]
---
apiVersion: apps/v1
`,
    }),
  }),
} satisfies BreakRules;

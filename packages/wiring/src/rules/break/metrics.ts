import { example } from '../example';
import { METRICS } from '../examples/metrics';
import { type BreakRules, breakRule } from './break-rule';

/** The way of samples from a workload to the store. */
export const metrics = {
  'component-exists': breakRule({
    id: 'metrics/missing-component',
    summary: 'a configuration refers to a component that it does not have',
    why: 'the collector ends at its start, or goes on with its last good configuration',
    help: 'declare the component, or name one that is there',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: 'prometheus.remote_write.store.receiver',
      bad: 'prometheus.remote_write.amp.receiver',
    }),
  }),
  'collector-may-discover': breakRule({
    id: 'metrics/forbidden-discovery',
    summary: 'a collector is not allowed to list and watch what it discovers',
    why: 'the API server answers 403 to every list, so the collector has no targets at all',
    help: 'bind a ClusterRole that allows list and watch to the service account of the collector',
    example: example(METRICS, { file: 'collector.yaml', good: 'verbs: [get, list, watch]', bad: 'verbs: [get]' }),
  }),
  'workload-is-discovered': breakRule({
    id: 'metrics/undiscovered-workload',
    summary: 'a workload asks to be scraped, and no collector looks where it runs',
    why: 'it is never scraped, and nothing says so',
    help: 'let the discovery look in the namespace of the workload, with selectors that fit its pods',
    example: example(METRICS, { file: 'collector.yaml', good: 'names = ["shop"]', bad: 'names = ["store"]' }),
  }),
  'target-is-kept': breakRule({
    id: 'metrics/dropped-target',
    summary: 'a workload asks to be scraped, and relabelling drops all its targets',
    why: 'it is never scraped, and nothing says so; expressions are anchored and tell upper from lower case',
    help: 'make the expression of the rule and the value in the pod agree',
    example: example(METRICS, {
      file: 'shop.yaml',
      good: 'prometheus.io/scrape: "true"',
      bad: 'prometheus.io/scrape: "True"',
    }),
  }),
  'target-has-address': breakRule({
    id: 'metrics/lost-address',
    summary: 'relabelling leaves a target without a usable address',
    why: 'the target is thrown away, or every scrape of it fails',
    help: 'leave __address__ as it is, or make it from the address of the pod and a number',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: 'replacement   = "$1:$2"',
      bad: 'replacement   = "$3"',
    }),
  }),
  'port-is-served': breakRule({
    id: 'metrics/wrong-port',
    summary: 'a collector scrapes a port that no container serves',
    why: 'every scrape fails: connection refused',
    help: 'name the port that the container declares for its metrics',
    example: example(METRICS, {
      file: 'shop.yaml',
      good: 'prometheus.io/port: "9113"',
      bad: 'prometheus.io/port: "9114"',
    }),
  }),
  'scheme-is-spoken': breakRule({
    id: 'metrics/wrong-scheme',
    summary: 'a collector scrapes a port by a scheme that it does not speak',
    why: 'every scrape fails in the TLS handshake, or with an answer to plain HTTP on a TLS port',
    help: 'use the scheme of the port: http or https',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '      forward_to = [prom',
      bad: '      scheme     = "https"\n      forward_to = [prom',
    }),
  }),
  'samples-reach-store': breakRule({
    id: 'metrics/lost-samples',
    summary: 'samples are scraped and never written',
    why: 'nothing arrives in the store, and no error says so',
    help: 'forward to a component that writes, and let its rules keep the samples',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: 'forward_to = [prometheus.remote_write.store.receiver]',
      bad: 'forward_to = []',
    }),
  }),
} satisfies BreakRules;

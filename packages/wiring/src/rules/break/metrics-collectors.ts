import { example } from '../example';
import { METRICS } from '../examples/metrics';
import { OPENTELEMETRY } from '../examples/opentelemetry';
import { PROMETHEUS, WITH_NODES } from '../examples/prometheus';
import { type BreakRules, breakRule } from './break-rule';

/** What keeps a collector of metrics from working as it is configured. */
export const metricsCollectors = {
  'config-is-accepted': breakRule({
    id: 'metrics/refused-configuration',
    summary: 'a collector does not accept its configuration',
    why: 'the collector ends at its start, or goes on with its last good configuration',
    help: 'write the setting as the documentation of the collector has it',
    example: example(PROMETHEUS, { file: 'collector.yaml', good: 'relabel_configs:', bad: 'relabel_config:' }),
  }),
  'extension-is-enabled': breakRule({
    id: 'metrics/disabled-extension',
    summary: 'an exporter relies on an extension that is not started',
    why: 'the collector ends at its start: the authenticator is not found',
    help: 'name the extension in service.extensions',
    example: example(OPENTELEMETRY, {
      file: 'collector.yaml',
      good: 'extensions: [health_check, sigv4auth]',
      bad: 'extensions: [health_check]',
    }),
  }),
  'dollar-is-escaped': breakRule({
    id: 'metrics/unescaped-dollar',
    summary: 'a dollar in an OpenTelemetry configuration is taken for a variable',
    why: 'the collector replaces it before Prometheus sees the rule: by nothing, or it does not start',
    help: 'write two dollars: $$1',
    example: example(OPENTELEMETRY, { file: 'collector.yaml', good: '$$1:$$2', bad: '${1}:${2}' }),
  }),
  'path-is-kept': breakRule({
    id: 'metrics/lost-path',
    summary: 'relabelling empties the path of a target',
    why: 'Prometheus and the OpenTelemetry collector then ask for "/", where no metrics are',
    help: 'give the rule the expression (.+), so that it leaves the path alone where its source is empty',
    example: example(PROMETHEUS, { file: 'collector.yaml', good: '            regex: (.+)\n', bad: '' }),
  }),
  'annotation-is-followed': breakRule({
    id: 'metrics/ignored-annotation',
    summary: 'a rule reads what a pod says of its metrics, and the scrape goes elsewhere',
    why: 'the expression, the separator or a label of the rule does not fit, so that the rule does nothing',
    help: 'let the rules bring the port, path or scheme of the annotation into __address__, __metrics_path__ or __scheme__',
    example: example(
      PROMETHEUS,
      { file: 'collector.yaml', good: '            regex: (.+)\n', bad: '            regex: (/metrics)\n' },
      {
        file: 'shop.yaml',
        good: 'prometheus.io/port: "9113"',
        bad: 'prometheus.io/port: "9113"\n        prometheus.io/path: /stats',
      },
    ),
  }),
  'path-is-served': breakRule({
    id: 'metrics/wrong-path',
    summary: 'a collector scrapes a path at which nothing is served',
    why: 'every scrape ends in 404, or in a page for people',
    help: 'name the path at which the container serves its metrics',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '      forward_to = [prom',
      bad: '      metrics_path = "/healthz"\n      forward_to = [prom',
    }),
  }),
  'kubelet-lets-in': breakRule({
    id: 'metrics/forbidden-kubelet',
    summary: 'a collector may not read the metrics of nodes',
    why: 'kubelets ask the API server who is there: without a token they answer 401, without the permission 403',
    help: 'let the service account of the collector get nodes/metrics, and send its token',
    example: example(WITH_NODES, {
      file: 'collector.yaml',
      good: 'resources: [nodes/metrics]',
      bad: 'resources: [nodes/stats]',
    }),
  }),
} satisfies BreakRules;

import { example } from '../example';
import { MONITORS_OF_SHOP } from '../examples/monitors';
import { type BreakRules, breakRule } from './break-rule';

/** PodMonitors, ServiceMonitors and their like between those who choose them and those whom they choose. */
export const metricsMonitors = {
  'monitor-is-chosen': breakRule({
    id: 'metrics/unread-monitor',
    summary: 'a monitor has no reader: no collector chooses it',
    why: 'what it names is never scraped, and nothing says so',
    help: 'give the monitor the labels that the selector of the collector wants, or let the collector look in its namespace',
    example: example(
      MONITORS_OF_SHOP,
      {
        file: 'shop.yaml',
        good: 'labels: {team: shop}\nspec:\n  selector:\n    matchLabels: {app: web}\n  podMetricsEndpoints',
        bad: 'labels: {team: store}\nspec:\n  selector:\n    matchLabels: {app: web}\n  podMetricsEndpoints',
      },
      { file: 'collector.yaml', good: '  serviceMonitorNamespaceSelector: {}\n', bad: '' },
    ),
  }),
  'monitor-selects-something': breakRule({
    id: 'metrics/empty-monitor',
    summary: 'a monitor selects nothing',
    why: 'its job has no targets, which is no error to anybody',
    help: 'write the labels and the namespace of the pods, or of their Service, into the selectors of the monitor',
    example: example(
      MONITORS_OF_SHOP,
      {
        file: 'shop.yaml',
        good: 'matchLabels: {app: web}\n  podMetricsEndpoints',
        bad: 'matchLabels: {app: webs}\n  podMetricsEndpoints',
      },
      {
        file: 'shop.yaml',
        good: '  labels: {app: web}\nspec:\n  selector: {app',
        bad: '  labels: {name: web}\nspec:\n  selector: {app',
      },
    ),
  }),
  'monitor-port-exists': breakRule({
    id: 'metrics/missing-monitor-port',
    summary: 'a monitor names a port that nothing of what it selects has',
    why: 'every target is dropped, and nothing says so',
    help: 'name the port as the container calls it in a PodMonitor, and as the Service calls it in a ServiceMonitor',
    example: example(
      MONITORS_OF_SHOP,
      { file: 'shop.yaml', good: '- port: metrics', bad: '- port: http-metrics' },
      { file: 'shop.yaml', good: '{name: http-metrics, port: 80', bad: '{name: metrics, port: 80' },
    ),
  }),
} satisfies BreakRules;

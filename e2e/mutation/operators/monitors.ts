import { all, type Operator, remove, replace, set, where } from '../operator';
import { type Path, pathsOf, type Thing, type Yard } from '../yard';

/** PodMonitors and ServiceMonitors, what they choose, and who follows them. */
const monitors = ['ServiceMonitor', 'PodMonitor'];
const endpoint = (key: string): Path[] => [
  ['spec', 'endpoints', '*', key],
  ['spec', 'podMetricsEndpoints', '*', key],
];
const endpoints = (part: (path: Path) => (yard: Yard) => ReturnType<ReturnType<typeof set>>, key: string) =>
  all(...endpoint(key).map(part));
const config = ['data', 'config.alloy'];
const allocator = ['spec', 'targetAllocator'];
const container = ['spec', 'template', 'spec', 'containers', '*'];

/** Whether a monitor of the environment is for these pods. */
const isWatched = ({ name, namespace }: Thing, yard: Yard) =>
  yard.of(...monitors).some((monitor) => {
    const [app] = pathsOf(monitor, ['spec', 'selector', 'matchLabels', 'app']);
    const { matchNames = [monitor.namespace] } =
      (monitor.value as { spec: { namespaceSelector?: { matchNames?: string[] } } }).spec.namespaceSelector ?? {};
    return app !== undefined && monitor.name === name && matchNames.includes(namespace);
  });

/** Whether a monitor of the environment asks for this Service. */
const isAsked = (thing: Thing, yard: Yard) =>
  thing.kind === 'Service' &&
  yard.of('ServiceMonitor').some(({ name, namespace }) => name === thing.name && namespace === thing.namespace);

export const monitorOperators: readonly Operator[] = [
  {
    id: 'monitor-chooses-nothing',
    does: 'a monitor asks for a label that no pod or Service has',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: all(
      replace(monitors, ['spec', 'selector', 'matchLabels', '*'], /$/, '-2'),
      set(monitors, ['spec', 'selector'], ({ matchLabels }: { matchLabels: { app: string } }) => ({
        matchLabels: { 'app.kubernetes.io/instance': matchLabels.app },
      })),
    ),
  },
  {
    id: 'monitor-other-port',
    does: 'a monitor names a port that pod or Service does not have',
    mutations: endpoints((path) => replace(monitors, path, /^telemetry$/, 'metrics'), 'port'),
  },
  {
    id: 'monitor-port-as-number',
    does: 'a monitor has the number of the port where its name belongs',
    mutations: endpoints((path) => set(monitors, path, () => '9113'), 'port'),
  },
  {
    id: 'monitor-of-serving-port',
    does: 'a monitor names the port of another container, which serves no metrics',
    mutations: endpoints((path) => set(monitors, path, () => 'http'), 'port'),
  },
  {
    id: 'monitor-other-namespace',
    does: 'a monitor looks into another namespace than that of the pods',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: all(
      replace(monitors, ['spec', 'namespaceSelector', 'matchNames', '*'], /$/, '-2'),
      remove(monitors, ['spec', 'namespaceSelector']),
      set(monitors, ['metadata', 'namespace'], (_, { value }: Thing) =>
        JSON.stringify(value).includes('matchNames') ? undefined : 'default',
      ),
    ),
  },
  {
    id: 'monitor-other-path',
    does: 'a monitor asks for a path that serves no metrics',
    mutations: endpoints((path) => set(monitors, path, () => '/healthz'), 'path'),
  },
  {
    id: 'monitor-by-tls',
    does: 'a monitor asks for TLS, which nobody serves',
    mutations: endpoints((path) => set(monitors, path, () => 'https'), 'scheme'),
  },
  {
    id: 'monitor-drops-targets',
    does: 'relabelling of a monitor keeps none of its targets',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: all(
      ...['endpoints', 'podMetricsEndpoints'].map((list) =>
        set(monitors, ['spec', list, '*'], (one: object) => ({
          ...one,
          relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_label_tier'], regex: 'frontend', action: 'keep' }],
        })),
      ),
    ),
  },
  {
    id: 'monitor-drops-samples',
    does: 'relabelling of the samples of a monitor drops them all',
    mutations: all(
      ...['endpoints', 'podMetricsEndpoints'].map((list) =>
        set(monitors, ['spec', list, '*'], (one: object) => ({
          ...one,
          metricRelabelings: [{ sourceLabels: ['__name__'], regex: '.*', action: 'drop' }],
        })),
      ),
    ),
  },
  {
    id: 'monitor-not-chosen',
    does: 'no collector follows the monitor',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: all(
      replace(monitors, ['metadata', 'labels', '*'], /$/, '-2'),
      remove(monitors, ['metadata', 'labels']),
      replace('ConfigMap', config, /"watched-by" = "alloy"/, '"watched-by" = "prometheus"'),
      replace('Prometheus', ['spec', 'serviceMonitorSelector', 'matchLabels', '*'], /$/, '-2'),
      replace('Prometheus', ['spec', 'podMonitorSelector', 'matchLabels', '*'], /$/, '-2'),
      remove('Prometheus', ['spec', 'serviceMonitorSelector']),
      remove('Prometheus', ['spec', 'podMonitorNamespaceSelector']),
      replace(
        'OpenTelemetryCollector',
        [...allocator, 'prometheusCR', 'serviceMonitorSelector', 'matchLabels', '*'],
        /$/,
        '-2',
      ),
      set('OpenTelemetryCollector', [...allocator, 'prometheusCR', 'enabled'], () => false),
      remove('OpenTelemetryCollector', [...allocator, 'prometheusCR']),
    ),
  },
  {
    id: 'monitor-gone',
    does: 'nobody says any more that the exporter is to be scraped',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: remove(monitors, []),
  },
  {
    id: 'service-port-renamed',
    does: 'the port of the Service has another name than the monitor knows, or leads to none',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: where(
      isAsked,
      all(
        replace('Service', ['spec', 'ports', '*', 'name'], /^telemetry$/, 'metrics'),
        replace('Service', ['spec', 'ports', '*', 'targetPort'], /^telemetry$/, 'metrics'),
        set('Service', ['spec', 'ports', '*', 'targetPort'], (port: string) =>
          port === 'telemetry' ? 9999 : undefined,
        ),
      ),
    ),
  },
  {
    id: 'service-of-no-pod',
    does: 'the Service chooses no pod, or has not the label that the monitor asks for',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: where(
      isAsked,
      all(
        replace('Service', ['spec', 'selector', 'app'], /$/, '-2'),
        remove('Service', ['metadata', 'labels', 'app']),
        set('Service', ['metadata', 'namespace'], () => 'default'),
      ),
    ),
  },
  {
    id: 'service-gone',
    does: 'the Service is not there',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: where(isAsked, remove('Service', [])),
  },
  {
    id: 'pod-port-renamed',
    does: 'the port of the container has another name than the monitor or the Service knows',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: where(
      isWatched,
      all(
        replace('Deployment', [...container, 'ports', '*', 'name'], /^telemetry$/, 'metrics'),
        remove('Deployment', [...container, 'ports', '*'], (port: { name: string }) => port.name === 'telemetry'),
      ),
    ),
  },
  {
    id: 'pod-label-renamed',
    does: 'the pods have another label than the monitor or the Service asks for',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: where(
      isWatched,
      set('Deployment', ['spec'], (spec: { selector: object; template: { metadata: object } }, { name }) => ({
        ...spec,
        selector: { matchLabels: { app: `${name}-pods` } },
        template: { ...spec.template, metadata: { ...spec.template.metadata, labels: { app: `${name}-pods` } } },
      })),
    ),
  },
  {
    id: 'exporter-moved',
    does: 'the exporter listens on another port than its container says',
    mutations: where(isWatched, replace('Deployment', [...container, 'args', '*'], /:9113$/, ':9114')),
  },
  {
    id: 'allocator-other-account',
    does: 'the target allocator runs as an account that is not there, or that may not look',
    mutations: all(
      replace('OpenTelemetryCollector', [...allocator, 'serviceAccount'], /$/, '-2'),
      set('OpenTelemetryCollector', [...allocator, 'serviceAccount'], () => 'adot-collector'),
    ),
  },
  {
    id: 'allocator-off',
    does: 'nobody divides the targets',
    lint: { 'metrics/unscraped-exporter': 'the exporter is scraped by nobody any more' },
    mutations: all(
      set('OpenTelemetryCollector', [...allocator, 'enabled'], () => false),
      remove('OpenTelemetryCollector', allocator),
    ),
  },
  {
    id: 'monitors-may-not-be-read',
    does: 'who follows monitors may not list them',
    mutations: all(
      replace('ClusterRole', ['rules', '*', 'resources', '*'], /^(pod|service)monitors$/, '$1s'),
      replace('ClusterRole', ['rules', '*', 'apiGroups', '*'], /^monitoring\.coreos\.com$/, 'monitoring.coreos.io'),
    ),
  },
];

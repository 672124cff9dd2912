import { stringify } from 'yaml';
import { idOf, type KubernetesObject } from './objects';

interface Operated {
  readonly mode: string;
  readonly serviceAccount: string;
  readonly env: readonly object[];
  readonly podSecurityContext: object;
  readonly securityContext: object;
  readonly config: {
    readonly receivers: { readonly prometheus: { readonly config: { readonly scrape_configs: readonly object[] } } };
  };
  readonly targetAllocator: {
    readonly serviceAccount: string;
    readonly allocationStrategy: string;
    readonly filterStrategy: string;
    readonly prometheusCR?: Monitors;
    readonly podSecurityContext: object;
    readonly securityContext: object;
  };
}

interface Monitors {
  readonly scrapeInterval: string;
  readonly podMonitorSelector?: object;
  readonly podMonitorNamespaceSelector: object;
  readonly serviceMonitorSelector?: object;
  readonly serviceMonitorNamespaceSelector: object;
  readonly scrapeClasses: readonly object[];
}

/**
 * What the OpenTelemetry operator makes of an OpenTelemetryCollector with a target allocator, as far as pods run by it: its builders, run
 * over the same resource, made the same (version 0.158).
 */
export function operatedObjects(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const resource = objects.find(({ kind }) => kind === 'OpenTelemetryCollector');
  if (!resource) {
    throw new Error(`no OpenTelemetryCollector among ${objects.map(idOf).join(', ')}`);
  }
  const { name, namespace, labels } = resource.metadata;
  const spec = resource.spec as Operated;
  const own = (component: string) => ({
    ...labels,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': `${namespace}.${name}`,
    'app.kubernetes.io/managed-by': 'opentelemetry-operator',
    'app.kubernetes.io/part-of': 'opentelemetry',
  });
  const collector = own('opentelemetry-collector');
  const allocator = own('opentelemetry-targetallocator');
  const { 'app.kubernetes.io/name': _, app: __, ...selector } = collector as Record<string, string>;
  const [collectorName, allocatorName] = [`${name}-collector`, `${name}-targetallocator`];
  const ta = spec.targetAllocator;
  return [
    ...objects.filter((object) => object !== resource),
    configMap(collectorName, namespace, 'collector.yaml', stringify(collectorConfig(spec, allocatorName))),
    configMap(allocatorName, namespace, 'targetallocator.yaml', stringify(allocatorConfig(spec, selector))),
    pods('StatefulSet', { name: collectorName, namespace }, collector, {
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8888', 'prometheus.io/path': '/metrics' },
      account: spec.serviceAccount,
      user: spec.podSecurityContext,
      container: {
        name: 'otc-container',
        args: ['--config=/conf/collector.yaml'],
        env: [...spec.env, { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
        securityContext: spec.securityContext,
      },
    }),
    pods('Deployment', { name: allocatorName, namespace }, allocator, {
      annotations: {},
      account: ta.serviceAccount,
      user: ta.podSecurityContext,
      container: {
        name: 'ta-container',
        // Its Service has port 80, and nothing here turns that into 8080.
        args: ['--config-file=/conf/targetallocator.yaml', '--listen-addr=:80'],
        env: [{ name: 'OTELCOL_NAMESPACE', value: namespace }],
        securityContext: ta.securityContext,
      },
    }),
  ];
}

/** The collector asks the allocator what to scrape. */
function collectorConfig({ config }: Operated, allocator: string) {
  const target_allocator = { endpoint: `http://${allocator}:80`, interval: '5s', collector_id: '${POD_NAME}' };
  return { ...config, receivers: { prometheus: { config: {}, target_allocator } } };
}

/** The allocator knows no variables, so a dollar sign is one. */
function allocatorConfig({ config, targetAllocator: ta }: Operated, matchlabels: object) {
  const jobs = config.receivers.prometheus.config.scrape_configs;
  return {
    allocation_strategy: ta.allocationStrategy,
    filter_strategy: ta.filterStrategy,
    collector_selector: { matchlabels },
    config: { scrape_configs: JSON.parse(JSON.stringify(jobs).replaceAll('$$', '$')) },
    ...(ta.prometheusCR ? { prometheus_cr: monitors(ta.prometheusCR) } : {}),
  };
}

function monitors(of: Monitors) {
  return {
    enabled: true,
    scrape_interval: of.scrapeInterval,
    ...(of.podMonitorSelector ? { pod_monitor_selector: {} } : {}),
    pod_monitor_namespace_selector: of.podMonitorNamespaceSelector,
    ...(of.serviceMonitorSelector ? { service_monitor_selector: {} } : {}),
    service_monitor_namespace_selector: of.serviceMonitorNamespaceSelector,
    scrape_classes: of.scrapeClasses,
  };
}

function configMap(name: string, namespace: string | undefined, file: string, text: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(namespace ? { namespace } : {}) },
    data: { [file]: text },
  };
}

interface Program {
  readonly annotations: Readonly<Record<string, string>>;
  readonly account: string;
  readonly user: object;
  readonly container: object;
}

function pods(
  kind: string,
  { name, namespace }: { name: string; namespace: string | undefined },
  labels: object,
  { annotations, account, user, container }: Program,
): KubernetesObject {
  const spec = {
    serviceAccountName: account,
    securityContext: user,
    containers: [{ image: 'program', ...container, volumeMounts: [{ name: 'configuration', mountPath: '/conf' }] }],
    volumes: [{ name: 'configuration', configMap: { name } }],
  };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, ...(namespace ? { namespace } : {}) },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec } },
  };
}

import { stringify } from 'yaml';
import { type KubernetesObject, parseObjects } from './objects';

/** The values that the chart's pods and configuration depend on. */
export interface ChartValues {
  readonly forceNamespace: string;
  readonly extraManifests: readonly string[];
  readonly serviceAccounts: {
    readonly server: { readonly name: string; readonly annotations: Record<string, string> };
  };
  readonly scrapeConfigs?: Readonly<Record<string, { readonly enabled: boolean; readonly job_name?: string }>>;
  readonly serverFiles: { readonly 'prometheus.yml': { readonly scrape_configs?: readonly object[] } };
  readonly server: ServerValues;
}

interface ServerValues {
  readonly fullnameOverride: string;
  readonly name: string;
  readonly global: object;
  readonly remoteWrite: readonly object[];
  readonly statefulSet: { readonly enabled: boolean };
  readonly defaultFlagsOverride?: readonly string[];
  readonly retention?: string;
  readonly extraFlags?: readonly string[];
  readonly env: readonly object[];
  readonly podLabels: Record<string, string>;
  readonly podAnnotations: Record<string, string>;
  readonly securityContext: object;
  readonly containerSecurityContext: object;
}

/** The configuration that the chart puts together. */
export function configurationOf({ server, scrapeConfigs = {}, serverFiles }: ChartValues) {
  const named = Object.entries(scrapeConfigs)
    .filter(([, { enabled }]) => enabled)
    .map(([key, { enabled, job_name = key, ...job }]) => ({ job_name, ...job }));
  const { scrape_configs: listed = [], ...file } = serverFiles['prometheus.yml'];
  return { global: server.global, remote_write: server.remoteWrite, scrape_configs: [...named, ...listed], ...file };
}

/** The container's arguments. */
export function argumentsOf({ server }: ChartValues): string[] {
  const flags = [
    `--storage.tsdb.retention.time=${server.retention}`,
    '--config.file=/etc/config/prometheus.yml',
    '--storage.tsdb.path=/data',
    '--web.console.libraries=/etc/prometheus/console_libraries',
    '--web.console.templates=/etc/prometheus/consoles',
    ...(server.extraFlags ?? ['web.enable-lifecycle']).map((flag) => `--${flag}`),
  ];
  return [...(server.defaultFlagsOverride ?? flags)];
}

/**
 * What the community's chart makes of values, as far as a pod runs by it. Where Helm and the chart are at hand, the suite compares it
 * with what they make.
 */
export function chartObjects(values: ChartValues): KubernetesObject[] {
  const { server, forceNamespace: namespace, serviceAccounts, extraManifests } = values;
  const { name: account, annotations } = serviceAccounts.server;
  const metadata = { name: server.fullnameOverride, namespace };
  const labels = { 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/component': server.name };
  const volumes = [
    { name: 'config-volume', configMap: { name: server.fullnameOverride } },
    { name: 'storage-volume', emptyDir: {} },
  ];
  const container = {
    name: `prometheus-${server.name}`,
    image: 'prometheus',
    args: argumentsOf(values),
    env: server.env,
    volumeMounts: [
      { name: 'config-volume', mountPath: '/etc/config' },
      { name: 'storage-volume', mountPath: '/data' },
    ],
    securityContext: server.containerSecurityContext,
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace, annotations } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'prometheus.yml': stringify(configurationOf(values)) },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, labels },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: { ...labels, ...server.podLabels }, annotations: server.podAnnotations },
          spec: {
            serviceAccountName: account,
            securityContext: server.securityContext,
            containers: [container],
            volumes,
          },
        },
      },
    },
    ...extraManifests.flatMap((text) => parseObjects(text)),
  ];
}

import { Size } from 'cdk8s';
import { LINUX } from '../collector-parts/pod-template';
import type { AwsIdentity } from '../core/aws-identity';
import { pullSecrets } from '../core/container-image';
import type { ContainerImageProps } from '../core/container-image-props';
import { lockedDown, quantity, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { envEntry } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { CONFIG_CHECKSUM, checksum } from '../core/manifest';
import { clusterRights } from '../core/rbac';
import { scrapeAnnotations } from '../core/scrape-annotations';
import { yamlText } from '../core/yaml-text';
import type { CollectorSettings } from '../metrics/collector-settings';
import { collectorNetworkPolicy } from '../metrics/network-policy';
import { BUDGET, replicaEnvironment, replicaParts, replicaSpread } from '../metrics/replicas';
import { CLUSTER_VARIABLE, type PrometheusConfig } from './config';
import { CHARTS_OF_CHART, type ChartForm, JOBS_OF_CHART } from './helm-chart';
import type { ServerStorage } from './server-storage';
import { HTTP_PORT, NOBODY } from './workload';

/** A server's, or an agent's. */
export type HelmStorage = ServerStorage | { readonly walSizeLimit: Size };

export interface HelmRelease extends ContainerImageProps {
  readonly settings: CollectorSettings;
  readonly config: PrometheusConfig;
  readonly form: ChartForm;
  readonly storage: HelmStorage;
  readonly clusterName: EnvironmentValue;
  readonly identity: AwsIdentity;
  readonly resources?: ContainerResources;
  readonly networkPolicy?: boolean;
  readonly labels?: { readonly [name: string]: string };
}

/** Where the chart mounts the configuration and the volume. */
const CONFIG_FILE = '/etc/config/prometheus.yml';
const STORAGE = '/data';

const COMPONENT = 'metrics-collector';

export function helmValues(release: HelmRelease) {
  const { settings, form, config, identity } = release;
  const { roleArn } = identity;
  return {
    ...Object.fromEntries(CHARTS_OF_CHART.map((name) => [name, { enabled: false }])),
    forceNamespace: settings.namespace,
    commonMetaLabels: ownLabels(release.labels),
    ...pullSecrets(release.imagePullSecrets),
    serviceAccounts: {
      server: {
        create: true,
        name: settings.serviceAccountName,
        annotations: roleArn === undefined ? {} : { 'eks.amazonaws.com/role-arn': roleArn },
      },
    },
    // The chart's role may read all ConfigMaps, and more that these jobs do not need. Ours is among the extra manifests.
    rbac: { create: false },
    extraManifests: extraManifests(release),
    // The pods are replaced instead when the configuration changes.
    configmapReload: { prometheus: { enabled: false } },
    server: server(release),
    ...(form.namedJobs ? { scrapeConfigs: namedJobs(config) } : {}),
    serverFiles: {
      'prometheus.yml': {
        // Rules are evaluated by the workspace, and agents refuse them.
        rule_files: [],
        ...(form.namedJobs ? {} : { scrape_configs: config.scrape_configs }),
      },
    },
  };
}

/** What the chart labels itself, it would otherwise label twice. */
function ownLabels(labels: { readonly [name: string]: string } = {}): Record<string, string> {
  const ofChart = /^(app|helm\.sh\/chart|app\.kubernetes\.io\/.*)$/;
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !ofChart.test(name)));
}

/** As texts, which is how all these versions take them. */
function extraManifests({ settings, networkPolicy }: HelmRelease): string[] {
  const { name, serviceAccountName: accountName, namespace, labels, rules } = settings;
  const rights = clusterRights({ name, accountName, namespace, labels: labels.all, rules });
  const policies = networkPolicy ? [collectorNetworkPolicy(settings, { httpPort: HTTP_PORT })] : [];
  return [...rights, ...policies].map((manifest) => yamlText(manifest));
}

/** Ours beside those of the chart, whose names Helm would otherwise merge with ours. */
function namedJobs({ scrape_configs: jobs }: PrometheusConfig) {
  return {
    ...Object.fromEntries(JOBS_OF_CHART.map((name) => [name, { enabled: false }])),
    ...Object.fromEntries(jobs.map((job) => [`sightline-${job.job_name}`, { enabled: true, ...job }])),
  };
}

function server(release: HelmRelease) {
  const { settings, config, storage } = release;
  const { topology } = settings;
  return {
    fullnameOverride: settings.name,
    // Becomes the label `app.kubernetes.io/component`, by which others let collectors in.
    name: COMPONENT,
    podLabels: settings.labels.selector,
    ...image(release),
    ...('walSizeLimit' in storage ? agent(storage.walSizeLimit, release) : database(storage, release)),
    global: { scrape_interval: '1m', scrape_timeout: '10s', evaluation_interval: '1m', ...config.global },
    remoteWrite: config.remote_write,
    env: [envEntry(CLUSTER_VARIABLE, release.clusterName), ...replicaEnvironment(topology)],
    podAnnotations: {
      [CONFIG_CHECKSUM]: checksum(yamlText(config)),
      ...scrapeAnnotations(HTTP_PORT),
    },
    replicaCount: topology.replicas,
    ...(topology.replicas > 1 ? { podDisruptionBudget: { enabled: true, ...BUDGET } } : {}),
    ...replicaSpread(topology, settings.labels.selector),
    nodeSelector: LINUX,
    securityContext: unprivilegedUser(NOBODY),
    containerSecurityContext: lockedDown(),
    // Replaying a large log takes minutes.
    startupProbe: { enabled: true, periodSeconds: 5, failureThreshold: 120, timeoutSeconds: 10 },
  };
}

/** The chart knows the image, but not a mirror of it. */
function image({ image: given, imageRegistry, settings }: HelmRelease) {
  if (given === undefined && imageRegistry === undefined) {
    return {};
  }
  const [, repository, tag] = /^(.*):([^:/]+)$/.exec(settings.image) ?? [undefined, settings.image];
  return { image: { repository, ...(given === undefined || tag === undefined ? {} : { tag }) } };
}

function database(storage: ServerStorage, { form, resources }: HelmRelease) {
  // Not the chart's `web.enable-lifecycle`, which is for its reloader: anybody could ask the server to quit.
  const flags = [`storage.tsdb.retention.size=${storage.retentionSize}`, ...form.expansionFlags];
  return {
    statefulSet: { enabled: true },
    persistentVolume: {
      enabled: true,
      mountPath: STORAGE,
      size: quantity(storage.size),
      ...(storage.storageClassName === undefined ? {} : { storageClass: storage.storageClassName }),
    },
    retention: `${storage.retentionDays}d`,
    extraFlags: flags,
    resources: resourceRequirements(resources, {
      cpuRequest: '100m',
      memoryRequest: Size.mebibytes(512),
      memoryLimit: Size.gibibytes(2),
    }),
    terminationGracePeriodSeconds: 300,
  };
}

/** The chart's own flags are those of a server. */
function agent(walSizeLimit: Size, { form, resources, settings }: HelmRelease) {
  const flags = [form.agentFlag, `config.file=${CONFIG_FILE}`, `storage.agent.path=${STORAGE}`, ...form.expansionFlags];
  const { strategy } = replicaParts(settings.topology);
  return {
    statefulSet: { enabled: false },
    strategy,
    persistentVolume: { enabled: false, mountPath: STORAGE },
    emptyDir: { sizeLimit: quantity(walSizeLimit) },
    defaultFlagsOverride: flags.map((flag) => `--${flag}`),
    service: { enabled: false },
    resources: resourceRequirements(resources, {
      cpuRequest: '100m',
      memoryRequest: Size.mebibytes(256),
      memoryLimit: Size.mebibytes(512),
    }),
    terminationGracePeriodSeconds: 75,
  };
}

import { Size } from 'cdk8s';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { lockedDown, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { envEntry } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { CONFIG_CHECKSUM } from '../core/manifest';
import type { CollectorSettings } from '../metrics/collector-settings';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { replicaEnvironment, replicaParts, replicaSpread } from '../metrics/replicas';
import { COLLECTOR_ENVIRONMENT, HEALTH_PORT, METRICS_PORT } from './config';
import type { Plain } from './config-model';
import type { OpenTelemetryCollectorManifest } from './types';

/** User `aoc` of the image. */
const ADOT_USER = 4317;

const CONFIG_FOLDER = '/etc/otel';
const CONFIG_FILE = 'config.yaml';

/** Queued batches are sent before the collector ends. */
const GRACE_SECONDS = 60;

export interface CollectorWorkload {
  readonly settings: CollectorSettings;
  readonly image: string;
  readonly cluster: EnvironmentValue;
  readonly remoteWrite: PrometheusRemoteWriteTarget;
  readonly resources?: ContainerResources;
}

export function configMapData(config: string): Record<string, string> {
  return { [CONFIG_FILE]: config };
}

export function collectorDeployment(workload: CollectorWorkload, configChecksum: string) {
  const { name, namespace, labels } = workload.settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      ...replicaParts(workload.settings.highAvailability),
      selector: { matchLabels: labels.selector },
      template: {
        metadata: { labels: labels.all, annotations: { [CONFIG_CHECKSUM]: configChecksum, ...SELF_SCRAPE } },
        spec: podSpec(workload),
      },
    },
  } satisfies IDeployment;
}

/** The same pods, made by the operator. It keeps the configuration in a ConfigMap of its own, whose name changes with it. */
export function collectorResource(workload: CollectorWorkload, config: { [key: string]: Plain }) {
  const { name, namespace, labels, highAvailability } = workload.settings;
  const { replicas, strategy } = replicaParts(highAvailability);
  return {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      mode: 'deployment',
      replicas,
      image: workload.image,
      // The operator would rewrite the configuration for its own version of the collector.
      upgradeStrategy: 'none',
      serviceAccount: name,
      deploymentUpdateStrategy: strategy,
      ...replicaSpread(highAvailability, labels),
      podAnnotations: SELF_SCRAPE,
      nodeSelector: LINUX,
      podSecurityContext: POD_SECURITY,
      securityContext: lockedDown(),
      resources: resources(workload),
      env: environment(workload),
      terminationGracePeriodSeconds: GRACE_SECONDS,
      config,
    },
  } satisfies OpenTelemetryCollectorManifest;
}

const SELF_SCRAPE = {
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': String(METRICS_PORT),
  'prometheus.io/path': '/metrics',
};

const LINUX = { 'kubernetes.io/os': 'linux' };

const POD_SECURITY = unprivilegedUser(ADOT_USER);

function podSpec(workload: CollectorWorkload) {
  const { name, configMapName, labels, highAvailability } = workload.settings;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    nodeSelector: LINUX,
    securityContext: POD_SECURITY,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    ...replicaSpread(highAvailability, labels),
    containers: [container(workload)],
    volumes: [{ name: 'config', configMap: { name: configMapName } }],
  } satisfies IPodSpec;
}

function container(workload: CollectorWorkload) {
  const health = { httpGet: { path: '/', port: 'health' }, timeoutSeconds: 3 };
  return {
    name: 'adot-collector',
    image: workload.image,
    args: [`--config=${CONFIG_FOLDER}/${CONFIG_FILE}`],
    env: environment(workload),
    ports: [
      { name: 'health', containerPort: HEALTH_PORT, protocol: 'TCP' },
      { name: 'http-metrics', containerPort: METRICS_PORT, protocol: 'TCP' },
    ],
    startupProbe: { ...health, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...health, periodSeconds: 10 },
    livenessProbe: { ...health, periodSeconds: 20, failureThreshold: 6 },
    resources: resources(workload),
    securityContext: lockedDown(),
    volumeMounts: [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }],
  } satisfies IContainer;
}

function environment(workload: CollectorWorkload) {
  return [
    // What differs between environments first: a generated patch then names nothing else.
    envEntry(COLLECTOR_ENVIRONMENT.cluster, workload.cluster),
    envEntry(COLLECTOR_ENVIRONMENT.region, workload.remoteWrite.region),
    envEntry(COLLECTOR_ENVIRONMENT.workspaceId, workload.remoteWrite.workspaceId),
    ...replicaEnvironment(workload.settings.highAvailability),
  ];
}

function resources(workload: CollectorWorkload) {
  return resourceRequirements(workload.resources, {
    cpuRequest: '100m',
    memoryRequest: Size.mebibytes(256),
    memoryLimit: Size.mebibytes(512),
  });
}

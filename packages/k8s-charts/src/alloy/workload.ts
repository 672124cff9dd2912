import { Size } from 'cdk8s';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { lockedDown, quantity, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { envEntry } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import type { ComponentLabels } from '../core/labels';
import { CONFIG_CHECKSUM } from '../core/manifest';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { replicaEnvironment, replicaParts, replicaSpread } from '../metrics/replicas';
import { ALLOY_ENVIRONMENT } from './config';

/** Port of Alloy's own HTTP server: health, metrics, user interface. */
export const HTTP_PORT = 12345;

/** User and group `alloy` of the image. The image itself would start as root. */
const ALLOY_USER = 473;

const CONFIG_FOLDER = '/etc/alloy';
const CONFIG_FILE = 'config.alloy';
const STORAGE = '/var/lib/alloy/data';

export interface AlloyWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: ComponentLabels;
  readonly image: string;
  readonly configMap: string;
  readonly configChecksum: string;
  readonly cluster: EnvironmentValue;
  readonly remoteWrite: PrometheusRemoteWriteTarget;
  readonly resources?: ContainerResources;
  readonly walSizeLimit: Size;
  readonly highAvailability: boolean;
}

export function configMapData(config: string): Record<string, string> {
  return { [CONFIG_FILE]: config };
}

export function alloyDeployment(workload: AlloyWorkload) {
  const { name, namespace, labels } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      ...replicaParts(workload.highAvailability),
      selector: { matchLabels: labels.selector },
      template: {
        metadata: {
          labels: labels.all,
          annotations: {
            [CONFIG_CHECKSUM]: workload.configChecksum,
            'prometheus.io/scrape': 'true',
            'prometheus.io/port': String(HTTP_PORT),
          },
        },
        spec: podSpec(workload),
      },
    },
  } satisfies IDeployment;
}

function podSpec(workload: AlloyWorkload) {
  return {
    serviceAccountName: workload.name,
    automountServiceAccountToken: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    securityContext: unprivilegedUser(ALLOY_USER),
    // Remote write flushes for up to a minute when it is asked to stop.
    terminationGracePeriodSeconds: 75,
    ...replicaSpread(workload.highAvailability, workload.labels),
    containers: [container(workload)],
    volumes: [
      { name: 'config', configMap: { name: workload.configMap } },
      // Survives a restart of the container, not the removal of the pod.
      { name: 'wal', emptyDir: { sizeLimit: quantity(workload.walSizeLimit) } },
    ],
  } satisfies IPodSpec;
}

function container(workload: AlloyWorkload) {
  return {
    name: 'alloy',
    image: workload.image,
    args: [
      'run',
      `${CONFIG_FOLDER}/${CONFIG_FILE}`,
      `--storage.path=${STORAGE}`,
      `--server.http.listen-addr=0.0.0.0:${HTTP_PORT}`,
      '--disable-reporting',
    ],
    env: [
      // What differs between environments first: a generated patch then names nothing else.
      envEntry(ALLOY_ENVIRONMENT.cluster, workload.cluster),
      envEntry(ALLOY_ENVIRONMENT.region, workload.remoteWrite.region),
      envEntry(ALLOY_ENVIRONMENT.workspaceId, workload.remoteWrite.workspaceId),
      ...replicaEnvironment(workload.highAvailability),
    ],
    ports: [{ name: 'http-metrics', containerPort: HTTP_PORT, protocol: 'TCP' }],
    // Ready as soon as the first configuration is loaded, and from then on for as long as the process answers. That makes
    // it a sound liveness check too, unlike /-/healthy: a component that fails, because AWS does not answer for example,
    // is not mended by a restart, which would only drop what is queued in memory.
    startupProbe: { httpGet: { path: '/-/ready', port: 'http-metrics' }, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { httpGet: { path: '/-/ready', port: 'http-metrics' }, periodSeconds: 10, timeoutSeconds: 3 },
    livenessProbe: {
      httpGet: { path: '/-/ready', port: 'http-metrics' },
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    // Alloy 1.18 takes 250 MiB before the first series is scraped.
    resources: resourceRequirements(workload.resources, {
      cpuRequest: '100m',
      memoryRequest: Size.mebibytes(384),
      memoryLimit: Size.mebibytes(768),
    }),
    securityContext: lockedDown(),
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
      { name: 'wal', mountPath: STORAGE },
    ],
  } satisfies IContainer;
}

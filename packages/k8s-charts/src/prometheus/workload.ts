import { Size } from 'cdk8s';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { lockedDown, quantity, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { envEntry } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { CONFIG_CHECKSUM } from '../core/manifest';
import type { CollectorSettings } from '../metrics/collector-settings';
import { replicaEnvironment, replicaParts, replicaSpread } from '../metrics/replicas';
import { CLUSTER_VARIABLE } from './config';

/** Port of Prometheus' own HTTP server: health, metrics, user interface. */
export const HTTP_PORT = 9090;

/** User and group `nobody`, as which the image starts. */
const NOBODY = 65534;

const CONFIG_FOLDER = '/etc/prometheus';
const CONFIG_FILE = 'prometheus.yml';
const STORAGE = '/prometheus';

export interface PrometheusWorkload {
  readonly settings: CollectorSettings;
  readonly image: string;
  readonly configChecksum: string;
  readonly cluster: EnvironmentValue;
  readonly resources?: ContainerResources;
  readonly walSizeLimit: Size;
}

export function configMapData(config: string): Record<string, string> {
  return { [CONFIG_FILE]: config };
}

export function prometheusDeployment(workload: PrometheusWorkload) {
  const { name, namespace, labels } = workload.settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      ...replicaParts(workload.settings.highAvailability),
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

function podSpec(workload: PrometheusWorkload) {
  const { name, configMapName, labels, highAvailability } = workload.settings;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    securityContext: unprivilegedUser(NOBODY),
    // Remote write flushes for up to a minute when it is asked to stop.
    terminationGracePeriodSeconds: 75,
    ...replicaSpread(highAvailability, labels),
    containers: [container(workload)],
    volumes: [
      { name: 'config', configMap: { name: configMapName } },
      // Survives a restart of the container, not the removal of the pod.
      { name: 'wal', emptyDir: { sizeLimit: quantity(workload.walSizeLimit) } },
    ],
  } satisfies IPodSpec;
}

function container(workload: PrometheusWorkload) {
  return {
    name: 'prometheus',
    image: workload.image,
    args: [
      // From Prometheus 3 on; 2.x calls it --enable-feature=agent.
      '--agent',
      `--config.file=${CONFIG_FOLDER}/${CONFIG_FILE}`,
      `--storage.agent.path=${STORAGE}`,
      `--web.listen-address=0.0.0.0:${HTTP_PORT}`,
    ],
    env: [envEntry(CLUSTER_VARIABLE, workload.cluster), ...replicaEnvironment(workload.settings.highAvailability)],
    ports: [{ name: 'http-metrics', containerPort: HTTP_PORT, protocol: 'TCP' }],
    // Replaying a large log takes minutes.
    startupProbe: { httpGet: { path: '/-/ready', port: 'http-metrics' }, periodSeconds: 5, failureThreshold: 120 },
    readinessProbe: { httpGet: { path: '/-/ready', port: 'http-metrics' }, periodSeconds: 10, timeoutSeconds: 3 },
    livenessProbe: {
      httpGet: { path: '/-/healthy', port: 'http-metrics' },
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    resources: resourceRequirements(workload.resources, {
      cpuRequest: '100m',
      memoryRequest: Size.mebibytes(256),
      memoryLimit: Size.mebibytes(512),
    }),
    securityContext: lockedDown(),
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
      { name: 'wal', mountPath: STORAGE },
    ],
  } satisfies IContainer;
}

import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { IStatefulSet } from 'kubernetes-models/apps/v1';
import type { IService } from 'kubernetes-models/v1';
import { type CollectorProgram, collectorTemplate } from '../collector-parts/pod-template';
import { quantity } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { envEntry } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { addObject } from '../core/manifest';
import type { CollectorSettings } from '../metrics/collector-settings';
import { replicaEnvironment } from '../metrics/replicas';
import { CLUSTER_VARIABLE } from './config';
import type { ServerStorage } from './server-storage';

/** Port of Prometheus' own HTTP server: health, metrics, user interface. */
export const HTTP_PORT = 9090;

/** User and group `nobody`, as which the image starts. */
export const NOBODY = 65534;

const CONFIG_FOLDER = '/etc/prometheus';
export const CONFIG_FILE = 'prometheus.yml';
const STORAGE = '/prometheus';

export interface PrometheusWorkload {
  readonly settings: CollectorSettings;
  readonly configChecksum: string;
  readonly clusterName: EnvironmentValue;
  readonly resources?: ContainerResources;
}

/** What a container needs, whatever Prometheus does in it. */
function program(workload: PrometheusWorkload, flags: string[]): Omit<CollectorProgram, 'memory' | 'graceSeconds'> {
  const { settings, configChecksum, resources } = workload;
  return {
    settings,
    name: 'prometheus',
    args: [...flags, `--web.listen-address=0.0.0.0:${HTTP_PORT}`],
    env: [envEntry(CLUSTER_VARIABLE, workload.clusterName), ...replicaEnvironment(settings.topology)],
    ports: { 'http-metrics': HTTP_PORT },
    // Replaying a large log takes minutes.
    health: { port: 'http-metrics', ready: '/-/ready', live: '/-/healthy', startSeconds: 600 },
    resources,
    user: NOBODY,
    configFolder: CONFIG_FOLDER,
    configChecksum,
  };
}

export function agentProgram(workload: PrometheusWorkload, walSizeLimit: Size): CollectorProgram {
  return {
    ...program(workload, agentFlags(`${CONFIG_FOLDER}/${CONFIG_FILE}`, STORAGE)),
    memory: { memoryRequest: Size.mebibytes(256), memoryLimit: Size.mebibytes(512) },
    // Remote write flushes for up to a minute when it is asked to stop.
    graceSeconds: 75,
    storage: { name: 'wal', path: STORAGE, sizeLimit: walSizeLimit },
  };
}

/** Prometheus without a database. From Prometheus 3 on; 2.x calls it --enable-feature=agent. */
export function agentFlags(config: string, storage: string): string[] {
  return ['--agent', `--config.file=${config}`, `--storage.agent.path=${storage}`];
}

function serverProgram(
  workload: PrometheusWorkload,
  { retentionDays, retentionSize }: ServerStorage,
): CollectorProgram {
  const flags = [
    `--config.file=${CONFIG_FOLDER}/${CONFIG_FILE}`,
    `--storage.tsdb.path=${STORAGE}`,
    `--storage.tsdb.retention.time=${retentionDays}d`,
    `--storage.tsdb.retention.size=${retentionSize}`,
  ];
  return {
    ...program(workload, flags),
    memory: { memoryRequest: Size.mebibytes(512), memoryLimit: Size.gibibytes(2) },
    // Remote write flushes for up to a minute, then the head of the database is closed.
    graceSeconds: 300,
    storage: { name: 'data', path: STORAGE },
  };
}

/** Pods with a volume claim each, which outlives them. */
export function serverStatefulSet(workload: PrometheusWorkload, storage: ServerStorage) {
  const { name, namespace, labels, topology } = workload.settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      replicas: topology.replicas,
      serviceName: name,
      // One after the other, and the old one first: two never scrape as the same pod.
      updateStrategy: { type: 'RollingUpdate' },
      selector: { matchLabels: labels.selector },
      template: collectorTemplate(serverProgram(workload, storage)),
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: labels.selector },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(storage.storageClassName === undefined ? {} : { storageClassName: storage.storageClassName }),
            resources: { requests: { storage: quantity(storage.size) } },
          },
        },
      ],
    },
  } satisfies IStatefulSet;
}

/** The names of the pods, and where the database is queried. */
export function addServerService(scope: Construct, { name, namespace, labels }: CollectorSettings): void {
  addObject(scope, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      clusterIP: 'None',
      selector: labels.selector,
      ports: [{ name: 'http-metrics', port: HTTP_PORT, targetPort: 'http-metrics', protocol: 'TCP' }],
    },
  } satisfies IService);
}

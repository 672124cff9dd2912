import { Size } from 'cdk8s';
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec, IVolume } from 'kubernetes-models/v1';
import { lockedDown, resourceRequirements } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { envEntry } from '../core/environment';
import type { ComponentLabels } from '../core/labels';
import { CONFIG_CHECKSUM } from '../core/manifest';
import { scrapeAnnotations } from '../core/scrape-annotations';
import type { CloudWatchLogsTarget } from './cloudwatch-logs-target';
import { CONTAINER_LOGS, FLUENT_BIT_ENVIRONMENT, HTTP_PORT, STATE } from './config';
import type { NumberedRoute } from './routes';

/** The links in the folder of container logs lead here. */
export const POD_LOGS = '/var/log/pods';
const CONFIG_FOLDER = '/etc/fluent-bit';
const CONFIG_FILE = 'fluent-bit.yaml';

export const DEFAULT_MEMORY_LIMIT = Size.mebibytes(256);

export interface FluentBitWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: ComponentLabels;
  readonly image: string;
  readonly configMap: string;
  readonly configChecksum: string;
  readonly target: CloudWatchLogsTarget;
  readonly routes: NumberedRoute[];
  readonly stateHostPath: string;
  readonly tolerateAllTaints: boolean;
  readonly priorityClassName?: string;
  readonly resources?: ContainerResources;
}

export function configMapData(config: string): Record<string, string> {
  return { [CONFIG_FILE]: config };
}

export function fluentBitDaemonSet(workload: FluentBitWorkload) {
  const { name, namespace, labels } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      selector: { matchLabels: labels.selector },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: {
          labels: labels.all,
          annotations: {
            [CONFIG_CHECKSUM]: workload.configChecksum,
            ...scrapeAnnotations(HTTP_PORT, '/api/v2/metrics/prometheus'),
          },
        },
        spec: podSpec(workload),
      },
    },
  } satisfies IDaemonSet;
}

function podSpec(workload: FluentBitWorkload) {
  return {
    serviceAccountName: workload.name,
    automountServiceAccountToken: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    ...(workload.priorityClassName === undefined ? {} : { priorityClassName: workload.priorityClassName }),
    // Taken nodes write logs too.
    ...(workload.tolerateAllTaints ? { tolerations: [{ operator: 'Exists' }] } : {}),
    securityContext: {
      // Container logs belong to root with mode 0640, and the state folder on the node belongs to root. Group 0 alone would
      // suffice to read, but not to write. As no capability is left, this root can do only what the file modes let it.
      runAsUser: 0,
      runAsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    // Longer than the grace period in which Fluent Bit flushes.
    terminationGracePeriodSeconds: 45,
    containers: [container(workload)],
    volumes: volumes(workload),
  } satisfies IPodSpec;
}

function volumes(workload: FluentBitWorkload) {
  return [
    { name: 'config', configMap: { name: workload.configMap } },
    { name: 'container-logs', hostPath: { path: CONTAINER_LOGS, type: 'Directory' } },
    { name: 'pod-logs', hostPath: { path: POD_LOGS, type: 'Directory' } },
    // Offsets and lines not sent yet outlive the pod. In an emptyDir they would die with it.
    { name: 'state', hostPath: { path: workload.stateHostPath, type: 'DirectoryOrCreate' } },
  ] satisfies IVolume[];
}

function container(workload: FluentBitWorkload) {
  const health = { httpGet: { path: '/api/v1/health', port: 'http-metrics' }, timeoutSeconds: 3 };
  return {
    name: 'fluent-bit',
    image: workload.image,
    // The image's own entry point is a script that starts Fluent Bit with a configuration file of the image.
    command: ['/fluent-bit/bin/fluent-bit', '-c', `${CONFIG_FOLDER}/${CONFIG_FILE}`],
    env: [
      // What differs between environments first: a generated patch then names nothing else.
      envEntry(FLUENT_BIT_ENVIRONMENT.logGroupName, workload.target.logGroupName),
      envEntry(FLUENT_BIT_ENVIRONMENT.region, workload.target.region),
      ...workload.routes.map((route) => envEntry(route.variable, route.logGroupName)),
    ],
    ports: [{ name: 'http-metrics', containerPort: HTTP_PORT, protocol: 'TCP' }],
    // While name resolution fails, the start is held back for up to three minutes.
    startupProbe: { ...health, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { ...health, periodSeconds: 10 },
    // Fails when Fluent Bit no longer answers, or gives lines up. An outage of CloudWatch and a missing log group do not count:
    // both are retried without limit, and a restart mends neither. They show in `fluentbit_output_retries_total`.
    livenessProbe: { ...health, periodSeconds: 20, failureThreshold: 3 },
    resources: resourceRequirements(workload.resources, {
      cpuRequest: '50m',
      memoryRequest: Size.mebibytes(96),
      memoryLimit: DEFAULT_MEMORY_LIMIT,
    }),
    securityContext: lockedDown(),
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
      { name: 'container-logs', mountPath: CONTAINER_LOGS, readOnly: true },
      { name: 'pod-logs', mountPath: POD_LOGS, readOnly: true },
      { name: 'state', mountPath: STATE },
    ],
  } satisfies IContainer;
}

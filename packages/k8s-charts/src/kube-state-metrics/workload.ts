import { Size } from 'cdk8s';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { lockedDown, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import type { ComponentLabels } from '../core/labels';
import type { ObservedObject } from './observed-object';

/** Port of the metrics about the cluster. */
export const METRICS_PORT = 8080;

/** Port of the metrics about kube-state-metrics itself, and of its readiness. */
const TELEMETRY_PORT = 8081;

/** User `nobody` of the image. */
const NOBODY = 65534;

export interface KubeStateMetricsWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly labels: ComponentLabels;
  readonly image: string;
  readonly objects: ObservedObject[];
  readonly resources?: ContainerResources;
}

export function kubeStateMetricsDeployment(workload: KubeStateMetricsWorkload) {
  const { name, namespace, labels } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      // Two at a time would give every series twice.
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels.selector },
      // Not annotated for scraping: that job would rename the labels `namespace` and `pod` of every series.
      template: { metadata: { labels: labels.all }, spec: podSpec(workload) },
    },
  } satisfies IDeployment;
}

function podSpec(workload: KubeStateMetricsWorkload) {
  return {
    serviceAccountName: workload.name,
    automountServiceAccountToken: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    securityContext: unprivilegedUser(NOBODY),
    containers: [container(workload)],
  } satisfies IPodSpec;
}

function container(workload: KubeStateMetricsWorkload) {
  return {
    name: 'kube-state-metrics',
    image: workload.image,
    args: [`--port=${METRICS_PORT}`, `--telemetry-port=${TELEMETRY_PORT}`, `--resources=${workload.objects.join(',')}`],
    ports: [
      { name: 'http-metrics', containerPort: METRICS_PORT, protocol: 'TCP' },
      { name: 'telemetry', containerPort: TELEMETRY_PORT, protocol: 'TCP' },
    ],
    readinessProbe: { httpGet: { path: '/readyz', port: 'telemetry' }, periodSeconds: 10, timeoutSeconds: 5 },
    // Unlike /livez it does not ask the API server, whose outage no restart mends.
    livenessProbe: {
      httpGet: { path: '/healthz', port: 'http-metrics' },
      initialDelaySeconds: 5,
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
    resources: resourceRequirements(workload.resources, {
      cpuRequest: '20m',
      memoryRequest: Size.mebibytes(128),
      memoryLimit: Size.mebibytes(256),
    }),
    securityContext: lockedDown(),
  } satisfies IContainer;
}

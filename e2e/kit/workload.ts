import { type KubernetesObject, only } from './objects';

/** The first container of a Deployment's or DaemonSet's pods, and whose identity they have. */
export interface Workload {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Value of the service account's `eks.amazonaws.com/role-arn`. */
  readonly roleArn: string;
  /** Variables with a plain value. */
  readonly env: Readonly<Record<string, string>>;
  readonly pod: PodSpec;
  /** `PORT/PATH` of every probe of the container, and of the metrics that the pod's annotations tell of. */
  readonly endpoints: readonly string[];
}

/** What is looked at of a pod template. */
export interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: number | string };
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly configMapKeyRef?: { readonly name: string; readonly key: string } };
}

export interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly hostPath?: { readonly path: string };
  readonly emptyDir?: object;
}

export function workloadOf(
  objects: readonly KubernetesObject[],
  kind: 'Deployment' | 'DaemonSet',
  name: string,
): Workload {
  const workload = only(objects, kind, name);
  const { spec: pod, metadata } = (workload.spec as { template: PodTemplate }).template;
  const neighbours = objects.filter((object) => object.metadata.namespace === workload.metadata.namespace);
  const account = only(neighbours, 'ServiceAccount', pod.serviceAccountName);
  const variables = (pod.containers[0]?.env ?? []).filter((variable) => variable.value !== undefined);
  return {
    namespace: workload.metadata.namespace ?? '',
    serviceAccount: account.metadata.name,
    roleArn: account.metadata.annotations?.['eks.amazonaws.com/role-arn'] ?? '',
    env: Object.fromEntries(variables.map((variable) => [variable.name, variable.value ?? ''])),
    pod,
    endpoints: endpointsOf(pod.containers[0], metadata?.annotations ?? {}),
  };
}

interface PodTemplate {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: PodSpec;
}

function endpointsOf(container: Container | undefined, annotations: Readonly<Record<string, string>>): string[] {
  const probes = [container?.startupProbe, container?.readinessProbe, container?.livenessProbe];
  const found = probes.flatMap((probe) => {
    const { port, path } = probe?.httpGet ?? {};
    const named = container?.ports?.find(({ name }) => name === port)?.containerPort;
    return path ? [`${named ?? port}${path}`] : [];
  });
  const metrics = `${annotations['prometheus.io/port']}${annotations['prometheus.io/path'] ?? '/metrics'}`;
  return [...new Set([...found, ...(annotations['prometheus.io/scrape'] === 'true' ? [metrics] : [])])].sort();
}

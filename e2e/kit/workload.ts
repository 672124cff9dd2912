import { type KubernetesObject, only } from './objects';

/** The first container of a Deployment's or DaemonSet's pods, and whose identity they have. */
export interface Workload {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Value of the service account's `eks.amazonaws.com/role-arn`. */
  readonly roleArn: string;
  /** Variables with a plain value. */
  readonly env: Readonly<Record<string, string>>;
}

interface PodTemplate {
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly env?: readonly { readonly name: string; readonly value?: string }[] }[];
  };
}

export function workloadOf(
  objects: readonly KubernetesObject[],
  kind: 'Deployment' | 'DaemonSet',
  name: string,
): Workload {
  const workload = only(objects, kind, name);
  const { spec } = (workload.spec as { template: PodTemplate }).template;
  const account = only(
    objects.filter((object) => object.metadata.namespace === workload.metadata.namespace),
    'ServiceAccount',
    spec.serviceAccountName,
  );
  const variables = (spec.containers[0]?.env ?? []).filter((variable) => variable.value !== undefined);
  return {
    namespace: workload.metadata.namespace ?? '',
    serviceAccount: account.metadata.name,
    roleArn: account.metadata.annotations?.['eks.amazonaws.com/role-arn'] ?? '',
    env: Object.fromEntries(variables.map((variable) => [variable.name, variable.value ?? ''])),
  };
}

import type { Construct } from 'constructs';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IEnvVar, ITopologySpreadConstraint } from 'kubernetes-models/v1';
import type { ComponentLabels } from '../core/labels';
import { addObject } from '../core/manifest';

/** The label by which AMP tells replicas apart. It accepts the samples of one and removes the label. */
export const REPLICA_LABEL = '__replica__';

/** The variable with the value of that label. */
export const REPLICA_VARIABLE = 'POD_NAME';

/** Replicas and strategy of a Deployment. */
export function replicaParts(highAvailability: boolean) {
  if (!highAvailability) {
    // Two replicas would write every sample twice, and so would two that overlap in a rollout.
    return { replicas: 1, strategy: { type: 'Recreate' } } as const;
  }
  return {
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
  } as const;
}

export function replicaEnvironment(highAvailability: boolean) {
  const variable = {
    name: REPLICA_VARIABLE,
    valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
  } satisfies IEnvVar;
  return highAvailability ? [variable] : [];
}

/** Two nodes where there are two, without holding a pod back where there is one. */
export function replicaSpread(highAvailability: boolean, labels: ComponentLabels) {
  const constraint = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels.selector },
  } satisfies ITopologySpreadConstraint;
  return highAvailability ? { topologySpreadConstraints: [constraint] } : {};
}

/** One of the two may always go, so no drain of a node is held up. */
export function addDisruptionBudget(
  scope: Construct,
  { name, namespace, labels }: { name: string; namespace: string; labels: ComponentLabels },
): void {
  addObject(scope, 'disruption-budget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, labels: labels.all },
    spec: { maxUnavailable: 1, selector: { matchLabels: labels.selector } },
  } satisfies IPodDisruptionBudget);
}

import type { Construct } from 'constructs';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IEnvVar, ITopologySpreadConstraint } from 'kubernetes-models/v1';
import { checkedInteger, invalid } from '../core/check';
import type { ComponentLabels } from '../core/labels';
import { addObject } from '../core/manifest';

/** The label by which AMP tells replicas apart. It accepts the samples of one and removes the label. */
export const REPLICA_LABEL = '__replica__';

/** The variable with the value of that label. */
export const REPLICA_VARIABLE = 'POD_NAME';

/** How many pods a collector has, and how they divide the work. */
export interface Topology {
  readonly replicas: number;
  /** Each scrapes everything, and the workspace keeps what one of them sends. Otherwise each has a share of its own. */
  readonly copies: boolean;
}

/** One pod, or two copies of it. */
export function copiesTopology(highAvailability: boolean | undefined): Topology {
  return { replicas: highAvailability ? 2 : 1, copies: highAvailability ?? false };
}

/** Pods that each take a share of the targets. */
export function sharesTopology(struct: string, props: { replicas?: number; highAvailability?: boolean }): Topology {
  const { replicas, highAvailability } = props;
  if (replicas === undefined) {
    return copiesTopology(highAvailability);
  }
  checkedInteger(`${struct}.replicas`, replicas, 1, 100, 'Leave the prop out for one.');
  if (highAvailability) {
    throw invalid(
      `${struct}.replicas`,
      replicas,
      'replicas that share the targets, or highAvailability with two that both scrape all of them',
      'Leave one of the two props out.',
    );
  }
  return { replicas, copies: false };
}

/** Replicas and strategy of a Deployment. */
export function replicaParts({ replicas }: Topology) {
  if (replicas === 1) {
    // Two replicas would write every sample twice, and so would two that overlap in a rollout.
    return { replicas, strategy: { type: 'Recreate' } } as const;
  }
  return {
    replicas,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
  } as const;
}

export function replicaEnvironment({ copies }: Topology) {
  const variable = {
    name: REPLICA_VARIABLE,
    valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
  } satisfies IEnvVar;
  return copies ? [variable] : [];
}

/** Several nodes where there are several, without holding a pod back where there are not. */
export function replicaSpread({ replicas }: Topology, selector: Record<string, string>) {
  const constraint = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
  } satisfies ITopologySpreadConstraint;
  return replicas > 1 ? { topologySpreadConstraints: [constraint] } : {};
}

/** One that is not ready may go in any case: it does no work that a budget could protect. */
export const BUDGET = { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' } as const;

export interface Replicated {
  readonly name: string;
  readonly namespace: string;
  readonly labels: ComponentLabels;
  readonly topology: Topology;
}

/** One of several may always go, so no drain of a node is held up. A single one has no budget: it would. */
export function addDisruptionBudget(scope: Construct, { name, namespace, labels, topology }: Replicated): void {
  if (topology.replicas === 1) {
    return;
  }
  addObject(scope, 'disruption-budget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, labels: labels.all },
    spec: { ...BUDGET, selector: { matchLabels: labels.selector } },
  } satisfies IPodDisruptionBudget);
}

import type { Workload } from '../../model';
import type { LintInput } from './lint-rule';

/**
 * Workloads whose references have to lead somewhere: all manifests of the cluster are in the input, and the workload is no
 * collector, whose paths break by themselves and say more.
 */
export function plainWorkloads({ world, collectors, unconfigured }: LintInput): readonly Workload[] {
  if (!world.closedManifests) return [];
  const followed = new Set([...collectors, ...unconfigured].map(({ workload }) => workload.object));
  return world.cluster.workloads.filter(({ object }) => object.inline === undefined && !followed.has(object));
}

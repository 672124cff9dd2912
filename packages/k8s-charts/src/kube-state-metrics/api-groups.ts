import { ObservedObject } from './observed-object';

/** What panels of workloads read. */
export const USUAL_OBJECTS = [
  ObservedObject.DAEMON_SETS,
  ObservedObject.DEPLOYMENTS,
  ObservedObject.HORIZONTAL_POD_AUTOSCALERS,
  ObservedObject.JOBS,
  ObservedObject.NODES,
  ObservedObject.PERSISTENT_VOLUME_CLAIMS,
  ObservedObject.PODS,
  ObservedObject.STATEFUL_SETS,
];

/** API group of the kind; empty for the core group. */
export function apiGroup(object: ObservedObject): string {
  return GROUPS[object] ?? '';
}

const GROUPS: { [object: string]: string } = {
  [ObservedObject.CRON_JOBS]: 'batch',
  [ObservedObject.DAEMON_SETS]: 'apps',
  [ObservedObject.DEPLOYMENTS]: 'apps',
  [ObservedObject.HORIZONTAL_POD_AUTOSCALERS]: 'autoscaling',
  [ObservedObject.JOBS]: 'batch',
  [ObservedObject.POD_DISRUPTION_BUDGETS]: 'policy',
  [ObservedObject.REPLICA_SETS]: 'apps',
  [ObservedObject.STATEFUL_SETS]: 'apps',
};

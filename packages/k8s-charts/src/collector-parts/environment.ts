import { envEntry } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { replicaEnvironment, type Topology } from '../metrics/replicas';

/** Variables that configurations read, so that their text is the same in every environment. */
export const COLLECTOR_ENVIRONMENT = {
  cluster: 'CLUSTER_NAME',
  region: 'AWS_REGION',
  workspaceId: 'AMP_WORKSPACE_ID',
} as const;

export interface CollectorValues {
  readonly clusterName: EnvironmentValue;
  readonly remoteWrite: PrometheusRemoteWriteTarget;
}

/** What differs between environments comes first: a generated patch then names nothing else. */
export function collectorEnvironment({ clusterName, remoteWrite }: CollectorValues, topology: Topology) {
  return [
    envEntry(COLLECTOR_ENVIRONMENT.cluster, clusterName),
    envEntry(COLLECTOR_ENVIRONMENT.region, remoteWrite.region),
    envEntry(COLLECTOR_ENVIRONMENT.workspaceId, remoteWrite.workspaceId),
    ...replicaEnvironment(topology),
  ];
}

import type { World } from '../model';
import type { Path } from './path';

/** What no file can show. Each is taken for granted, said once in a report, and marked in the evidence that leans on it. */
export const ASSUMPTIONS = {
  'oidc-provider': "the account has an IAM OIDC provider for the cluster's issuer, with client id sts.amazonaws.com",
  webhook: "EKS's webhook gives pods of annotated service accounts their token, role and region",
  'no-guardrails': 'no service control policy, resource control policy or session policy denies the calls',
  ack: "ACK's controllers run, and may write a FieldExport into another namespace",
  'workspaces-exist': 'the workspaces that sightline.json names exist in the region of their world',
  'pods-run': 'pods run, are ready, and have IPv4 addresses that the collector can route to',
  'network-policies': 'a network plugin enforces NetworkPolicies, and nothing else filters traffic between pods',
  containerd: 'nodes run containerd, which keeps logs in /var/log/pods; a DaemonSet has a pod on every node',
  'metrics-served': 'a container serves metrics at the port and path that its pod or its collector names for them',
  'grafana-address':
    'the address that the Grafana operator is told is that of the Grafana workspace that the input makes',
  'grafana-plugins': 'a Grafana workspace has the plugins of its data sources',
} as const;

export type AssumptionId = keyof typeof ASSUMPTIONS;

/** The assumptions that the paths of these worlds lean on, in a fixed order. */
export function assumptionsOf(worlds: readonly World[], paths: readonly Path[]): readonly AssumptionId[] {
  const kinds = new Set(paths.flatMap(({ hops }) => hops.map(({ kind }) => kind)));
  const used: AssumptionId[] = [];
  const isScraped = paths.some(({ hops }) => hops.some(({ kind, status }) => kind === 'scrape' && status === 'proven'));
  if (kinds.has('trust')) used.push('oidc-provider', 'webhook');
  if (kinds.has('permission')) used.push('no-guardrails');
  if (worlds.some(({ cluster }) => cluster.fieldExports.length > 0)) used.push('ack');
  if (worlds.some(({ aws }) => aws.workspaces.some(({ tags }) => tags === undefined))) used.push('workspaces-exist');
  if (isScraped) used.push('pods-run', 'network-policies', 'metrics-served');
  const isRead = paths.some(({ hops }) => hops.some(({ kind, status }) => kind === 'parser' && status !== 'unknown'));
  if (isRead) used.push('containerd');
  const isShown = paths.some(({ hops }) => hops.some(({ kind, status }) => kind === 'plugin' && status === 'proven'));
  const isTold = worlds.some(({ aws, grafana }) => aws.grafanaWorkspaces.length > 0 && grafana.operated.length > 0);
  if (isShown) used.push('grafana-plugins');
  if (isShown && isTold) used.push('grafana-address');
  return used;
}

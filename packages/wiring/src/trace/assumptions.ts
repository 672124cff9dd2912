import type { World } from '../model';
import type { Path } from './path';

/** What no file can show. Each is taken for granted, said once in a report, and marked in the evidence that leans on it. */
export const ASSUMPTIONS = {
  'oidc-provider': "the account has an IAM OIDC provider for the cluster's issuer, with client id sts.amazonaws.com",
  webhook: "EKS's webhook gives pods of annotated service accounts their token, role and region",
  'no-guardrails': 'no service control policy, resource control policy or session policy denies the calls',
  ack: "ACK's controllers run, and may write a FieldExport into another namespace",
} as const;

export type AssumptionId = keyof typeof ASSUMPTIONS;

/** The assumptions that the paths of these worlds lean on, in a fixed order. */
export function assumptionsOf(worlds: readonly World[], paths: readonly Path[]): readonly AssumptionId[] {
  const kinds = new Set(paths.flatMap(({ hops }) => hops.map(({ kind }) => kind)));
  const used: AssumptionId[] = [];
  if (kinds.has('trust')) used.push('oidc-provider', 'webhook');
  if (kinds.has('permission')) used.push('no-guardrails');
  if (worlds.some(({ cluster }) => cluster.fieldExports.length > 0)) used.push('ack');
  return used;
}

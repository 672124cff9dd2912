import type { IClusterRef } from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import { type ClusterOidcIssuer, type IServiceAccountRole, WorkloadIdentity } from '../identity';
import { invalidProp } from '../private/errors';
import type { CollectorOptions } from './collector-options';

/** What all collectors of a cluster share. */
export interface ClusterContext {
  readonly cluster: IClusterRef;
  readonly namespace: string;
  readonly issuer?: ClusterOidcIssuer;
}

/** The role of a collector: the one that somebody else owns, or one that is made as child `id` of the scope. */
export function collectorIdentity(
  scope: Construct,
  id: string,
  { cluster, namespace, issuer }: ClusterContext,
  options: CollectorOptions,
  usualName: string,
): IServiceAccountRole {
  const { identity, images, roleName } = options;
  if (identity === undefined) {
    return new WorkloadIdentity(scope, id, {
      cluster,
      namespace: options.namespace ?? namespace,
      serviceAccountName: options.serviceAccountName ?? usualName,
      issuer,
      images,
      roleName,
    });
  }
  for (const prop of ['serviceAccountName', 'namespace', 'roleName'] as const) {
    if (options[prop] !== undefined) {
      throw invalidProp(scope, {
        prop,
        got: options[prop],
        allowed: 'left out when identity is given',
        mend: 'The identity says who it is for; leave it out to have a role made.',
      });
    }
  }
  return identity;
}

import { Stack } from 'aws-cdk-lib';
import type { IClusterRef } from 'aws-cdk-lib/aws-eks';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';

/** Who has an identity already: for each app, the service account and the path of the construct that gave it. */
const TAKEN = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Refuses a second identity for a service account of a cluster in one app. With both kinds at once the order in which an
 * SDK looks for credentials decides which role a pod has, and nothing tells.
 */
export function claimServiceAccount(
  scope: IConstruct,
  cluster: IClusterRef,
  namespace: string,
  serviceAccountName: string,
): void {
  const taken = TAKEN.get(scope.node.root) ?? new Map<string, string>();
  TAKEN.set(scope.node.root, taken);
  const key = JSON.stringify([identityOf(cluster), namespace, serviceAccountName]);
  const other = taken.get(key);
  if (other !== undefined) {
    throw invalidProp(scope, {
      prop: 'serviceAccountName',
      got: `${namespace}/${serviceAccountName}`,
      allowed: `a service account that has no identity in this cluster yet (${other} gave it one)`,
      mend: 'A service account has one role: grant more to that, or use a second service account.',
    });
  }
  taken.set(key, scope.node.path);
}

/** Two imports of one cluster are the same if all of the ARN but the partition is known. */
function identityOf(cluster: IClusterRef): string {
  const stack = Stack.of(cluster);
  const arn = JSON.stringify(stack.resolve(cluster.clusterRef.clusterArn));
  const known = !/Fn::GetAtt|Fn::ImportValue|"Ref":"(?!AWS::Partition)/.test(arn);
  return known ? arn : `${stack.node.path} ${arn}`;
}

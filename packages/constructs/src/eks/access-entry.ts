import { Resource, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';

/**
 * Properties of a `ClusterAccess`.
 */
export interface ClusterAccessProps {
  /** The cluster, of either of the CDK's modules for EKS, or imported by name. Not one that only knows `aws-auth`. */
  readonly cluster: eks.IClusterRef;

  /** Who is let in: a role, which people or pipelines assume. */
  readonly role: iam.IRole;

  /**
   * What EKS lets the role do: `eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', …)`.
   *
   * @default - nothing but what is bound to its groups in the cluster
   */
  readonly accessPolicies?: eks.IAccessPolicy[];

  /**
   * Groups of Kubernetes that the role is in, for roles and bindings in the cluster. None may start with `system:`.
   *
   * @default - none
   */
  readonly kubernetesGroups?: string[];
}

/**
 * Lets a role into a cluster: an access entry, also for a cluster that is not made by this app.
 *
 * AWS makes the entries of its own collectors (`PrometheusScraper`) and capabilities (`EksCapability`) by itself; another
 * would be in their way.
 *
 * @resource AWS::EKS::AccessEntry
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 *
 * @example
 * declare const cluster: eks.ICluster;
 * declare const onCall: iam.IRole;
 *
 * new ClusterAccess(this, 'OnCall', {
 *   cluster,
 *   role: onCall,
 *   accessPolicies: [
 *     eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', {
 *       accessScopeType: eks.AccessScopeType.NAMESPACE,
 *       namespaces: ['monitoring'],
 *     }),
 *   ],
 * });
 */
export class ClusterAccess extends Resource {
  /**
   * ARN of the access entry.
   *
   * @attribute
   */
  public readonly accessEntryArn: string;

  constructor(scope: Construct, id: string, props: ClusterAccessProps) {
    super(scope, id);
    validateRole(this, props.role);
    validateAccess(this, props);

    const resource = new eks.CfnAccessEntry(this, 'Resource', {
      clusterName: props.cluster.clusterRef.clusterName,
      principalArn: props.role.roleArn,
      kubernetesGroups: props.kubernetesGroups,
      accessPolicies: props.accessPolicies?.map(({ policy, accessScope }) => ({
        policyArn: policy,
        accessScope: { type: accessScope.type, namespaces: accessScope.namespaces },
      })),
    });
    this.accessEntryArn = resource.attrAccessEntryArn;
  }
}

function validateRole(scope: Construct, { roleArn }: iam.IRole): void {
  if (!Token.isUnresolved(roleArn) && roleArn.includes(':role/aws-service-role/')) {
    throw invalidProp(scope, {
      prop: 'role',
      got: roleArn,
      allowed: 'a role of yours, no service-linked one',
      mend: 'AWS makes the access entries of its services by itself.',
    });
  }
}

function validateAccess(scope: Construct, { accessPolicies = [], kubernetesGroups = [] }: ClusterAccessProps): void {
  if (accessPolicies.length === 0 && kubernetesGroups.length === 0) {
    throw invalidProp(scope, {
      prop: 'accessPolicies',
      got: accessPolicies,
      allowed: 'at least one, or kubernetesGroups at least one',
      mend: 'Otherwise the role would be let in and could do nothing.',
    });
  }
  const reserved = kubernetesGroups.find((group) => !Token.isUnresolved(group) && group.startsWith('system:'));
  if (reserved !== undefined) {
    throw invalidProp(scope, {
      prop: 'kubernetesGroups',
      got: reserved,
      allowed: 'groups that do not start with system:',
      mend: 'EKS refuses those of Kubernetes itself: use an access policy such as AmazonEKSClusterAdminPolicy.',
    });
  }
}

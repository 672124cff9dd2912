import type * as eks from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import { type ClusterOidcIssuer, WorkloadIdentity, type WorkloadIdentityMode } from '../identity';
import type { AckPermissions } from './ack-permissions';

/**
 * Properties of an `AckControllerRole`.
 */
export interface AckControllerRoleProps {
  /** The cluster, of either of the CDK's modules for EKS, or imported by name. */
  readonly cluster: eks.IClusterRef;

  /** What the controller owns; it says which controller it is, too. */
  readonly permissions: AckPermissions;

  /**
   * Issuer of the cluster's tokens, for IRSA.
   *
   * @default - none, so that the controller gets credentials by EKS Pod Identity
   */
  readonly issuer?: ClusterOidcIssuer;

  /**
   * How the controller comes by credentials.
   *
   * @default - IRSA if there is an issuer, otherwise EKS Pod Identity
   */
  readonly mode?: WorkloadIdentityMode;

  /**
   * Namespace of the controller.
   *
   * @default 'ack-system'
   */
  readonly namespace?: string;

  /**
   * Service account of the controller.
   *
   * @default - that of the controller's Helm chart: ack-prometheusservice-controller, ack-iam-controller and so on
   */
  readonly serviceAccountName?: string;

  /**
   * Name of the role, unique in the account.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;
}

/**
 * The role of a controller of ACK that you run in the cluster, scoped to what its objects need. Each controller has a role
 * of its own, since each has a service account of its own.
 *
 * The policies that the controllers recommend name every resource of the account, and for AMP every action.
 *
 * @resource AWS::IAM::Role
 * @see https://aws-controllers-k8s.github.io/community/docs/user-docs/irsa/
 *
 * @example
 * declare const cluster: eks.ICluster;
 * declare const issuer: ClusterOidcIssuer;
 *
 * new AckControllerRole(this, 'AckPrometheus', {
 *   cluster,
 *   issuer,
 *   permissions: AckPermissions.prometheus({ tags: { 'sightline-overlay': 'dev' }, alertManager: true }),
 * });
 */
export class AckControllerRole extends WorkloadIdentity {
  constructor(scope: Construct, id: string, props: AckControllerRoleProps) {
    const { permissions, namespace = 'ack-system', serviceAccountName, ...identity } = props;
    const account = serviceAccountName ?? `ack-${permissions.controller}-controller`;
    super(scope, id, {
      ...identity,
      namespace,
      serviceAccountName: account,
      description: `The ACK controller for ${permissions.controller} acts with this role`,
    });
    permissions._grantTo(this, this);
  }
}

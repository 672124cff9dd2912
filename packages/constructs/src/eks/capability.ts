import { Resource, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateRoleName } from '../private/role-name';
import type { EksCapabilityKind } from './capability-kind';

/**
 * Properties of an `EksCapability`.
 */
export interface EksCapabilityProps {
  /** The cluster, of either of the CDK's modules for EKS, or imported by name. */
  readonly cluster: eks.IClusterRef;

  /** Which capability, and how it is set up. */
  readonly kind: EksCapabilityKind;

  /**
   * Name of the capability, unique in the cluster: letters, digits, `-` and `_`, 100 at most.
   *
   * @default - its kind in lower case: ack, argocd or kro
   */
  readonly capabilityName?: string;

  /**
   * The role that the capability acts with. It must trust `capabilities.eks.amazonaws.com` to assume it and to tag
   * sessions.
   *
   * @default - a role is made, which may do nothing until it is granted something
   */
  readonly role?: iam.IRole;

  /**
   * Name of the role that is made. Not together with `role`.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;
}

/**
 * A capability of EKS: ACK, Argo CD or kro, run by AWS outside of the cluster's nodes. As a grantee it stands for the role
 * that it acts with.
 *
 * ACK needs grants for whatever it makes; Argo CD only for private repositories and secrets of AWS; kro for nothing. What
 * the capability has put into the cluster stays there when it goes, which is the only thing that EKS offers.
 *
 * @resource AWS::EKS::Capability
 * @see https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html
 *
 * @example
 * declare const cluster: eks.ICluster;
 *
 * new EksCapability(this, 'Ack', {
 *   cluster,
 *   kind: EksCapabilityKind.ack({
 *     crossNamespace: true,
 *     permissions: [AckPermissions.prometheus({ tags: { 'sightline-overlay': 'dev' } })],
 *   }),
 * });
 */
export class EksCapability extends Resource implements iam.IGrantable {
  /**
   * ARN of the capability.
   *
   * @attribute
   */
  public readonly capabilityArn: string;

  /** Name of the capability. */
  public readonly capabilityName: string;

  /** The role that the capability acts with: the one that was given, or the one that was made. */
  public readonly role: iam.IRole;
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: EksCapabilityProps) {
    super(scope, id);
    const { kind, capabilityName, roleName } = props;
    validateName(this, capabilityName);
    validateRole(this, props);
    this.capabilityName = capabilityName ?? kind.type.toLowerCase();
    this.role =
      props.role ??
      new iam.Role(this, 'Role', {
        roleName,
        description: `The capability ${kind.type} of EKS acts with this role`,
        assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('capabilities.eks.amazonaws.com')),
      });
    this.grantPrincipal = this.role;

    const resource = new eks.CfnCapability(this, 'Resource', {
      clusterName: props.cluster.clusterRef.clusterName,
      capabilityName: this.capabilityName,
      type: kind.type,
      roleArn: this.role.roleArn,
      deletePropagationPolicy: 'RETAIN',
    });
    kind._configure(resource, this);
    this.capabilityArn = resource.attrArn;
  }
}

function validateName(scope: Construct, name: string | undefined): void {
  if (name !== undefined && !Token.isUnresolved(name) && !/^[0-9A-Za-z][\w-]{0,99}$/.test(name)) {
    throw invalidProp(scope, {
      prop: 'capabilityName',
      got: name,
      allowed: '1 to 100 letters, digits, - or _, with a letter or digit first',
      mend: 'Leave it out for the name of its kind.',
    });
  }
}

function validateRole(scope: Construct, { role, roleName }: EksCapabilityProps): void {
  if (role !== undefined && roleName !== undefined) {
    throw invalidProp(scope, {
      prop: 'roleName',
      got: roleName,
      allowed: 'left out when role is given',
      mend: 'roleName names the role that is made; give one of the two.',
    });
  }
  validateRoleName(scope, 'roleName', roleName);
}

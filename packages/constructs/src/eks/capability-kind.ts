import { Token } from 'aws-cdk-lib';
import type { CfnCapability } from 'aws-cdk-lib/aws-eks';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { invalidProp } from '../private/errors';
import type { AckPermissions } from './ack-permissions';

/**
 * Options of the capability for ACK.
 */
export interface AckCapabilityOptions {
  /**
   * Whether a resource may refer to objects in other namespaces, such as a FieldExport to a ConfigMap there.
   *
   * @default - the service's default
   */
  readonly crossNamespace?: boolean;

  /**
   * Services whose controllers do not run, by their short names: `s3`, `dynamodb`.
   *
   * @default - the controllers of all services run
   */
  readonly disabledServices?: string[];

  /**
   * What the controllers own: the role of the capability is granted just that.
   *
   * @default - nothing is granted
   */
  readonly permissions?: AckPermissions[];
}

/**
 * What somebody may do in Argo CD.
 */
export enum ArgoCdRole {
  /** Everything. */
  ADMIN = 'ADMIN',

  /** Change applications. */
  EDITOR = 'EDITOR',

  /** Look. */
  VIEWER = 'VIEWER',
}

/**
 * Who has a role in Argo CD.
 */
export interface ArgoCdAccess {
  /** The role. */
  readonly role: ArgoCdRole;

  /**
   * Groups of IAM Identity Center, by id.
   *
   * @default - none
   */
  readonly groupIds?: string[];

  /**
   * Users of IAM Identity Center, by id.
   *
   * @default - none
   */
  readonly userIds?: string[];
}

/**
 * Options of the capability for Argo CD.
 */
export interface ArgoCdCapabilityOptions {
  /** ARN of the instance of IAM Identity Center by which people log in: `arn:<partition>:sso:::instance/<id>`. */
  readonly identityCenterInstanceArn: string;

  /**
   * Region of the instance.
   *
   * @default - the region of the cluster
   */
  readonly identityCenterRegion?: string;

  /**
   * Namespace of Argo CD's objects.
   *
   * @default - the service's default
   */
  readonly namespace?: string;

  /**
   * Who has which role.
   *
   * @default - nobody may log in
   */
  readonly access?: ArgoCdAccess[];

  /**
   * VPC endpoints by which alone Argo CD can be reached.
   *
   * @default - it can be reached from the internet
   */
  readonly vpcEndpointIds?: string[];
}

/**
 * Which capability, and how it is set up.
 *
 * @example
 * const ack = EksCapabilityKind.ack({ crossNamespace: true });
 */
export class EksCapabilityKind {
  /**
   * AWS Controllers for Kubernetes: AWS resources as objects in the cluster.
   *
   * @param options how it is set up
   */
  public static ack(options: AckCapabilityOptions = {}): EksCapabilityKind {
    return new EksCapabilityKind('ACK', (resource, grantee) => {
      // Written as overrides, because the L1 of the lowest CDK that this library works with does not have them.
      resource.addPropertyOverride('Configuration.Ack.EnableCrossNamespace', options.crossNamespace);
      resource.addPropertyOverride('Configuration.Ack.DisabledServices', options.disabledServices);
      for (const permissions of options.permissions ?? []) {
        permissions._grantTo(resource, grantee);
      }
    });
  }

  /**
   * Argo CD: brings what is in git into clusters. Applications name clusters by their ARNs, and the cluster itself must be
   * registered, too.
   *
   * @param options who may log in, and how
   */
  public static argoCd(options: ArgoCdCapabilityOptions): EksCapabilityKind {
    const { identityCenterInstanceArn: arn, access = [] } = options;
    validateInstanceArn(arn);
    const argoCd = {
      awsIdc: { idcInstanceArn: arn, idcRegion: options.identityCenterRegion },
      namespace: options.namespace,
      networkAccess: options.vpcEndpointIds && { vpceIds: options.vpcEndpointIds },
      rbacRoleMappings: access.length > 0 ? access.map(renderAccess) : undefined,
    };
    return new EksCapabilityKind('ARGOCD', (resource) => {
      resource.configuration = { argoCd };
    });
  }

  /** kro, the Kube Resource Orchestrator: APIs made of other objects. */
  public static kro(): EksCapabilityKind {
    return new EksCapabilityKind('KRO', () => {});
  }

  /** As EKS names it: `ACK`, `ARGOCD` or `KRO`. */
  public readonly type: string;

  private readonly configure: Configurer;

  private constructor(type: string, configure: Configurer) {
    this.type = type;
    this.configure = configure;
  }

  /**
   * Sets up the resource, and grants its role what it needs.
   *
   * @internal
   */
  public _configure(resource: CfnCapability, grantee: IGrantable): void {
    this.configure(resource, grantee);
  }
}

type Configurer = (resource: CfnCapability, grantee: IGrantable) => void;

function renderAccess({ role, groupIds = [], userIds = [] }: ArgoCdAccess): CfnCapability.ArgoCdRoleMappingProperty {
  const identities = [
    ...groupIds.map((id) => ({ id, type: 'SSO_GROUP' })),
    ...userIds.map((id) => ({ id, type: 'SSO_USER' })),
  ];
  if (identities.length === 0) {
    throw invalidProp(undefined, {
      prop: `access for ${role}`,
      got: identities,
      allowed: 'at least one group or user',
      mend: 'Give groupIds or userIds of IAM Identity Center, or leave the role out.',
    });
  }
  return { role, identities };
}

function validateInstanceArn(arn: string): void {
  if (!Token.isUnresolved(arn) && !/^arn:[^:]+:sso:::instance\/[\w-]+$/.test(arn)) {
    throw invalidProp(undefined, {
      prop: 'identityCenterInstanceArn',
      got: arn,
      allowed: 'arn:<partition>:sso:::instance/<id>',
      mend: 'aws sso-admin list-instances tells it.',
    });
  }
}

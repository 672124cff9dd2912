import { ArnFormat, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateNamespace, validateServiceAccountName } from '../private/kubernetes-names';
import { formatArn } from '../private/region';
import { validateRoleName } from '../private/role-name';
import type { ClusterOidcIssuer } from './cluster-oidc-issuer';

const ROLE_ARN_ANNOTATION = 'eks.amazonaws.com/role-arn';
const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';
const DEFAULT_AUDIENCE = 'sts.amazonaws.com';

/**
 * A role that pods assume as one Kubernetes service account (IAM roles for service accounts, IRSA).
 */
export interface IServiceAccountRole extends IResource, iam.IGrantable {
  /** The role itself. */
  readonly role: iam.IRole;

  /**
   * ARN of the role.
   *
   * @attribute
   */
  readonly roleArn: string;

  /**
   * Name of the role.
   *
   * @attribute
   */
  readonly roleName: string;

  /** Namespace of the service account. */
  readonly namespace: string;

  /** Name of the service account. */
  readonly serviceAccountName: string;

  /**
   * Annotations that the service account must bear for EKS to inject the role into its pods, by key:
   * `eks.amazonaws.com/role-arn`, and `eks.amazonaws.com/audience` when the audience is not the usual one.
   *
   * Plain text, ready for a manifest, when the role was given a name and its account and region are known at synth;
   * otherwise the ARN is a token, for an output of the stack. EKS reads them when a pod is created: a pod that runs
   * must be restarted after a change.
   *
   * @see https://github.com/aws/amazon-eks-pod-identity-webhook
   */
  readonly serviceAccountAnnotations: { [key: string]: string };
}

/**
 * Properties of a `ServiceAccountRole`.
 */
export interface ServiceAccountRoleProps {
  /** Issuer of the cluster's tokens. */
  readonly issuer: ClusterOidcIssuer;

  /** Namespace of the service account: a DNS label. */
  readonly namespace: string;

  /** Name of the service account: a DNS subdomain. */
  readonly serviceAccountName: string;

  /**
   * Name of the role, unique in the account.
   *
   * Without a name, the ARN is known only once deployed, and cannot be written into a manifest.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;

  /**
   * Description of the role.
   *
   * @default - a sentence that names the service account and the issuer
   */
  readonly description?: string;

  /**
   * Audience that the token must be for. Another than the default must be a client id of the IAM OIDC provider, too.
   *
   * @default 'sts.amazonaws.com'
   */
  readonly audience?: string;
}

/**
 * What must be known of a role for a service account that exists.
 */
export interface ServiceAccountRoleAttributes {
  /** ARN of the role. */
  readonly roleArn: string;

  /** Namespace of the service account that the role trusts. */
  readonly namespace: string;

  /** Name of the service account that the role trusts. */
  readonly serviceAccountName: string;

  /**
   * Audience that the role asks for.
   *
   * @default 'sts.amazonaws.com'
   */
  readonly audience?: string;
}

/** What a role for a service account has, whether it is made here or exists. */
abstract class ServiceAccountRoleBase extends Resource implements IServiceAccountRole {
  public abstract readonly role: iam.IRole;
  public abstract readonly namespace: string;
  public abstract readonly serviceAccountName: string;
  public abstract readonly serviceAccountAnnotations: { [key: string]: string };

  public get roleArn(): string {
    return this.role.roleArn;
  }

  public get roleName(): string {
    return this.role.roleName;
  }

  public get grantPrincipal(): iam.IPrincipal {
    return this.role;
  }
}

class ExistingRole extends ServiceAccountRoleBase {
  public readonly role: iam.IRole;
  public readonly namespace: string;
  public readonly serviceAccountName: string;
  public readonly serviceAccountAnnotations: { [key: string]: string };

  constructor(scope: Construct, id: string, attrs: ServiceAccountRoleAttributes) {
    super(scope, id, { environmentFromArn: attrs.roleArn });
    validateServiceAccount(this, attrs);
    this.role = iam.Role.fromRoleArn(this, 'Role', attrs.roleArn);
    this.namespace = attrs.namespace;
    this.serviceAccountName = attrs.serviceAccountName;
    this.serviceAccountAnnotations = annotations(attrs.roleArn, attrs.audience);
  }
}

/**
 * A role that exactly one service account of one cluster may assume, and only with a token for AWS STS.
 *
 * The trust policy demands with `StringEquals` both the subject `system:serviceaccount:<namespace>:<name>` and the
 * audience. Grants go to it as to any grantee.
 *
 * @resource AWS::IAM::Role
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 *
 * @example
 * declare const metrics: IPrometheusWorkspace;
 * declare const issuer: ClusterOidcIssuer;
 *
 * const writer = new ServiceAccountRole(this, 'Writer', {
 *   issuer,
 *   namespace: 'monitoring',
 *   serviceAccountName: 'grafana-alloy',
 * });
 * metrics.grantRemoteWrite(writer);
 */
export class ServiceAccountRole extends ServiceAccountRoleBase {
  /**
   * A role that exists. Grants add a policy to it if it is in the account of the stack.
   *
   * @param scope the construct to add it to
   * @param id construct id
   * @param attrs the role, and the service account that it trusts
   */
  public static fromServiceAccountRoleAttributes(
    scope: Construct,
    id: string,
    attrs: ServiceAccountRoleAttributes,
  ): IServiceAccountRole {
    return new ExistingRole(scope, id, attrs);
  }

  public readonly role: iam.IRole;
  public readonly namespace: string;
  public readonly serviceAccountName: string;
  public readonly serviceAccountAnnotations: { [key: string]: string };

  constructor(scope: Construct, id: string, props: ServiceAccountRoleProps) {
    super(scope, id);
    validateServiceAccount(this, props);
    validateRoleName(this, 'roleName', props.roleName);
    const providerArn = props.issuer.providerArn(this);
    validateProviderAccount(this, providerArn);

    const { issuer, namespace, serviceAccountName } = props;
    this.namespace = namespace;
    this.serviceAccountName = serviceAccountName;
    this.role = new iam.Role(this, 'Resource', {
      roleName: props.roleName,
      description: props.description ?? `For pods of ${namespace}/${serviceAccountName}, issuer ${issuer.issuer}`,
      assumedBy: new iam.WebIdentityPrincipal(providerArn, {
        StringEquals: {
          [issuer.subjectConditionKey]: `system:serviceaccount:${namespace}:${serviceAccountName}`,
          [issuer.audienceConditionKey]: props.audience ?? DEFAULT_AUDIENCE,
        },
      }),
    });
    this.serviceAccountAnnotations = annotations(knownArn(this, props.roleName) ?? this.role.roleArn, props.audience);
  }
}

function annotations(roleArn: string, audience: string = DEFAULT_AUDIENCE): { [key: string]: string } {
  return {
    [ROLE_ARN_ANNOTATION]: roleArn,
    ...(audience === DEFAULT_AUDIENCE ? {} : { [AUDIENCE_ANNOTATION]: audience }),
  };
}

function validateServiceAccount(scope: Construct, named: { namespace: string; serviceAccountName: string }): void {
  validateNamespace(scope, 'namespace', named.namespace);
  validateServiceAccountName(scope, 'serviceAccountName', named.serviceAccountName);
}

/** AWS STS finds the provider in the account of the role; one of another account is never used. */
function validateProviderAccount(scope: Construct, providerArn: string): void {
  const stack = Stack.of(scope);
  if (Token.isUnresolved(providerArn) || Token.isUnresolved(stack.account)) {
    return;
  }
  const { account } = stack.splitArn(providerArn, ArnFormat.SLASH_RESOURCE_NAME);
  if (account !== stack.account) {
    throw invalidProp(scope, {
      prop: 'issuer',
      got: providerArn,
      allowed: `an IAM OIDC provider in account ${stack.account}, where the role is`,
      mend: 'Register the issuer in that account as well (iam.OidcProviderNative), or make the role where the provider is.',
    });
  }
}

/** The ARN as plain text, if everything in it is known at synth. */
function knownArn(scope: Construct, roleName: string | undefined): string | undefined {
  if (roleName === undefined) {
    return undefined;
  }
  const arn = formatArn(scope, { service: 'iam', region: '', resource: 'role', resourceName: roleName });
  return Token.isUnresolved(arn) ? undefined : arn;
}

import { Resource, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateNamespace, validateServiceAccountName } from '../private/kubernetes-names';
import { validateRoleName } from '../private/role-name';
import type { ClusterOidcIssuer } from './cluster-oidc-issuer';
import { claimServiceAccount } from './one-identity';
import { tooOldForPodIdentity } from './pod-identity-images';
import { type IServiceAccountRole, ServiceAccountRole } from './service-account-role';

/**
 * How pods come by credentials of a role.
 */
export enum WorkloadIdentityMode {
  /**
   * IAM roles for service accounts: AWS STS trusts the tokens of the cluster's issuer. Needs an IAM OIDC provider, and an
   * annotation on the service account.
   */
  IRSA = 'IRSA',

  /**
   * EKS Pod Identity: an association in EKS, and the add-on `eks-pod-identity-agent` on the nodes. EKS's guide of 2024
   * says that pods on Fargate and on Windows cannot use it.
   */
  POD_IDENTITY = 'POD_IDENTITY',
}

/**
 * Properties of a `WorkloadIdentity`.
 */
export interface WorkloadIdentityProps {
  /** The cluster, of either of the CDK's modules for EKS, or imported by name. */
  readonly cluster: eks.IClusterRef;

  /** Namespace of the service account: a DNS label. */
  readonly namespace: string;

  /** Name of the service account: a DNS subdomain. */
  readonly serviceAccountName: string;

  /**
   * Issuer of the cluster's tokens, for IRSA. `ClusterOidcIssuer.fromIssuerUrl` refers to an IAM OIDC provider that
   * exists, `ClusterOidcProvider` makes one.
   *
   * @default - none, so that only EKS Pod Identity is possible
   */
  readonly issuer?: ClusterOidcIssuer;

  /**
   * How pods come by credentials.
   *
   * @default - IRSA if there is an issuer, otherwise POD_IDENTITY: the issuer of a cluster that is yet to be made is not
   * known at synth
   */
  readonly mode?: WorkloadIdentityMode;

  /**
   * Images of the pods, as in their manifest: `grafana/alloy:v1.18.1`. With POD_IDENTITY, one of Alloy, Prometheus,
   * Fluent Bit or ADOT is refused that is older than the first version known to take such credentials. Others are not
   * looked at.
   *
   * @default - not checked
   */
  readonly images?: string[];

  /**
   * Name of the role, unique in the account.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;

  /**
   * Description of the role.
   *
   * @default - a sentence that names the service account
   */
  readonly description?: string;
}

/**
 * A role for one service account of one cluster, by IRSA or by EKS Pod Identity: the same props, one switch.
 *
 * A service account gets one identity only: a second one for it in the same app is refused, because with both kinds at
 * once it depends on the SDK which role a pod has.
 *
 * @resource AWS::IAM::Role
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 *
 * @example
 * declare const cluster: eks.ICluster;
 * declare const metrics: IPrometheusWorkspace;
 *
 * const alloy = new WorkloadIdentity(this, 'Alloy', {
 *   cluster,
 *   namespace: 'monitoring',
 *   serviceAccountName: 'grafana-alloy',
 *   mode: WorkloadIdentityMode.POD_IDENTITY,
 *   images: ['grafana/alloy:v1.18.1'],
 * });
 * metrics.grantRemoteWrite(alloy);
 */
export class WorkloadIdentity extends Resource implements IServiceAccountRole {
  public readonly role: iam.IRole;
  public readonly namespace: string;
  public readonly serviceAccountName: string;

  /** What the service account must bear: nothing with EKS Pod Identity. */
  public readonly serviceAccountAnnotations: { [key: string]: string };

  /** How pods come by credentials. */
  public readonly mode: WorkloadIdentityMode;

  /**
   * ARN of the association, with EKS Pod Identity.
   *
   * @attribute
   */
  public readonly associationArn?: string;

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    const { cluster, namespace, serviceAccountName, issuer } = props;
    validateNamespace(this, 'namespace', namespace);
    validateServiceAccountName(this, 'serviceAccountName', serviceAccountName);
    validateRoleName(this, 'roleName', props.roleName);
    this.mode = props.mode ?? (issuer ? WorkloadIdentityMode.IRSA : WorkloadIdentityMode.POD_IDENTITY);
    this.namespace = namespace;
    this.serviceAccountName = serviceAccountName;
    claimServiceAccount(this, cluster, namespace, serviceAccountName);

    if (this.mode === WorkloadIdentityMode.IRSA) {
      const role = this.makeIrsaRole(props);
      this.role = role.role;
      this.serviceAccountAnnotations = role.serviceAccountAnnotations;
      return;
    }
    validateImages(this, props.images ?? []);
    this.role = this.makePodIdentityRole(props);
    this.serviceAccountAnnotations = {};
    this.associationArn = new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName: cluster.clusterRef.clusterName,
      namespace,
      serviceAccount: serviceAccountName,
      roleArn: this.role.roleArn,
    }).attrAssociationArn;
  }

  public get roleArn(): string {
    return this.role.roleArn;
  }

  public get roleName(): string {
    return this.role.roleName;
  }

  public get grantPrincipal(): iam.IPrincipal {
    return this.role;
  }

  private makeIrsaRole({ issuer, ...props }: WorkloadIdentityProps): ServiceAccountRole {
    if (issuer === undefined) {
      throw invalidProp(this, {
        prop: 'issuer',
        got: issuer,
        allowed: 'given with mode IRSA',
        mend: 'Give ClusterOidcIssuer.fromIssuerUrl(…), or leave mode out for EKS Pod Identity, which needs none.',
      });
    }
    const { namespace, serviceAccountName, roleName, description } = props;
    return new ServiceAccountRole(this, 'Irsa', { issuer, namespace, serviceAccountName, roleName, description });
  }

  /** Trusts the service for this cluster only: an association of another cluster could name the role, too. */
  private makePodIdentityRole({ cluster, namespace, serviceAccountName, ...props }: WorkloadIdentityProps): iam.Role {
    const service = new iam.ServicePrincipal('pods.eks.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        ArnEquals: { 'aws:SourceArn': cluster.clusterRef.clusterArn },
      },
    });
    return new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: props.description ?? `For pods of ${namespace}/${serviceAccountName}, by EKS Pod Identity`,
      assumedBy: new iam.SessionTagsPrincipal(service),
    });
  }
}

function validateImages(scope: Construct, images: readonly string[]): void {
  for (const image of images.filter((name) => !Token.isUnresolved(name))) {
    const tooOld = tooOldForPodIdentity(image);
    if (tooOld) {
      throw invalidProp(scope, {
        prop: 'images',
        got: image,
        allowed: `version ${tooOld.from} or newer with mode POD_IDENTITY (${tooOld.source})`,
        mend: 'Use a newer image, or mode IRSA; leave the image out of images if you have seen it work.',
      });
    }
  }
}

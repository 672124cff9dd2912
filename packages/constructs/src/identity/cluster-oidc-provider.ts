import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ClusterOidcIssuer } from './cluster-oidc-issuer';

/**
 * Properties of a `ClusterOidcProvider`.
 */
export interface ClusterOidcProviderProps {
  /**
   * URL of the issuer of the cluster's tokens: `https://oidc.eks.<region>.amazonaws.com/id/<32 hexadecimal digits>`. Plain
   * text, because it becomes the name of condition keys.
   */
  readonly issuerUrl: string;

  /**
   * Client ids, the audiences of tokens that AWS STS takes.
   *
   * @default ['sts.amazonaws.com']
   */
  readonly clientIds?: string[];
}

/**
 * The IAM OIDC provider of a cluster, made by this stack, with the client id that EKS writes into the tokens of pods.
 *
 * An account can have one for each issuer: where `eksctl` or another stack has made it, use
 * `ClusterOidcIssuer.fromIssuerUrl` instead, which refers to it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 *
 * @example
 * const provider = new ClusterOidcProvider(this, 'Provider', {
 *   issuerUrl: 'https://oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
 * });
 * new ServiceAccountRole(this, 'Writer', {
 *   issuer: provider.issuer,
 *   namespace: 'monitoring',
 *   serviceAccountName: 'grafana-alloy',
 * });
 */
export class ClusterOidcProvider extends Construct {
  /** The issuer, for roles that trust it. */
  public readonly issuer: ClusterOidcIssuer;

  /** The provider of the CDK. */
  public readonly provider: iam.IOidcProvider;

  constructor(scope: Construct, id: string, props: ClusterOidcProviderProps) {
    super(scope, id);
    const { issuerUrl } = ClusterOidcIssuer.fromIssuerUrl(props.issuerUrl);
    this.provider = new iam.OidcProviderNative(this, 'Resource', {
      url: issuerUrl,
      clientIds: props.clientIds ?? ['sts.amazonaws.com'],
    });
    this.issuer = ClusterOidcIssuer.fromOidcProvider(this.provider);
  }
}

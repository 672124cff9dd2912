import { checked, DNS_LABEL } from '../core/check';
import { policyDocument } from './policy-document';

/**
 * A service account of a cluster, as a role trusts it by the cluster's OIDC issuer.
 */
export interface ServiceAccountTrust {
  /**
   * Issuer of the cluster: `https://oidc.eks.<region>.amazonaws.com/id/<32 hex digits>`.
   */
  readonly issuer: string;

  /**
   * Account in which IAM knows the issuer as a provider.
   */
  readonly accountId: string;

  /**
   * Namespace of the service account.
   */
  readonly namespace: string;

  /**
   * Name of the service account.
   */
  readonly serviceAccount: string;

  /**
   * Partition of the account.
   *
   * @default 'aws'
   */
  readonly partition?: string;
}

/**
 * Who may assume a role.
 */
export class IamTrust {
  /**
   * One service account of one cluster, by its OIDC issuer (IRSA): both `sub` and `aud` of the token are asked for.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
   */
  public static serviceAccount(trust: ServiceAccountTrust): IamTrust {
    const issuer = checked('ServiceAccountTrust.issuer', trust.issuer, {
      matches: /^https:\/\/oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\/[0-9A-F]{32}$/i,
      allowed: '"https://oidc.eks.<region>.amazonaws.com/id/<32 hex digits>"',
      mend: 'Take the issuer from `aws eks describe-cluster`, field cluster.identity.oidc.issuer.',
    }).replace('https://', '');
    const account = checked('ServiceAccountTrust.accountId', trust.accountId, {
      matches: /^\d{12}$/,
      allowed: '12 digits',
      mend: 'Give the id of the account in which the provider is.',
    });
    const namespace = checked('ServiceAccountTrust.namespace', trust.namespace, DNS_LABEL);
    const serviceAccount = checked('ServiceAccountTrust.serviceAccount', trust.serviceAccount, DNS_LABEL);
    return new IamTrust({
      Effect: 'Allow',
      Principal: { Federated: `arn:${trust.partition ?? 'aws'}:iam::${account}:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        },
      },
    });
  }

  /**
   * EKS Pod Identity: whom it is for is said by an association, see `AckPodIdentityAssociation`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
   */
  public static podIdentity(): IamTrust {
    return new IamTrust({
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    });
  }

  /**
   * The trust policy as JSON.
   */
  public readonly document: string;

  private constructor(statement: object) {
    this.document = policyDocument([statement]);
  }
}

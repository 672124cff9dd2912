import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';
import { formatArn } from '../private/region';

/** A DNS name, then a path of one or more segments or none: what IAM takes as an issuer once `https://` is off. */
const ISSUER = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[A-Za-z0-9._~-]+)*$/;

const PROVIDER_ARN = /^arn:[^:]+:iam::\d{12}:oidc-provider\/(.+)$/;

/**
 * The OpenID Connect issuer of a cluster, and with it everything that a trust policy says about it.
 *
 * A trust policy names the issuer three times: in the ARN of the provider and in the names of two condition keys. Names
 * of condition keys must be plain text at synth, so the issuer must be too: give the URL of a cluster that exists
 * (`aws eks describe-cluster --name NAME --query cluster.identity.oidc.issuer`).
 *
 * @example
 * const issuer = ClusterOidcIssuer.fromIssuerUrl(
 *   'https://oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
 * );
 */
export class ClusterOidcIssuer {
  /**
   * The issuer by its URL, with or without `https://`. The IAM OIDC provider is taken to be in the account of the role.
   *
   * @param issuerUrl such as `https://oidc.eks.<region>.amazonaws.com/id/<32 hexadecimal digits>`
   */
  public static fromIssuerUrl(issuerUrl: string): ClusterOidcIssuer {
    return new ClusterOidcIssuer(parseIssuer('issuerUrl', issuerUrl));
  }

  /**
   * The issuer by the ARN of its IAM OIDC provider.
   *
   * @param providerArn `arn:<partition>:iam::<account>:oidc-provider/<issuer without https://>`
   */
  public static fromProviderArn(providerArn: string): ClusterOidcIssuer {
    refuseToken('providerArn', providerArn);
    const issuer = PROVIDER_ARN.exec(providerArn)?.[1];
    if (issuer === undefined) {
      throw invalidProp(undefined, {
        prop: 'providerArn',
        got: providerArn,
        allowed: 'arn:<partition>:iam::<account>:oidc-provider/<issuer without https://>',
        mend: 'If you have the URL of the issuer, use fromIssuerUrl.',
      });
    }
    return new ClusterOidcIssuer(parseIssuer('providerArn', issuer), providerArn);
  }

  /**
   * The issuer of a provider that the CDK made by `AWS::IAM::OIDCProvider` (`iam.OidcProviderNative`,
   * `eks.OidcProviderNative`) or imported.
   *
   * The issuer of a provider that is made in the same app is read from its `url`. Where that is not plain text either,
   * say it in `issuerUrl`.
   *
   * @param provider the provider; the trust policy refers to its ARN
   * @param issuerUrl URL of the issuer, needed only if the provider does not tell it at synth
   */
  public static fromOidcProvider(provider: iam.IOidcProvider, issuerUrl?: string): ClusterOidcIssuer {
    return fromProvider(provider, provider.oidcProviderArn, provider.oidcProviderIssuer, issuerUrl);
  }

  /**
   * The issuer of a provider of the CDK's older kind: `iam.OpenIdConnectProvider`, or `cluster.openIdConnectProvider`.
   *
   * One that is made in the same app is a custom resource that tells its issuer only while it is deployed, so
   * `issuerUrl` is needed; an imported one tells it at synth.
   *
   * @param provider the provider; the trust policy refers to its ARN
   * @param issuerUrl URL of the issuer, needed only if the provider does not tell it at synth
   */
  public static fromOpenIdConnectProvider(provider: iam.IOpenIdConnectProvider, issuerUrl?: string): ClusterOidcIssuer {
    return fromProvider(provider, provider.openIdConnectProviderArn, provider.openIdConnectProviderIssuer, issuerUrl);
  }

  /** @internal */
  public static _of(issuer: string, knownProviderArn: string): ClusterOidcIssuer {
    return new ClusterOidcIssuer(issuer, knownProviderArn);
  }

  /** The issuer without `https://`, as IAM spells it in ARNs and condition keys. */
  public readonly issuer: string;

  private readonly knownProviderArn?: string;

  private constructor(issuer: string, knownProviderArn?: string) {
    this.issuer = issuer;
    this.knownProviderArn = knownProviderArn;
  }

  /** URL of the issuer: `https://` and the issuer, the `iss` claim of the tokens that the cluster signs. */
  public get issuerUrl(): string {
    return `https://${this.issuer}`;
  }

  /** Condition key of the token's subject: `<issuer>:sub`. */
  public get subjectConditionKey(): string {
    return `${this.issuer}:sub`;
  }

  /** Condition key of the token's audience: `<issuer>:aud`. */
  public get audienceConditionKey(): string {
    return `${this.issuer}:aud`;
  }

  /**
   * ARN of the cluster's IAM OIDC provider: the one this value was made from, or else the one of this issuer in the
   * account of the scope.
   *
   * @param scope whoever trusts the provider; AWS STS wants it in the account of the role
   */
  public providerArn(scope: IConstruct): string {
    return (
      this.knownProviderArn ??
      formatArn(scope, { service: 'iam', region: '', resource: 'oidc-provider', resourceName: this.issuer })
    );
  }
}

function fromProvider(provider: IConstruct, arn: string, told: string, issuerUrl?: string): ClusterOidcIssuer {
  const known = Token.isUnresolved(told) ? urlOfNativeProvider(provider) : told;
  if (issuerUrl === undefined) {
    if (known === undefined) {
      throw new Error(
        `${provider.node.path}: the issuer of this OIDC provider is a token, and names of condition keys must be plain ` +
          'text at synth. Pass the URL of the issuer as the second argument (aws eks describe-cluster --query ' +
          'cluster.identity.oidc.issuer); for a cluster that this app is about to make, nobody can know it yet: use ' +
          'EKS Pod Identity there.',
      );
    }
    return ClusterOidcIssuer._of(parseIssuer('issuer of the provider', known), arn);
  }
  const issuer = parseIssuer('issuerUrl', issuerUrl);
  if (known !== undefined && parseIssuer('issuer of the provider', known) !== issuer) {
    throw invalidProp(provider, {
      prop: 'issuerUrl',
      got: issuerUrl,
      allowed: `the issuer of the given provider, ${known}`,
      mend: 'Leave issuerUrl out: this provider tells its issuer.',
    });
  }
  return ClusterOidcIssuer._of(issuer, arn);
}

/** A native provider's own issuer attribute is a token even when its `url` was written as plain text. */
function urlOfNativeProvider(provider: IConstruct): string | undefined {
  const resource = provider.node.defaultChild;
  if (!(resource instanceof iam.CfnOIDCProvider) || resource.url === undefined || Token.isUnresolved(resource.url)) {
    return undefined;
  }
  return resource.url;
}

function parseIssuer(prop: string, text: string): string {
  refuseToken(prop, text);
  const issuer = text.replace(/^https:\/\//, '').replace(/\/$/, '');
  if (!ISSUER.test(issuer)) {
    throw invalidProp(undefined, {
      prop,
      got: text,
      allowed: 'an https URL (https:// may be left out) with a host name and a path, without port, query or fragment',
      mend: 'For EKS it is https://oidc.eks.<region>.amazonaws.com/id/<32 hexadecimal digits>.',
    });
  }
  return issuer;
}

function refuseToken(prop: string, text: string): void {
  if (Token.isUnresolved(text)) {
    throw new Error(
      `${prop} is a token (${text}), and names of condition keys must be plain text at synth. Give the URL of a cluster ` +
        'that exists (aws eks describe-cluster --query cluster.identity.oidc.issuer), for example from the context or ' +
        'an environment file; for a cluster that this app is about to make, nobody can know it yet: use EKS Pod ' +
        'Identity there.',
    );
  }
}

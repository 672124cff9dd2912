import { CfnParameter, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClusterOidcIssuer } from '../../src';
import { ACCOUNT, agnosticStack, ISSUER, OTHER_ACCOUNT, OTHER_ISSUER, stackIn } from '../support/stack';

describe('from a URL', () => {
  test.each([`https://${ISSUER}`, ISSUER, `https://${ISSUER}/`])('%s', (url) => {
    const issuer = ClusterOidcIssuer.fromIssuerUrl(url);

    expect(issuer.issuer).toBe(ISSUER);
    expect(issuer.issuerUrl).toBe(`https://${ISSUER}`);
    expect(issuer.subjectConditionKey).toBe(`${ISSUER}:sub`);
    expect(issuer.audienceConditionKey).toBe(`${ISSUER}:aud`);
  });

  test('the provider is the one of the account that asks', () => {
    const issuer = ClusterOidcIssuer.fromIssuerUrl(ISSUER);

    expect(issuer.providerArn(stackIn())).toBe(`arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`);
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('the ARN of the provider in %s is of partition %s', (region, partition) => {
    const issuer = ClusterOidcIssuer.fromIssuerUrl(ISSUER);

    expect(issuer.providerArn(stackIn(region))).toBe(`arn:${partition}:iam::${ACCOUNT}:oidc-provider/${ISSUER}`);
  });

  test('in a stack for any environment, partition and account are left to CloudFormation', () => {
    const stack = agnosticStack();

    expect(stack.resolve(ClusterOidcIssuer.fromIssuerUrl(ISSUER).providerArn(stack))).toEqual({
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, `:oidc-provider/${ISSUER}`],
      ],
    });
  });

  test('an issuer that is not of EKS will do', () => {
    expect(ClusterOidcIssuer.fromIssuerUrl('https://oidc.example.com').issuer).toBe('oidc.example.com');
  });

  test.each([
    '',
    `http://${ISSUER}`,
    'https://oidc.example.com:6443/id/1',
    'https://oidc.example.com/id?x=1',
    `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
    'https://oidc.example.com/id/<ID>',
  ])('%p is refused', (url) => {
    expect(() => ClusterOidcIssuer.fromIssuerUrl(url)).toThrow(
      `issuerUrl is ${JSON.stringify(url)}; it must be an https URL`,
    );
  });

  test('a token is refused, with the way out', () => {
    const url = new CfnParameter(agnosticStack(), 'Issuer').valueAsString;

    expect(() => ClusterOidcIssuer.fromIssuerUrl(url)).toThrow(
      /^issuerUrl is a token \(\$\{Token\[.*\]\}\), and names of condition keys must be plain text at synth\. Give the URL of a cluster that exists \(aws eks describe-cluster --query cluster\.identity\.oidc\.issuer\).*EKS Pod Identity/,
    );
  });
});

describe('from the ARN of a provider', () => {
  test('the issuer is read from it, and the provider stays that one', () => {
    const arn = `arn:aws:iam::${OTHER_ACCOUNT}:oidc-provider/${ISSUER}`;

    const issuer = ClusterOidcIssuer.fromProviderArn(arn);

    expect(issuer.issuer).toBe(ISSUER);
    expect(issuer.providerArn(stackIn())).toBe(arn);
  });

  test.each([ISSUER, `arn:aws:iam::${ACCOUNT}:role/x`, `arn:aws:iam::${ACCOUNT}:oidc-provider/`])(
    '%p is refused',
    (arn) => {
      expect(() => ClusterOidcIssuer.fromProviderArn(arn)).toThrow(
        `providerArn is ${JSON.stringify(arn)}; it must be arn:<partition>:iam::<account>:oidc-provider/<issuer without ` +
          'https://>. If you have the URL of the issuer, use fromIssuerUrl.',
      );
    },
  );

  test('a token is refused, with the way out', () => {
    const arn = new CfnParameter(agnosticStack(), 'Arn').valueAsString;

    expect(() => ClusterOidcIssuer.fromProviderArn(arn)).toThrow(/providerArn is a token .*aws eks describe-cluster/);
  });
});

describe('from a provider of the CDK', () => {
  test('that is imported, of the native kind', () => {
    const stack = stackIn();
    const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

    const issuer = ClusterOidcIssuer.fromOidcProvider(iam.OidcProviderNative.fromOidcProviderArn(stack, 'P', arn));

    expect(issuer.issuer).toBe(ISSUER);
    expect(issuer.providerArn(stack)).toBe(arn);
  });

  test('that is imported, of the older kind', () => {
    const stack = stackIn();
    const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

    const issuer = ClusterOidcIssuer.fromOpenIdConnectProvider(
      iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'P', arn),
    );

    expect(issuer.issuer).toBe(ISSUER);
    expect(issuer.providerArn(stack)).toBe(arn);
  });

  test.each([
    ['iam', (scope: ReturnType<typeof stackIn>, url: string) => new iam.OidcProviderNative(scope, 'P', { url })],
    ['eks', (scope: ReturnType<typeof stackIn>, url: string) => new eks.OidcProviderNative(scope, 'P', { url })],
  ])('that is made here, natively by %s: the issuer is read from its url', (_, make) => {
    const stack = stackIn();

    const issuer = ClusterOidcIssuer.fromOidcProvider(make(stack, `https://${ISSUER}`));

    expect(issuer.issuer).toBe(ISSUER);
    expect(stack.resolve(issuer.providerArn(stack))).toEqual({ Ref: expect.stringMatching(/^P/) });
  });

  test('that is made here by a custom resource does not tell its issuer, and the error says where to put it', () => {
    const provider = new iam.OpenIdConnectProvider(stackIn(), 'P', { url: `https://${ISSUER}` });

    expect(() => ClusterOidcIssuer.fromOpenIdConnectProvider(provider)).toThrow(
      /^Stack\/P: the issuer of this OIDC provider is a token, .* Pass the URL of the issuer as the second argument/,
    );
  });

  test('that is made here by a custom resource will do when the issuer is said', () => {
    const stack = stackIn();
    const provider = new iam.OpenIdConnectProvider(stack, 'P', { url: `https://${ISSUER}` });

    const issuer = ClusterOidcIssuer.fromOpenIdConnectProvider(provider, `https://${ISSUER}`);

    expect(issuer.subjectConditionKey).toBe(`${ISSUER}:sub`);
    expect(stack.resolve(issuer.providerArn(stack))).toEqual({ Ref: expect.stringMatching(/^P/) });
  });

  test('whose url is a token is refused', () => {
    const url = Token.asString({ Ref: 'Issuer' });
    const provider = new iam.OidcProviderNative(stackIn(), 'P', { url });

    expect(() => ClusterOidcIssuer.fromOidcProvider(provider)).toThrow(/Pass the URL of the issuer/);
  });

  test('with an issuer that is not its own is refused', () => {
    const provider = new iam.OidcProviderNative(stackIn(), 'P', { url: `https://${ISSUER}` });

    expect(() => ClusterOidcIssuer.fromOidcProvider(provider, `https://${OTHER_ISSUER}`)).toThrow(
      `Stack/P: issuerUrl is "https://${OTHER_ISSUER}"; it must be the issuer of the given provider, https://${ISSUER}.`,
    );
  });

  test('with an issuer that is its own, spelt otherwise, will do', () => {
    const provider = new iam.OidcProviderNative(stackIn(), 'P', { url: `https://${ISSUER}` });

    expect(ClusterOidcIssuer.fromOidcProvider(provider, ISSUER).issuer).toBe(ISSUER);
  });
});

import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClusterOidcIssuer, PrometheusWorkspace, ServiceAccountRole, type ServiceAccountRoleProps } from '../../src';
import { ACCOUNT, agnosticStack, ISSUER, OTHER_ACCOUNT, stackIn, WORKSPACE_ID } from '../support/stack';

const PROPS: ServiceAccountRoleProps = {
  issuer: ClusterOidcIssuer.fromIssuerUrl(`https://${ISSUER}`),
  namespace: 'monitoring',
  serviceAccountName: 'fluent-bit',
};

function roleIn(stack: Stack, props: Partial<ServiceAccountRoleProps> = {}) {
  return new ServiceAccountRole(stack, 'Role', { ...PROPS, ...props });
}

test('the role trusts one subject and one audience of one provider', () => {
  const stack = stackIn();

  roleIn(stack, { roleName: 'FluentBitRole' });

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'FluentBitRole',
    Description: `For pods of monitoring/fluent-bit, issuer ${ISSUER}`,
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
          Condition: {
            StringEquals: {
              [`${ISSUER}:sub`]: 'system:serviceaccount:monitoring:fluent-bit',
              [`${ISSUER}:aud`]: 'sts.amazonaws.com',
            },
          },
        },
      ],
    },
  });
});

test('without a name, CloudFormation makes one up', () => {
  const stack = stackIn();

  roleIn(stack);

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: Match.absent() });
});

test('a provider of the same app is referred to', () => {
  const stack = stackIn();
  const provider = new iam.OidcProviderNative(stack, 'Provider', {
    url: `https://${ISSUER}`,
    clientIds: ['sts.amazonaws.com'],
  });

  roleIn(stack, { issuer: ClusterOidcIssuer.fromOidcProvider(provider) });

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{ Principal: { Federated: { Ref: Match.stringLikeRegexp('^Provider') } } }],
    },
  });
});

test('it is a grantee', () => {
  const stack = stackIn();
  const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

  const grant = workspace.grantRemoteWrite(roleIn(stack));

  expect(grant.success).toBe(true);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Action: 'aps:RemoteWrite', Resource: workspace.workspaceArn }] },
    Roles: [{ Ref: Match.stringLikeRegexp('^Role') }],
  });
});

test('a description of one’s own replaces the usual one', () => {
  const stack = stackIn();

  roleIn(stack, { description: 'logs' });

  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { Description: 'logs' });
});

describe('annotations of the service account', () => {
  test('are plain text when role name, account and region are known', () => {
    const role = roleIn(stackIn(), { roleName: 'FluentBitRole' });

    expect(role.serviceAccountAnnotations).toEqual({
      'eks.amazonaws.com/role-arn': `arn:aws:iam::${ACCOUNT}:role/FluentBitRole`,
    });
  });

  test('are of the partition of the region', () => {
    const role = roleIn(stackIn('cn-north-1'), { roleName: 'FluentBitRole' });

    expect(role.serviceAccountAnnotations['eks.amazonaws.com/role-arn']).toBe(
      `arn:aws-cn:iam::${ACCOUNT}:role/FluentBitRole`,
    );
  });

  test.each([
    ['has no name', stackIn(), undefined],
    ['is in a stack for any environment', agnosticStack(), 'FluentBitRole'],
  ])('hold the attribute of the role when it %s', (_, stack, roleName) => {
    const role = roleIn(stack, { roleName });

    expect(stack.resolve(role.serviceAccountAnnotations)).toEqual({
      'eks.amazonaws.com/role-arn': { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] },
    });
  });

  test('name the audience when it is not the usual one, as does the trust policy', () => {
    const stack = stackIn();

    const role = roleIn(stack, { audience: 'sts.amazonaws.com.cn' });

    expect(role.serviceAccountAnnotations['eks.amazonaws.com/audience']).toBe('sts.amazonaws.com.cn');
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com.cn' } } }],
      },
    });
  });
});

describe('a role that exists', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/FluentBitRole`;
  const attrs = { roleArn, namespace: 'monitoring', serviceAccountName: 'fluent-bit' };

  test('is a grantee and knows its annotations, but is not made', () => {
    const stack = stackIn();

    const role = ServiceAccountRole.fromServiceAccountRoleAttributes(stack, 'Role', attrs);
    const grant = PrometheusWorkspace.fromWorkspaceTags(stack, 'Metrics', { tags: { env: 'dev' } }).grantQuery(role);

    expect(grant.success).toBe(true);
    expect(role.roleName).toBe('FluentBitRole');
    expect(role.roleArn).toBe(roleArn);
    expect(role.env.account).toBe(ACCOUNT);
    expect([role.namespace, role.serviceAccountName]).toEqual(['monitoring', 'fluent-bit']);
    expect(role.serviceAccountAnnotations).toEqual({ 'eks.amazonaws.com/role-arn': roleArn });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: ['FluentBitRole'] });
  });

  test('may ask for another audience', () => {
    const role = ServiceAccountRole.fromServiceAccountRoleAttributes(stackIn(), 'Role', {
      ...attrs,
      audience: 'other',
    });

    expect(role.serviceAccountAnnotations['eks.amazonaws.com/audience']).toBe('other');
  });

  test('is checked as one that is made', () => {
    expect(() =>
      ServiceAccountRole.fromServiceAccountRoleAttributes(stackIn(), 'Role', { ...attrs, namespace: 'Monitoring' }),
    ).toThrow('Stack/Role: namespace is "Monitoring"');
  });
});

describe('refused', () => {
  test.each(['', 'Monitoring', 'a.b', '-a', 'a-', 'n'.repeat(64)])('namespace %p', (namespace) => {
    expect(() => roleIn(stackIn(), { namespace })).toThrow(
      `Stack/Role: namespace is ${JSON.stringify(namespace)}; it must be a DNS label: 1 to 63 of a-z, 0-9 and -`,
    );
  });

  test.each(['', 'Fluent', 'a_b', 'a..b', 'system:serviceaccount:monitoring:fluent-bit', 's'.repeat(254)])(
    'service account %p',
    (serviceAccountName) => {
      expect(() => roleIn(stackIn(), { serviceAccountName })).toThrow(
        `Stack/Role: serviceAccountName is ${JSON.stringify(serviceAccountName)}; it must be a DNS subdomain: 1 to 253`,
      );
    },
  );

  test.each([{ namespace: '*' }, { serviceAccountName: 'fluent-*' }])(
    'the wildcard of %p, with the reason',
    (props) => {
      expect(() => roleIn(stackIn(), props)).toThrow(
        'The trust policy compares literally, so a wildcard would match nobody: make one role for each service account.',
      );
    },
  );

  test.each(['a b', 'path/name', `arn:aws:iam::${ACCOUNT}:role/x`, 'r'.repeat(65)])('role name %p', (roleName) => {
    expect(() => roleIn(stackIn(), { roleName })).toThrow(
      `Stack/Role: roleName is ${JSON.stringify(roleName)}; it must be 1 to 64 letters, digits or any of _ + = , . @ -`,
    );
  });

  test('a provider of another account, which AWS STS would never use', () => {
    const arn = `arn:aws:iam::${OTHER_ACCOUNT}:oidc-provider/${ISSUER}`;

    expect(() => roleIn(stackIn(), { issuer: ClusterOidcIssuer.fromProviderArn(arn) })).toThrow(
      `Stack/Role: issuer is "${arn}"; it must be an IAM OIDC provider in account ${ACCOUNT}, where the role is.`,
    );
  });

  test('not: a provider by ARN where the account of the stack is not known', () => {
    const issuer = ClusterOidcIssuer.fromProviderArn(`arn:aws:iam::${OTHER_ACCOUNT}:oidc-provider/${ISSUER}`);

    expect(() => roleIn(agnosticStack(), { issuer })).not.toThrow();
  });

  test.each([
    ['a', 'b'],
    ['0', 'x.y-z.0'],
    ['n'.repeat(63), 's'.repeat(253)],
  ])('not: %s and %s', (namespace, serviceAccountName) => {
    expect(() => roleIn(stackIn(), { namespace, serviceAccountName })).not.toThrow();
  });

  test('not: names that only the deployment knows', () => {
    const stack = agnosticStack();
    const namespace = new CfnParameter(stack, 'Namespace').valueAsString;
    const serviceAccountName = new CfnParameter(stack, 'Name').valueAsString;
    const roleName = new CfnParameter(stack, 'RoleName').valueAsString;

    roleIn(stack, { namespace, serviceAccountName, roleName });

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: { Ref: 'RoleName' },
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Condition: {
              StringEquals: {
                [`${ISSUER}:sub`]: {
                  'Fn::Join': ['', ['system:serviceaccount:', { Ref: 'Namespace' }, ':', { Ref: 'Name' }]],
                },
              },
            },
          },
        ],
      },
    });
  });
});

import { ClusterOidcIssuer, ContainerLogGroup, ServiceAccountRole } from '../../src';
import { allows, permissionsOf, trustOf } from '../support/policy';
import { ACCOUNT, ISSUER, OTHER_ACCOUNT, OTHER_ISSUER, REGION, stackIn } from '../support/stack';

const stack = stackIn();
const role = new ServiceAccountRole(stack, 'Role', {
  issuer: ClusterOidcIssuer.fromIssuerUrl(ISSUER),
  namespace: 'monitoring',
  serviceAccountName: 'fluent-bit',
});
new ContainerLogGroup(stack, 'Logs', { logGroupName: '/eks/tictactoe' }).grantWriteStreams(role);

describe('assuming the role', () => {
  const trust = trustOf(stack);
  const right = {
    action: 'sts:AssumeRoleWithWebIdentity',
    federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
    context: {
      [`${ISSUER}:sub`]: 'system:serviceaccount:monitoring:fluent-bit',
      [`${ISSUER}:aud`]: 'sts.amazonaws.com',
    },
  };

  test('is allowed to the pod', () => {
    expect(allows(trust, right)).toBe(true);
  });

  test.each([
    ['another namespace', { [`${ISSUER}:sub`]: 'system:serviceaccount:default:fluent-bit' }],
    ['another service account', { [`${ISSUER}:sub`]: 'system:serviceaccount:monitoring:default' }],
    ['another audience', { [`${ISSUER}:aud`]: 'https://kubernetes.default.svc' }],
  ])('is denied to %s', (_, changed) => {
    expect(allows(trust, { ...right, context: { ...right.context, ...changed } })).toBe(false);
  });

  test('is denied to a token without an audience', () => {
    const context = { [`${ISSUER}:sub`]: right.context[`${ISSUER}:sub`] };

    expect(allows(trust, { ...right, context })).toBe(false);
  });

  test('is denied to the same service account of another cluster', () => {
    const request = {
      ...right,
      federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${OTHER_ISSUER}`,
      context: {
        [`${OTHER_ISSUER}:sub`]: 'system:serviceaccount:monitoring:fluent-bit',
        [`${OTHER_ISSUER}:aud`]: 'sts.amazonaws.com',
      },
    };

    expect(allows(trust, request)).toBe(false);
  });

  test('is denied by way of a provider of another account', () => {
    const federated = `arn:aws:iam::${OTHER_ACCOUNT}:oidc-provider/${ISSUER}`;

    expect(allows(trust, { ...right, federated })).toBe(false);
  });

  test('is denied without a web identity', () => {
    expect(allows(trust, { ...right, action: 'sts:AssumeRole' })).toBe(false);
  });
});

describe('writing logs', () => {
  const permissions = permissionsOf(stack);
  // What CloudFormation gives for the attribute: the ARN of the group with :* at the end.
  const attributes = { 'Logs*.Arn': `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/eks/tictactoe:*` };
  const stream = (group: string, region = REGION) =>
    `arn:aws:logs:${region}:${ACCOUNT}:log-group:${group}:log-stream:monitoring`;

  test.each(['logs:CreateLogStream', 'logs:PutLogEvents'])('%s is allowed on a stream of the group', (action) => {
    expect(allows(permissions, { action, resource: stream('/eks/tictactoe') }, attributes)).toBe(true);
  });

  test.each([
    ['another group', 'logs:PutLogEvents', stream('/eks/other')],
    ['a group whose name only begins alike', 'logs:PutLogEvents', stream('/eks/tictactoe-prod')],
    ['another region', 'logs:PutLogEvents', stream('/eks/tictactoe', 'us-east-1')],
    ['making a group', 'logs:CreateLogGroup', `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/eks/tictactoe`],
    ['deleting a stream', 'logs:DeleteLogStream', stream('/eks/tictactoe')],
  ])('is denied for %s', (_, action, resource) => {
    expect(allows(permissions, { action, resource }, attributes)).toBe(false);
  });
});

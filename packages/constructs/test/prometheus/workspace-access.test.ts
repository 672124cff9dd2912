import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { PrometheusWorkspace } from '../../src';
import { allows, permissionsOf } from '../support/policy';
import { ACCOUNT, OTHER_ACCOUNT, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
const OTHER_ROLE = `arn:aws:iam::${OTHER_ACCOUNT}:role/GrafanaAgentAMPRole`;

function policyOf(stack: Stack, workspaceArn: string): { Statement: unknown[] } {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::APS::ResourcePolicy'));
  expect(policies).toHaveLength(1);
  const { PolicyDocument, WorkspaceArn } = policies[0].Properties;
  expect(WorkspaceArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Metrics/), 'Arn'] });
  const [, parts] = PolicyDocument['Fn::Join'];
  return JSON.parse(parts.map((part: unknown) => (typeof part === 'string' ? part : workspaceArn)).join(''));
}

describe('a writer of another account', () => {
  test('is allowed by the policy of the workspace, and in its own account by its own', () => {
    const stack = stackIn();
    const workspace = new PrometheusWorkspace(stack, 'Metrics');

    const grant = workspace.grantRemoteWrite(iam.Role.fromRoleArn(stack, 'Writer', OTHER_ROLE));

    expect(grant.success).toBe(true);
    expect(policyOf(stack, 'ARN')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'aps:RemoteWrite', Principal: { AWS: OTHER_ROLE }, Resource: 'ARN' }],
    });
  });

  test('shares one policy with a reader of another account', () => {
    const stack = stackIn();
    const workspace = new PrometheusWorkspace(stack, 'Metrics');

    workspace.grantRemoteWrite(new iam.AccountPrincipal(OTHER_ACCOUNT));
    workspace.grantQuery(new iam.AccountPrincipal(OTHER_ACCOUNT));

    expect(policyOf(stack, 'ARN').Statement).toHaveLength(2);
  });
});

test('a writer of the same account needs no policy of the workspace', () => {
  const stack = stackIn();
  const workspace = new PrometheusWorkspace(stack, 'Metrics');

  workspace.grantRemoteWrite(new iam.Role(stack, 'Writer', { assumedBy: new iam.AccountRootPrincipal() }));

  Template.fromStack(stack).resourceCountIs('AWS::APS::ResourcePolicy', 0);
});

test('a statement without principals is refused when the app is synthesized', () => {
  const app = new App();
  const workspace = new PrometheusWorkspace(stackIn(undefined, 'Stack', app), 'Metrics');

  workspace.addToResourcePolicy(
    new iam.PolicyStatement({ actions: ['aps:RemoteWrite'], resources: [workspace.workspaceArn] }),
  );

  expect(() => app.synth()).toThrow('must specify at least one IAM principal');
});

test('nothing is added to the policy of a workspace that is not made here', () => {
  const stack = stackIn();
  const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

  const { statementAdded } = workspace.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['aps:RemoteWrite'],
      resources: [workspace.workspaceArn],
      principals: [new iam.AccountPrincipal(OTHER_ACCOUNT)],
    }),
  );

  expect(statementAdded).toBe(false);
  Template.fromStack(stack).resourceCountIs('AWS::APS::ResourcePolicy', 0);
});

describe('on a workspace with a key', () => {
  function granted(grant: 'grantRemoteWrite' | 'grantIngest' | 'grantQuery') {
    const stack = stackIn();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY);
    const attrs = { workspaceId: WORKSPACE_ID, encryptionKey };
    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', attrs);
    workspace[grant](new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    return permissionsOf(stack);
  }

  const viaAmp = { 'kms:ViaService': `aps.${REGION}.amazonaws.com` };

  test.each([
    ['grantRemoteWrite', 'kms:GenerateDataKey', true],
    ['grantRemoteWrite', 'kms:Decrypt', true],
    ['grantIngest', 'kms:GenerateDataKey', true],
    ['grantIngest', 'kms:Decrypt', true],
    ['grantQuery', 'kms:Decrypt', true],
    ['grantQuery', 'kms:GenerateDataKey', false],
    ['grantQuery', 'kms:CreateGrant', false],
  ] as const)('%s: %s by way of AMP is allowed: %s', (grant, action, allowed) => {
    expect(allows(granted(grant), { action, resource: KEY, context: viaAmp })).toBe(allowed);
  });

  test.each([
    ['directly', { context: {} }],
    ['by way of another service', { context: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } }],
    ['by way of AMP in another region', { context: { 'kms:ViaService': 'aps.us-east-1.amazonaws.com' } }],
    ['of another key', { resource: KEY.replace('12345678-', '87654321-') }],
  ])('use of the key %s is denied', (_, wrong) => {
    const right = { action: 'kms:Decrypt', resource: KEY, context: viaAmp };

    expect(allows(granted('grantQuery'), { ...right, ...wrong })).toBe(false);
  });
});

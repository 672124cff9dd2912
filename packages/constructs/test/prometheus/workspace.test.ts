import { App, CfnParameter, Duration, RemovalPolicy, type Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PrometheusWorkspace } from '../../src';
import { ACCOUNT, agnosticStack, stackIn } from '../support/stack';

test('by default the workspace has no properties and outlives its stack', () => {
  const stack = stackIn();

  new PrometheusWorkspace(stack, 'Metrics');

  Template.fromStack(stack).hasResource('AWS::APS::Workspace', {
    Properties: Match.absent(),
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('alias, retention, tags and removal policy arrive in the template', () => {
  const stack = stackIn();

  const workspace = new PrometheusWorkspace(stack, 'Metrics', {
    alias: 'eks-metrics',
    retentionPeriod: Duration.days(90),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Tags.of(workspace).add('team', 'platform');

  Template.fromStack(stack).hasResource('AWS::APS::Workspace', {
    Properties: {
      Alias: 'eks-metrics',
      WorkspaceConfiguration: { RetentionPeriodInDays: 90 },
      Tags: [{ Key: 'team', Value: 'platform' }],
    },
    DeletionPolicy: 'Delete',
  });
});

test('id and ARN are attributes of the resource, because its Ref is the ARN', () => {
  const stack = stackIn();

  const workspace = new PrometheusWorkspace(stack, 'Metrics');

  const logicalId = stack.getLogicalId(workspace.node.defaultChild as aps.CfnWorkspace);
  expect(stack.resolve(workspace.workspaceId)).toEqual({ 'Fn::GetAtt': [logicalId, 'WorkspaceId'] });
  expect(stack.resolve(workspace.workspaceArn)).toEqual({ 'Fn::GetAtt': [logicalId, 'Arn'] });
  expect(stack.resolve(workspace.workspaceRef.workspaceArn)).toEqual({ 'Fn::GetAtt': [logicalId, 'Arn'] });
});

test('an L1 that wants a workspace takes it', () => {
  const stack = stackIn();
  const workspace = new PrometheusWorkspace(stack, 'Metrics');

  new aps.CfnRuleGroupsNamespace(stack, 'Rules', {
    workspace: workspace.workspaceRef.workspaceArn,
    name: 'rules',
    data: 'groups: []',
  });

  Template.fromStack(stack).hasResourceProperties('AWS::APS::RuleGroupsNamespace', {
    Workspace: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Metrics'), 'Arn'] },
  });
});

describe('URLs', () => {
  test.each([
    ['ap-northeast-2', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'amazonaws.com'],
  ])('in %s end in %s', (region, suffix) => {
    const stack = stackIn(region);

    const workspace = new PrometheusWorkspace(stack, 'Metrics');

    const id = { 'Fn::GetAtt': [expect.stringMatching(/^Metrics/), 'WorkspaceId'] };
    const base = `https://aps-workspaces.${region}.${suffix}/workspaces/`;
    expect(stack.resolve(workspace.endpointUrl)).toEqual({ 'Fn::Join': ['', [base, id]] });
    expect(stack.resolve(workspace.remoteWriteUrl)).toEqual({ 'Fn::Join': ['', [base, id, '/api/v1/remote_write']] });
    expect(stack.resolve(workspace.queryUrl)).toEqual({ 'Fn::Join': ['', [base, id, '/api/v1/query']] });
  });

  test('leave region and suffix to CloudFormation where the region is not known at synth', () => {
    const stack = agnosticStack();

    const workspace = new PrometheusWorkspace(stack, 'Metrics');

    expect(stack.resolve(workspace.endpointUrl)).toEqual({
      'Fn::Join': [
        '',
        [
          'https://aps-workspaces.',
          { Ref: 'AWS::Region' },
          '.',
          { Ref: 'AWS::URLSuffix' },
          '/workspaces/',
          { 'Fn::GetAtt': [expect.stringMatching(/^Metrics/), 'WorkspaceId'] },
        ],
      ],
    });
  });

  test('leave the suffix to CloudFormation in a region that the CDK does not know', () => {
    const stack = stackIn('xx-future-1');

    const workspace = new PrometheusWorkspace(stack, 'Metrics');

    expect(JSON.stringify(stack.resolve(workspace.endpointUrl))).toContain(
      '"aps-workspaces.xx-future-1."'.slice(1, -1),
    );
    expect(JSON.stringify(stack.resolve(workspace.endpointUrl))).toContain('AWS::URLSuffix');
  });
});

describe('grants', () => {
  test('of remote write name one action on one ARN', () => {
    const { stack, workspace, role } = setup();

    const grant = workspace.grantRemoteWrite(role);

    expect(grant.success).toBe(true);
    expect(statements(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: 'aps:RemoteWrite',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Metrics/), 'Arn'] },
      },
    ]);
  });

  test('of queries name the four query actions on one ARN', () => {
    const { stack, workspace, role } = setup();

    workspace.grantQuery(role);

    expect(statements(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Metrics/), 'Arn'] },
      },
    ]);
  });

  test('of other actions stay on the workspace', () => {
    const { stack, workspace, role } = setup();

    workspace.grant(role, 'aps:DescribeWorkspace');

    expect(statements(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: 'aps:DescribeWorkspace',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Metrics/), 'Arn'] },
      },
    ]);
  });

  test('of other actions to a principal that cannot be given a policy do not succeed', () => {
    const { workspace } = setup();

    const grant = workspace.grant(new iam.ServicePrincipal('ec2.amazonaws.com'), 'aps:DescribeWorkspace');

    expect(grant.success).toBe(false);
  });

  test('across stacks of one environment pass the ARN by an export', () => {
    const app = new App();
    const owner = stackIn(undefined, 'Owner', app);
    const user = stackIn(undefined, 'User', app);
    const workspace = new PrometheusWorkspace(owner, 'Metrics');

    workspace.grantRemoteWrite(new iam.Role(user, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));

    expect(statements(user)).toEqual([
      {
        Effect: 'Allow',
        Action: 'aps:RemoteWrite',
        Resource: { 'Fn::ImportValue': expect.stringMatching(/^Owner:ExportsOutputFnGetAttMetrics.*Arn/) },
      },
    ]);
  });

  function setup() {
    const stack = stackIn();
    const workspace = new PrometheusWorkspace(stack, 'Metrics');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    return { stack, workspace, role };
  }

  function statements(stack: Stack): unknown {
    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    return policy.Properties.PolicyDocument.Statement;
  }
});

describe('refused', () => {
  test.each([
    ['', 0],
    ['a'.repeat(101), 101],
  ])('alias %p, with its length', (alias, length) => {
    expect(() => new PrometheusWorkspace(stackIn(), 'Metrics', { alias })).toThrow(
      `Stack/Metrics: alias is ${JSON.stringify(alias)}; it must be 1 to 100 characters (it has ${length}).`,
    );
  });

  test.each([
    [Duration.days(0), '0'],
    [Duration.days(1096), '1096 days'],
    [Duration.hours(36), '1 day 12 hours'],
  ])('retention of %s', (retentionPeriod, said) => {
    expect(() => new PrometheusWorkspace(stackIn(), 'Metrics', { retentionPeriod })).toThrow(
      new RegExp(`retentionPeriod is "${said}.*a whole number of days from 1 to 1095.*150 days`),
    );
  });

  test.each([1, 1095])('not: retention of %d days', (days) => {
    const stack = stackIn();

    new PrometheusWorkspace(stack, 'Metrics', { retentionPeriod: Duration.days(days) });

    Template.fromStack(stack).hasResourceProperties('AWS::APS::Workspace', {
      WorkspaceConfiguration: { RetentionPeriodInDays: days },
    });
  });

  test('not: an alias and a retention that only the deployment knows', () => {
    const stack = agnosticStack();
    const alias = new CfnParameter(stack, 'Alias').valueAsString;
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;

    new PrometheusWorkspace(stack, 'Metrics', { alias, retentionPeriod: Duration.days(days) });

    Template.fromStack(stack).hasResourceProperties('AWS::APS::Workspace', {
      Alias: { Ref: 'Alias' },
      WorkspaceConfiguration: { RetentionPeriodInDays: { Ref: 'Days' } },
    });
  });
});

test('the workspace belongs to the account and region of its stack', () => {
  const workspace = new PrometheusWorkspace(stackIn('us-east-1'), 'Metrics');

  expect(workspace.env).toEqual({ account: ACCOUNT, region: 'us-east-1' });
});

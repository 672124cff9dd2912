import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ContainerLogGroup, GrafanaWorkspace, PrometheusWorkspace } from '../../src';
import { allows, permissionsOf } from '../support/policy';
import { ACCOUNT, agnosticStack, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

const QUERY_ACTIONS = ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'];

function logsIn(stack: Stack, logGroupName = '/eks/tictactoe', id = 'Logs') {
  return ContainerLogGroup.fromContainerLogGroupAttributes(stack, id, { logGroupName }).logGroup;
}

test('queries are granted on one workspace', () => {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');
  const metrics = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

  const grant = grafana.grantQueryPrometheus(metrics);

  expect(grant.success).toBe(true);
  expect(permissionsOf(stack)).toEqual([{ Effect: 'Allow', Action: QUERY_ACTIONS, Resource: metrics.workspaceArn }]);
});

test('queries are granted on workspaces that bear tags', () => {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');

  grafana.grantQueryPrometheus(PrometheusWorkspace.fromWorkspaceTags(stack, 'Metrics', { tags: { env: 'dev' } }));

  expect(permissionsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: QUERY_ACTIONS,
      Resource: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/env': 'dev' } },
    },
  ]);
});

test('the workspace itself is a grantee', () => {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');
  const metrics = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

  expect(metrics.grantQuery(grafana).success).toBe(true);
});

test('logs are read from one group, but for the actions that take no resource', () => {
  const stack = stackIn();

  const grant = new GrafanaWorkspace(stack, 'Grafana').grantReadLogs(logsIn(stack));

  expect(grant.success).toBe(true);
  expect(permissionsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:GetLogEvents', 'logs:GetLogGroupFields', 'logs:GetQueryResults', 'logs:StartQuery'],
      Resource: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/eks/tictactoe:*`,
    },
    { Effect: 'Allow', Action: ['logs:DescribeLogGroups', 'logs:StopQuery'], Resource: '*' },
  ]);
});

test('the statement without a resource is not repeated for a second group', () => {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');

  grafana.grantReadLogs(logsIn(stack));
  grafana.grantReadLogs(logsIn(stack, '/eks/other', 'Other'));

  expect(permissionsOf(stack).filter(({ Resource }) => Resource === '*')).toHaveLength(1);
});

test('metrics of CloudWatch are read by two actions', () => {
  const stack = stackIn();

  new GrafanaWorkspace(stack, 'Grafana').grantReadMetrics();

  expect(permissionsOf(stack)).toEqual([
    { Effect: 'Allow', Action: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'], Resource: '*' },
  ]);
});

describe('under evaluation', () => {
  const stack = stackIn();
  const grafana = new GrafanaWorkspace(stack, 'Grafana');
  grafana.grantQueryPrometheus(
    PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID }),
  );
  grafana.grantReadLogs(logsIn(stack));
  const statements = permissionsOf(stack);
  const workspace = `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`;
  const group = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/eks/tictactoe:log-stream:`;

  test.each([
    ['aps:QueryMetrics', workspace],
    ['logs:StartQuery', group],
    ['logs:GetLogEvents', `${group}monitoring`],
    ['logs:DescribeLogGroups', '*'],
  ])('%s on %s is allowed', (action, resource) => {
    expect(allows(statements, { action, resource })).toBe(true);
  });

  test.each([
    ['aps:QueryMetrics', workspace.replace(REGION, 'us-east-1')],
    ['aps:RemoteWrite', workspace],
    ['aps:DeleteWorkspace', workspace],
    ['logs:StartQuery', group.replace('tictactoe', 'other')],
    ['logs:GetLogEvents', group.replace('tictactoe', 'tictactoe-prod')],
    ['logs:PutLogEvents', group],
    ['cloudwatch:GetMetricData', '*'],
  ])('%s on %s is denied', (action, resource) => {
    expect(allows(statements, { action, resource })).toBe(false);
  });
});

describe('a workspace that exists', () => {
  test('grants to its role, if that was given', () => {
    const stack = stackIn();
    const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/grafana`);
    const grafana = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Grafana', { workspaceId: 'g-0123456789', role });

    expect(grafana.grantReadMetrics().success).toBe(true);
    expect(permissionsOf(stack)).toHaveLength(1);
  });

  test('cannot be granted anything without its role; a warning says which statement the role needs', () => {
    const stack = stackIn();
    const grafana = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Grafana', { workspaceId: 'g-0123456789' });

    grafana.grantReadMetrics();

    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
    Annotations.fromStack(stack).hasWarning('/Stack/Grafana', Match.stringLikeRegexp('cloudwatch:ListMetrics'));
  });
});

test.each(['known', 'unknown'])(
  'what is granted to a workspace whose role is unknown becomes a warning; its account is %s',
  (account) => {
    const stack = account === 'known' ? stackIn() : agnosticStack();
    const grafana = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Grafana', { workspaceId: 'g-0123456789' });
    const metrics = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

    grafana.grantQueryPrometheus(metrics);

    const warning = Match.stringLikeRegexp("Add statement to this resource's role: .*aps:QueryMetrics");
    Annotations.fromStack(stack).hasWarning('/Stack/Grafana', warning);
  },
);

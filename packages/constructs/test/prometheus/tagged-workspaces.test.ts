import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PrometheusWorkspace, type PrometheusWorkspaceTagAttributes } from '../../src';
import { allows, permissionsOf } from '../support/policy';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

const TAGS = { 'sightline-overlay': 'dev' };

function granted(attrs: PrometheusWorkspaceTagAttributes, stack = stackIn()) {
  const workspaces = PrometheusWorkspace.fromWorkspaceTags(stack, 'Metrics', attrs);
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  workspaces.grantRemoteWrite(role);
  return stack;
}

test('the grant names all workspaces of account and region, on condition of the tag', () => {
  const stack = granted({ tags: TAGS });

  expect(permissionsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: 'aps:RemoteWrite',
      Resource: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/sightline-overlay': 'dev' } },
    },
  ]);
});

test('the grant of queries has the same resource and condition', () => {
  const stack = stackIn();
  const workspaces = PrometheusWorkspace.fromWorkspaceTags(stack, 'Metrics', { tags: TAGS });

  workspaces.grantQuery(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));

  expect(permissionsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'],
      Resource: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/sightline-overlay': 'dev' } },
    },
  ]);
});

test('ingesting is writing and looking up series, of tagged workspaces and of one by its id', () => {
  const stack = stackIn();
  const tagged = PrometheusWorkspace.fromWorkspaceTags(stack, 'Tagged', { tags: TAGS });
  const known = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Known', { workspaceId: WORKSPACE_ID });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

  tagged.grantIngest(role);
  known.grantIngest(role);

  const Action = ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:RemoteWrite'];
  expect(permissionsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action,
      Resource: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/sightline-overlay': 'dev' } },
    },
    { Effect: 'Allow', Action, Resource: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}` },
  ]);
});

test('no workspace is made', () => {
  Template.fromStack(granted({ tags: TAGS })).resourceCountIs('AWS::APS::Workspace', 0);
});

test('several tags must all be there', () => {
  const stack = granted({ tags: { env: 'dev', team: 'platform' } });

  expect(permissionsOf(stack)[0].Condition).toEqual({
    StringEquals: { 'aws:ResourceTag/env': 'dev', 'aws:ResourceTag/team': 'platform' },
  });
});

test('account and region may be others than those of the stack', () => {
  const stack = granted({ tags: TAGS, region: 'us-east-1', account: OTHER_ACCOUNT });

  expect(permissionsOf(stack)[0].Resource).toBe(`arn:aws:aps:us-east-1:${OTHER_ACCOUNT}:workspace/*`);
});

test.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('in %s the partition is %s', (region, partition) => {
  const stack = granted({ tags: TAGS }, stackIn(region));

  expect(permissionsOf(stack)[0].Resource).toBe(`arn:${partition}:aps:${region}:${ACCOUNT}:workspace/*`);
});

test('in a stack for any environment, account, region and partition are left to CloudFormation', () => {
  const stack = granted({ tags: TAGS }, agnosticStack());

  expect(permissionsOf(stack)[0].Resource).toEqual({
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':aps:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        ':workspace/*',
      ],
    ],
  });
});

describe('under evaluation, writing', () => {
  const statements = permissionsOf(granted({ tags: TAGS }));
  const resource = `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`;
  const right = { action: 'aps:RemoteWrite', resource, context: { 'aws:ResourceTag/sightline-overlay': 'dev' } };

  test('to the tagged workspace is allowed', () => {
    expect(allows(statements, right)).toBe(true);
  });

  test.each([
    ['to a workspace of another overlay', { context: { 'aws:ResourceTag/sightline-overlay': 'prod' } }],
    ['to a workspace without the tag', { context: {} }],
    ['to another region', { resource: resource.replace(REGION, 'us-east-1') }],
    ['to another account', { resource: resource.replace(ACCOUNT, OTHER_ACCOUNT) }],
    ['to a rule groups namespace', { resource: resource.replace('workspace/', 'rulegroupsnamespace/') }],
    ['by another action', { action: 'aps:DeleteWorkspace' }],
  ])('%s is denied', (_, wrong) => {
    expect(allows(statements, { ...right, ...wrong })).toBe(false);
  });
});

describe('tags', () => {
  test('that are none are refused, because the grant would reach every workspace', () => {
    expect(() => granted({ tags: {} })).toThrow(
      'Stack/Metrics: tags is {}; it must be at least one tag. Without a tag the grant would reach every workspace',
    );
  });

  test.each(['', 'aws:cloudformation:stack-name', 'AWS:x', 'a*', 'k'.repeat(129)])('with key %p are refused', (key) => {
    expect(() => granted({ tags: { [key]: 'dev' } })).toThrow(
      `Stack/Metrics: tags is ${JSON.stringify(key)}; it must be tags whose keys have 1 to 128`,
    );
  });

  test.each(['dev*', '${aws:PrincipalTag/env}', 'de?', 'v'.repeat(257)])('with value %p are refused', (value) => {
    expect(() => granted({ tags: { env: value } })).toThrow(
      `Stack/Metrics: tags['env'] is ${JSON.stringify(value)}; it must be at most 256`,
    );
  });

  test('with a key that only the deployment knows are refused', () => {
    const stack = agnosticStack();
    const key = new CfnParameter(stack, 'Key').valueAsString;

    expect(() => granted({ tags: { [key]: 'dev' } }, stack)).toThrow(
      'it must be tags whose keys are known at synth. A tag key becomes the name of a condition key',
    );
  });

  test('may have values that only the deployment knows', () => {
    const stack = agnosticStack();
    const value = new CfnParameter(stack, 'Value').valueAsString;

    granted({ tags: { env: value } }, stack);

    expect(permissionsOf(stack)[0].Condition).toEqual({ StringEquals: { 'aws:ResourceTag/env': { Ref: 'Value' } } });
  });

  test('may have letters of any script, blanks and the usual signs', () => {
    const stack = granted({ tags: { '환경 name': 'a_b.c:d/e=f+g-h@i' } });

    expect(permissionsOf(stack)[0].Condition).toEqual({
      StringEquals: { 'aws:ResourceTag/환경 name': 'a_b.c:d/e=f+g-h@i' },
    });
  });
});

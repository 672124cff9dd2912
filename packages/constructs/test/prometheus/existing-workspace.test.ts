import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PrometheusWorkspace } from '../../src';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn, WORKSPACE_ID } from '../support/stack';

describe('a workspace known by its id', () => {
  test('is in the account and region of the stack, with URLs in plain text', () => {
    const stack = stackIn();

    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

    expect(workspace.workspaceId).toBe(WORKSPACE_ID);
    expect(workspace.workspaceArn).toBe(`arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`);
    expect(workspace.endpointUrl).toBe(`https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}`);
    expect(workspace.remoteWriteUrl).toBe(
      `https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}/api/v1/remote_write`,
    );
    expect(workspace.queryUrl).toBe(
      `https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}/api/v1/query`,
    );
  });

  test('may be in another account and region', () => {
    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stackIn(), 'Metrics', {
      workspaceId: WORKSPACE_ID,
      region: 'us-east-1',
      account: OTHER_ACCOUNT,
    });

    expect(workspace.env).toEqual({ account: OTHER_ACCOUNT, region: 'us-east-1' });
    expect(workspace.workspaceArn).toBe(`arn:aws:aps:us-east-1:${OTHER_ACCOUNT}:workspace/${WORKSPACE_ID}`);
    expect(workspace.endpointUrl).toBe(`https://aps-workspaces.us-east-1.amazonaws.com/workspaces/${WORKSPACE_ID}`);
  });

  test.each([
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
  ])('in %s has ARNs of partition %s and URLs that end in %s', (region, partition, suffix) => {
    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stackIn(region), 'Metrics', {
      workspaceId: WORKSPACE_ID,
    });

    expect(workspace.workspaceArn).toBe(`arn:${partition}:aps:${region}:${ACCOUNT}:workspace/${WORKSPACE_ID}`);
    expect(workspace.endpointUrl).toBe(`https://aps-workspaces.${region}.${suffix}/workspaces/${WORKSPACE_ID}`);
  });

  test('makes no resource, and its grants name its ARN', () => {
    const stack = stackIn();
    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId: WORKSPACE_ID });

    workspace.grantQuery(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::APS::Workspace', 0);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: workspace.workspaceArn }] },
    });
  });

  test('may have an id that only the deployment knows', () => {
    const stack = agnosticStack();
    const workspaceId = new CfnParameter(stack, 'Id').valueAsString;

    const workspace = PrometheusWorkspace.fromWorkspaceAttributes(stack, 'Metrics', { workspaceId });

    expect(stack.resolve(workspace.workspaceId)).toEqual({ Ref: 'Id' });
  });

  test.each([
    `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/${WORKSPACE_ID}`,
    `https://aps-workspaces.${REGION}.amazonaws.com/workspaces/${WORKSPACE_ID}`,
    'ws-*',
    '',
  ])('is refused when the id is %p', (workspaceId) => {
    expect(() => PrometheusWorkspace.fromWorkspaceAttributes(stackIn(), 'Metrics', { workspaceId })).toThrow(
      `Stack: workspaceId is ${JSON.stringify(workspaceId)}; it must be the id of a workspace`,
    );
  });
});

describe('a workspace known by its ARN', () => {
  test('is in the account and region of the ARN', () => {
    const arn = `arn:aws:aps:us-east-1:${OTHER_ACCOUNT}:workspace/${WORKSPACE_ID}`;

    const workspace = PrometheusWorkspace.fromWorkspaceArn(stackIn(), 'Metrics', arn);

    expect(workspace.workspaceArn).toBe(arn);
    expect(workspace.workspaceId).toBe(WORKSPACE_ID);
    expect(workspace.env).toEqual({ account: OTHER_ACCOUNT, region: 'us-east-1' });
    expect(workspace.queryUrl).toBe(
      `https://aps-workspaces.us-east-1.amazonaws.com/workspaces/${WORKSPACE_ID}/api/v1/query`,
    );
  });

  test('may have an ARN that only the deployment knows', () => {
    const stack = agnosticStack();
    const arn = new CfnParameter(stack, 'Arn').valueAsString;

    const workspace = PrometheusWorkspace.fromWorkspaceArn(stack, 'Metrics', arn);

    expect(stack.resolve(workspace.workspaceArn)).toEqual({ Ref: 'Arn' });
    expect(stack.resolve(workspace.workspaceId)).toEqual({
      'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'Arn' }] }] }] }],
    });
    expect(JSON.stringify(stack.resolve(workspace.remoteWriteUrl))).toContain('AWS::URLSuffix');
  });

  test.each([
    WORKSPACE_ID,
    `arn:aws:grafana:${REGION}:${ACCOUNT}:/workspaces/g-0123456789`,
    `arn:aws:aps:${REGION}:${ACCOUNT}:rulegroupsnamespace/${WORKSPACE_ID}/rules`,
  ])('is refused when the ARN is %p', (arn) => {
    expect(() => PrometheusWorkspace.fromWorkspaceArn(stackIn(), 'Metrics', arn)).toThrow(
      `workspaceArn is ${JSON.stringify(arn)}; it must be arn:<partition>:aps:<region>:<account>:workspace/<id>. If you ` +
        'have the id, use fromWorkspaceAttributes.',
    );
  });
});

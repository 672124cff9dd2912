import { CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { GrafanaAuthenticationProvider, GrafanaDataSource, GrafanaPermissionType, GrafanaWorkspace } from '../../src';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, REGION, stackIn } from '../support/stack';

const ID = 'g-0123456789';

test('by default people log in by Identity Center, and the role is the customer’s', () => {
  const stack = stackIn();

  new GrafanaWorkspace(stack, 'Grafana');

  Template.fromStack(stack).hasResourceProperties('AWS::Grafana::Workspace', {
    AccountAccessType: 'CURRENT_ACCOUNT',
    AuthenticationProviders: ['AWS_SSO'],
    PermissionType: 'CUSTOMER_MANAGED',
    RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^GrafanaRole'), 'Arn'] },
    Name: Match.absent(),
    Description: Match.absent(),
    DataSources: Match.absent(),
    GrafanaVersion: Match.absent(),
  });
});

test('every option arrives in the template', () => {
  const stack = stackIn();

  new GrafanaWorkspace(stack, 'Grafana', {
    workspaceName: 'tictactoe-grafana',
    description: 'dashboards',
    authenticationProviders: [GrafanaAuthenticationProvider.AWS_SSO, GrafanaAuthenticationProvider.SAML],
    dataSources: [GrafanaDataSource.PROMETHEUS, GrafanaDataSource.CLOUDWATCH],
    permissionType: GrafanaPermissionType.SERVICE_MANAGED,
    grafanaVersion: '10.4',
    roleName: 'AmazonGrafanaWorkspaceRole',
  });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Grafana::Workspace', {
    AccountAccessType: 'CURRENT_ACCOUNT',
    AuthenticationProviders: ['AWS_SSO', 'SAML'],
    DataSources: ['PROMETHEUS', 'CLOUDWATCH'],
    Description: 'dashboards',
    GrafanaVersion: '10.4',
    Name: 'tictactoe-grafana',
    PermissionType: 'SERVICE_MANAGED',
  });
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'AmazonGrafanaWorkspaceRole' });
});

describe('the role that is made', () => {
  test.each([
    [REGION, 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s may be assumed only for workspaces of this account and region', (region, partition) => {
    const stack = stackIn(region);

    const workspace = new GrafanaWorkspace(stack, 'Grafana');

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'grafana.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': ACCOUNT },
              StringLike: { 'aws:SourceArn': `arn:${partition}:grafana:${region}:${ACCOUNT}:/workspaces/*` },
            },
          },
        ],
      },
    });
    expect(workspace.grantPrincipal).toBe(workspace.role);
  });

  test('has no permissions before something is granted', () => {
    const stack = stackIn();

    new GrafanaWorkspace(stack, 'Grafana');

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent(), Policies: Match.absent() });
  });
});

test('a role of one’s own is taken, and none is made', () => {
  const stack = stackIn();
  const role = iam.Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/grafana`);

  const workspace = new GrafanaWorkspace(stack, 'Grafana', { role });

  expect(workspace.role).toBe(role);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::Grafana::Workspace', { RoleArn: role.roleArn });
});

test('id, ARN, host name and URL', () => {
  const stack = stackIn();

  const workspace = new GrafanaWorkspace(stack, 'Grafana');

  const attribute = (name: string) => ({ 'Fn::GetAtt': [expect.stringMatching(/^Grafana/), name] });
  expect(stack.resolve(workspace.workspaceId)).toEqual(attribute('Id'));
  expect(stack.resolve(workspace.workspaceRef.workspaceId)).toEqual(attribute('Id'));
  expect(stack.resolve(workspace.workspaceEndpoint)).toEqual(attribute('Endpoint'));
  expect(stack.resolve(workspace.workspaceUrl)).toEqual({ 'Fn::Join': ['', ['https://', attribute('Endpoint')]] });
  expect(stack.resolve(workspace.workspaceArn)).toEqual({
    'Fn::Join': ['', [`arn:aws:grafana:${REGION}:${ACCOUNT}:/workspaces/`, attribute('Id')]],
  });
});

describe('a workspace that exists', () => {
  test('is in the account and region of the stack', () => {
    const stack = stackIn();

    const workspace = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Grafana', { workspaceId: ID });

    expect(workspace.workspaceId).toBe(ID);
    expect(workspace.workspaceArn).toBe(`arn:aws:grafana:${REGION}:${ACCOUNT}:/workspaces/${ID}`);
    expect(workspace.workspaceEndpoint).toBe(`${ID}.grafana-workspace.${REGION}.amazonaws.com`);
    expect(workspace.workspaceUrl).toBe(`https://${ID}.grafana-workspace.${REGION}.amazonaws.com`);
    Template.fromStack(stack).resourceCountIs('AWS::Grafana::Workspace', 0);
  });

  test('may be in another account and region', () => {
    const workspace = GrafanaWorkspace.fromWorkspaceAttributes(stackIn(), 'Grafana', {
      workspaceId: ID,
      account: OTHER_ACCOUNT,
      region: 'us-east-1',
    });

    expect(workspace.env).toEqual({ account: OTHER_ACCOUNT, region: 'us-east-1' });
    expect(workspace.workspaceArn).toBe(`arn:aws:grafana:us-east-1:${OTHER_ACCOUNT}:/workspaces/${ID}`);
  });

  test('may have an id that only the deployment knows', () => {
    const stack = agnosticStack();
    const workspaceId = new CfnParameter(stack, 'Id').valueAsString;

    const workspace = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Grafana', { workspaceId });

    expect(stack.resolve(workspace.workspaceEndpoint)).toEqual({
      'Fn::Join': ['', [{ Ref: 'Id' }, '.grafana-workspace.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
    });
  });

  test.each(['', 'g-xyz', `https://${ID}.grafana-workspace.${REGION}.amazonaws.com`, `/workspaces/${ID}`])(
    'is refused when the id is %p',
    (workspaceId) => {
      expect(() => GrafanaWorkspace.fromWorkspaceAttributes(stackIn(), 'Grafana', { workspaceId })).toThrow(
        `Stack: workspaceId is ${JSON.stringify(workspaceId)}; it must be g- and ten hexadecimal digits.`,
      );
    },
  );
});

describe('refused', () => {
  test.each(['', 'my workspace', 'n'.repeat(256)])('name %p', (workspaceName) => {
    expect(() => new GrafanaWorkspace(stackIn(), 'Grafana', { workspaceName })).toThrow(
      `Stack/Grafana: workspaceName is ${JSON.stringify(workspaceName)}; it must be 1 to 255 letters, digits or any of`,
    );
  });

  test('a list of providers without any', () => {
    expect(() => new GrafanaWorkspace(stackIn(), 'Grafana', { authenticationProviders: [] })).toThrow(
      'Stack/Grafana: authenticationProviders is []; it must be at least one provider.',
    );
  });

  test('both a role and a name for one', () => {
    const stack = stackIn();
    const role = iam.Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${ACCOUNT}:role/grafana`);

    expect(() => new GrafanaWorkspace(stack, 'Grafana', { role, roleName: 'Other' })).toThrow(
      'Stack/Grafana: roleName is "Other"; it must be left out when role is given.',
    );
  });

  test('a role name that IAM would refuse', () => {
    expect(() => new GrafanaWorkspace(stackIn(), 'Grafana', { roleName: 'a/b' })).toThrow(
      'Stack/Grafana: roleName is "a/b"; it must be 1 to 64 letters',
    );
  });

  test('not: names that only the deployment knows', () => {
    const stack = agnosticStack();
    const workspaceName = new CfnParameter(stack, 'Name').valueAsString;
    const roleName = new CfnParameter(stack, 'RoleName').valueAsString;

    new GrafanaWorkspace(stack, 'Grafana', { workspaceName, roleName });

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Grafana::Workspace', { Name: { Ref: 'Name' } });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: { Ref: 'RoleName' } });
  });
});

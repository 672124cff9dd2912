import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  GrafanaContentProvider,
  type GrafanaContentProviderProps,
  GrafanaRole,
  GrafanaServiceAccountToken,
  GrafanaWorkspace,
  GrafanaWorkspaceFolder,
} from '../../src';
import { ACCOUNT, agnosticStack, OTHER_ACCOUNT, stackIn } from '../support/stack';
import { existing } from './support';

function vpcIn(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['ap-northeast-2a'],
    privateSubnetIds: ['subnet-0123456789abcde0a'],
    isolatedSubnetIds: ['subnet-0123456789abcde0b'],
  });
}

const handlers = { Handler: 'index.handler' };

test('there is one for a stack, with one service account for each workspace', () => {
  const stack = stackIn();
  const one = existing(stack);
  const two = new GrafanaWorkspace(stack, 'Two');
  for (const [id, workspace] of [
    ['A', one],
    ['B', one],
    ['C', existing(stack, 'Again')],
    ['D', two],
  ] as const) {
    new GrafanaWorkspaceFolder(stack, id, { workspace, title: id });
  }

  const template = Template.fromStack(stack);
  expect(Object.keys(template.findResources('AWS::Lambda::Function', { Properties: handlers }))).toHaveLength(1);
  template.resourceCountIs('Custom::GrafanaServiceAccount', 2);
});

test('its function is bundled in the package, and outlasts a workspace that is being updated', () => {
  const stack = stackIn();
  new GrafanaContentProvider(stack, 'Provider');

  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    ...handlers,
    Runtime: Match.stringLikeRegexp('^nodejs2[2-9]'),
    Timeout: 900,
    VpcConfig: Match.absent(),
  });
});

test('its functions write to log groups that are kept for a month, and to no other', () => {
  const stack = stackIn();
  new GrafanaContentProvider(stack, 'Provider');

  const template = Template.fromStack(stack);
  template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  template.resourceCountIs('AWS::Logs::LogGroup', 2);
  template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('without content it may do nothing', () => {
  const stack = stackIn();
  const { role } = new GrafanaContentProvider(stack, 'Provider');

  const { roleName } = stack.resolve({ roleName: role.roleName });
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const actions = policies
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(roleName.Ref))
    .flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action),
    );
  expect(actions).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
});

describe('in a VPC', () => {
  test('runs there, with what rotates tokens', () => {
    const stack = stackIn();
    const provider = new GrafanaContentProvider(stack, 'Provider', { vpc: vpcIn(stack) });
    new GrafanaServiceAccountToken(stack, 'Token', { workspace: existing(stack), provider, role: GrafanaRole.VIEWER });

    const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: handlers });
    expect(Object.values(functions).map(({ Properties }) => Properties.VpcConfig.SubnetIds)).toEqual([
      ['subnet-0123456789abcde0a'],
      ['subnet-0123456789abcde0a'],
    ]);
  });

  test('takes subnets and security groups', () => {
    const stack = stackIn();
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');

    new GrafanaContentProvider(stack, 'Provider', {
      vpc: vpcIn(stack),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [group],
    });

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: ['subnet-0123456789abcde0b'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
    });
  });

  test.each<[string, GrafanaContentProviderProps]>([
    ['vpcSubnets', { vpcSubnets: {} }],
    ['securityGroups', { securityGroups: [] }],
  ])('%s without a VPC are refused', (prop, props) => {
    expect(() => new GrafanaContentProvider(stackIn(), 'Provider', props)).toThrow(
      `Stack/Provider: ${prop} is "given"; it must be left out when vpc is. Give the VPC from which`,
    );
  });
});

describe('a workspace', () => {
  test('of another region is reached there', () => {
    const stack = stackIn();
    const workspace = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Far', {
      workspaceId: 'g-0123456789',
      region: 'us-east-1',
    });

    new GrafanaWorkspaceFolder(stack, 'Folder', { workspace, title: 'Games' });

    Template.fromStack(stack).hasResourceProperties('Custom::GrafanaFolder', { WorkspaceRegion: 'us-east-1' });
  });

  test('of another account is refused', () => {
    const stack = stackIn();
    const workspace = GrafanaWorkspace.fromWorkspaceAttributes(stack, 'Far', {
      workspaceId: 'g-0123456789',
      account: OTHER_ACCOUNT,
    });

    expect(() => new GrafanaWorkspaceFolder(stack, 'Folder', { workspace, title: 'Games' })).toThrow(
      `workspace is "a workspace of account ${OTHER_ACCOUNT}"; it must be of ${ACCOUNT}, the account of the stack. Put`,
    );
  });

  test('of a stack whose account only the deployment knows is taken', () => {
    const stack = agnosticStack();

    new GrafanaWorkspaceFolder(stack, 'Folder', { workspace: existing(stack), title: 'Games' });

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Resource: {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':grafana:',
                  { Ref: 'AWS::Region' },
                  ':',
                  { Ref: 'AWS::AccountId' },
                  ':/workspaces/g-0123456789',
                ],
              ],
            },
          }),
        ],
      },
    });
  });

  test('of another stack of the app is set up after that stack', () => {
    const app = new App();
    const workspace = new GrafanaWorkspace(stackIn(undefined, 'Grafana', app), 'Workspace');
    const stack = stackIn(undefined, 'Content', app);

    new GrafanaWorkspaceFolder(stack, 'Folder', { workspace, title: 'Games' });
    app.synth();

    expect(stack.dependencies).toEqual([Stack.of(workspace)]);
  });
});

import { Aws, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  AckControllerRole,
  type AckControllerRoleProps,
  AckPermissions,
  ClusterOidcIssuer,
  EksCapability,
  EksCapabilityKind,
} from '../../src';
import { allows, permissionsOf, type Request } from '../support/policy';
import { ACCOUNT, ISSUER, OTHER_ACCOUNT, REGION, stackIn } from '../support/stack';

const issuer = ClusterOidcIssuer.fromIssuerUrl(`https://${ISSUER}`);
const tags = { 'sightline-overlay': 'dev' };
const here = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

function make(
  permissions: AckPermissions,
  more: Partial<AckControllerRoleProps> = {},
  stack: Stack = stackIn(),
): Stack {
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });
  new AckControllerRole(stack, 'Controller', { cluster, issuer, permissions, ...more });
  return stack;
}

/** Whether the controller may make each of the calls. */
function may(permissions: AckPermissions, calls: Record<string, Request>): Record<string, boolean> {
  const statements = permissionsOf(make(permissions));
  return Object.fromEntries(
    Object.entries(calls).map(([title, call]) => [title, allows(statements, call, { 'AWS::Partition': 'aws' })]),
  );
}

describe('the role of a controller', () => {
  test.each([
    [AckPermissions.prometheus({ tags }), 'ack-prometheusservice-controller'],
    [AckPermissions.logGroups({ logGroupNames: ['/eks/x'] }), 'ack-cloudwatchlogs-controller'],
    [AckPermissions.roles({ roleNames: ['X'] }), 'ack-iam-controller'],
  ])('trusts the service account of its Helm chart', (permissions, account) => {
    Template.fromStack(make(permissions)).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          { Condition: { StringEquals: { [`${ISSUER}:sub`]: `system:serviceaccount:ack-system:${account}` } } },
        ],
      },
    });
  });

  test('can be by EKS Pod Identity, for another service account, and have a name', () => {
    const template = Template.fromStack(
      make(AckPermissions.prometheus({ tags }), {
        issuer: undefined,
        namespace: 'ack',
        serviceAccountName: 'amp',
        roleName: 'AckPrometheus',
      }),
    );

    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'ack', ServiceAccount: 'amp' });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'AckPrometheus' });
  });
});

describe('for AMP, a controller', () => {
  const workspace = here('aps', 'workspace/ws-1');
  const rules = here('aps', 'rulegroupsnamespace/ws-1/game');
  const owned = { 'aws:ResourceTag/sightline-overlay': 'dev' };
  const asked = { 'aws:RequestTag/sightline-overlay': 'dev' };
  const calls: Record<string, Request> = {
    create: { action: 'aps:CreateWorkspace', resource: '*', context: asked },
    'create untagged': { action: 'aps:CreateWorkspace', resource: '*' },
    describe: { action: 'aps:DescribeWorkspace', resource: workspace, context: owned },
    'describe another': { action: 'aps:DescribeWorkspace', resource: workspace },
    'tag with other tags': {
      action: 'aps:TagResource',
      resource: workspace,
      context: { 'aws:RequestTag/sightline-overlay': 'prod' },
    },
    write: { action: 'aps:RemoteWrite', resource: workspace, context: owned },
    delete: { action: 'aps:DeleteWorkspace', resource: workspace, context: owned },
    'alert manager': { action: 'aps:PutAlertManagerDefinition', resource: workspace, context: owned },
    'delete alert manager': { action: 'aps:DeleteAlertManagerDefinition', resource: workspace, context: owned },
    logging: { action: 'aps:UpdateLoggingConfiguration', resource: workspace, context: owned },
    'delete logging': { action: 'aps:DeleteLoggingConfiguration', resource: workspace, context: owned },
    delivery: { action: 'logs:CreateLogDelivery', resource: '*' },
    rules: { action: 'aps:PutRuleGroupsNamespace', resource: rules },
    'other rules': { action: 'aps:PutRuleGroupsNamespace', resource: rules.replace('game', 'other') },
    'delete rules': { action: 'aps:DeleteRuleGroupsNamespace', resource: rules },
  };
  const nothing = Object.fromEntries(Object.keys(calls).map((title) => [title, false]));
  const basic = { create: true, describe: true };

  test.each([
    ['tags only', {}, basic],
    ['rules', { ruleGroupsNamespaces: ['game'] }, { ...basic, rules: true }],
    ['an alert manager', { alertManager: true }, { ...basic, 'alert manager': true }],
    ['logging', { logging: true }, { ...basic, logging: true, delivery: true }],
    [
      'everything, and deletes it',
      { ruleGroupsNamespaces: ['game'], alertManager: true, logging: true, deletes: true },
      {
        ...basic,
        ...{ rules: true, 'alert manager': true, logging: true, delivery: true },
        ...{ delete: true, 'delete rules': true, 'delete alert manager': true, 'delete logging': true },
      },
    ],
    ['the workspace, and deletes it', { deletes: true }, { ...basic, delete: true }],
  ])('that owns %s may do just that', (_, options, allowed) => {
    expect(may(AckPermissions.prometheus({ tags, ...options }), calls)).toEqual({ ...nothing, ...allowed });
  });

  test('must have tags to know its workspaces by, which may have values that only the deployment knows', () => {
    expect(() => make(AckPermissions.prometheus({ tags: {} }))).toThrow('tags is {}; it must be at least one tag');
    Template.fromStack(make(AckPermissions.prometheus({ tags: { stack: Aws.STACK_NAME } }))).hasResourceProperties(
      'AWS::IAM::Policy',
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: 'aps:CreateWorkspace',
              Condition: { StringEquals: { 'aws:RequestTag/stack': { Ref: 'AWS::StackName' } } },
            }),
          ]),
        },
      },
    );
  });
});

describe('for log groups, a controller', () => {
  const group = here('logs', 'log-group:/eks/x');
  const calls: Record<string, Request> = {
    create: { action: 'logs:CreateLogGroup', resource: `${group}:*` },
    tag: { action: 'logs:TagResource', resource: group },
    list: { action: 'logs:DescribeLogGroups', resource: '*' },
    'another group': { action: 'logs:CreateLogGroup', resource: `${group}-y:*` },
    'another account': { action: 'logs:CreateLogGroup', resource: `${group.replace(ACCOUNT, OTHER_ACCOUNT)}:*` },
    read: { action: 'logs:GetLogEvents', resource: `${group}:*` },
    delete: { action: 'logs:DeleteLogGroup', resource: `${group}:*` },
  };

  test.each([false, true])('may make and keep those that are named, and delete them: %p', (deletes) => {
    expect(may(AckPermissions.logGroups({ logGroupNames: ['/eks/x'], deletes }), calls)).toEqual({
      ...{ create: true, tag: true, list: true, delete: deletes },
      ...{ 'another group': false, 'another account': false, read: false },
    });
  });

  test('must own one', () => {
    expect(() => make(AckPermissions.logGroups({ logGroupNames: [] }))).toThrow(
      'logGroupNames is []; it must be at least one',
    );
  });
});

describe('for roles, a controller', () => {
  const boundaryArn = `arn:aws:iam::${ACCOUNT}:policy/Boundary`;
  const bounded = { 'iam:PermissionsBoundary': boundaryArn };
  const policy = `arn:aws:iam::${ACCOUNT}:policy/Write`;
  const calls: Record<string, Request> = {
    create: { action: 'iam:CreateRole', resource: role('X') },
    'create bounded': { action: 'iam:CreateRole', resource: role('X'), context: bounded },
    'put policy bounded': { action: 'iam:PutRolePolicy', resource: role('X'), context: bounded },
    'put boundary': { action: 'iam:PutRolePermissionsBoundary', resource: role('X'), context: bounded },
    'remove boundary': { action: 'iam:DeleteRolePermissionsBoundary', resource: role('X'), context: bounded },
    read: { action: 'iam:GetRole', resource: role('X') },
    'another role': { action: 'iam:CreateRole', resource: role('Y'), context: bounded },
    pass: { action: 'iam:PassRole', resource: role('X') },
    delete: { action: 'iam:DeleteRole', resource: role('X') },
    policy: { action: 'iam:CreatePolicyVersion', resource: policy },
    'delete policy': { action: 'iam:DeletePolicy', resource: policy },
  };
  const nothing = Object.fromEntries(Object.keys(calls).map((title) => [title, false]));
  const basic = { read: true, 'create bounded': true, 'put policy bounded': true };

  test.each([
    ['those that are named', {}, { ...basic, create: true }],
    ['policies, too', { policyNames: ['Write'] }, { ...basic, create: true, policy: true }],
    [
      'roles and policies, and deletes them',
      { policyNames: ['Write'], deletes: true },
      { ...basic, create: true, policy: true, delete: true, 'delete policy': true },
    ],
  ])('that owns %s may do just that', (_, options, allowed) => {
    expect(may(AckPermissions.roles({ roleNames: ['X'], ...options }), calls)).toEqual({ ...nothing, ...allowed });
  });

  test('that is bounded makes roles with the boundary only, and cannot take it off', () => {
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stackIn(), 'Boundary', boundaryArn);

    expect(may(AckPermissions.roles({ roleNames: ['X'], permissionsBoundary }), calls)).toEqual({
      ...nothing,
      ...basic,
      'put boundary': true,
    });
  });

  test('must own one with a name that a role can have', () => {
    expect(() => make(AckPermissions.roles({ roleNames: [] }))).toThrow('roleNames is []; it must be at least one');
    expect(() => make(AckPermissions.roles({ roleNames: ['*'] }))).toThrow('roleNames is "*"; it must be 1 to 64');
    expect(() => make(AckPermissions.roles({ roleNames: [Aws.STACK_NAME] }))).not.toThrow();
  });
});

describe('for EKS Pod Identity, a controller', () => {
  const association = (cluster: string) => here('eks', `podidentityassociation/${cluster}/a-1`);
  const calls: Record<string, Request> = {
    create: { action: 'eks:CreatePodIdentityAssociation', resource: here('eks', 'cluster/tictactoe-dev') },
    update: { action: 'eks:UpdatePodIdentityAssociation', resource: association('tictactoe-dev') },
    pass: { action: 'iam:PassRole', resource: role('X') },
    'another cluster': { action: 'eks:CreatePodIdentityAssociation', resource: here('eks', 'cluster/tictactoe-prod') },
    'update on another cluster': {
      action: 'eks:UpdatePodIdentityAssociation',
      resource: association('tictactoe-prod'),
    },
    'pass another role': { action: 'iam:PassRole', resource: role('Admin') },
    delete: { action: 'eks:DeletePodIdentityAssociation', resource: association('tictactoe-dev') },
  };
  const permissions = (roleArns: string[], deletes?: boolean) =>
    AckPermissions.podIdentityAssociations({
      cluster: eks.Cluster.fromClusterAttributes(stackIn(), 'Cluster', { clusterName: 'tictactoe-dev' }),
      roleArns,
      deletes,
    });

  test.each([false, true])('may give pods of its cluster the roles that are named, and take them: %p', (deletes) => {
    expect(may(permissions([role('X')], deletes), calls)).toEqual({
      ...{ create: true, update: true, pass: true, delete: deletes },
      ...{ 'another cluster': false, 'update on another cluster': false, 'pass another role': false },
    });
  });

  test('must have a role to give', () => {
    expect(() => make(permissions([]))).toThrow('roleArns is []; it must be at least one');
  });
});

test('a capability gets the same permissions as a controller that you run', () => {
  const stack = stackIn();
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });
  const permissions = [AckPermissions.prometheus({ tags }), AckPermissions.roles({ roleNames: ['X'] })];
  new EksCapability(stack, 'Ack', { cluster, kind: EksCapabilityKind.ack({ permissions }) });

  const statements = permissionsOf(stack);
  const controllers = permissions.flatMap((one) => permissionsOf(make(one)));
  expect(statements).toEqual(controllers);
});

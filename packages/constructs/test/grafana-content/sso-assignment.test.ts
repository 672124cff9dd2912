import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as identitystore from 'aws-cdk-lib/aws-identitystore';
import {
  GrafanaRole,
  GrafanaSsoAssignment,
  type GrafanaSsoAssignmentProps,
  IdentityCenterGroup,
  IdentityCenterUser,
} from '../../src';
import { permissionsOf } from '../support/policy';
import { agnosticStack, stackIn } from '../support/stack';
import { existing, only, USER, WORKSPACE } from './support';

const TYPE = 'Custom::GrafanaSsoAssignment';
const GROUP = `1234567890-${USER}`;

function make(props: Partial<GrafanaSsoAssignmentProps>, stack = stackIn()) {
  new GrafanaSsoAssignment(stack, 'Admins', { workspace: existing(stack), role: GrafanaRole.ADMIN, ...props });
  return only(stack, TYPE);
}

test.each(Object.values(GrafanaRole))('gives role %s to users and groups that exist', (role) => {
  expect(make({ role, userIds: [USER], groupIds: [GROUP] })).toMatchObject({
    Kind: 'SsoAssignment',
    WorkspaceId: WORKSPACE,
    Role: role,
    Users: [USER],
    Groups: [GROUP],
  });
});

test('takes users and groups that are made here, by constructs of this library and of the CDK', () => {
  const stack = stackIn('us-east-1');
  const identityStoreId = 'd-1234567890';
  const names = { userName: 'operator', givenName: 'On', familyName: 'Call' };
  const user = new IdentityCenterUser(stack, 'User', { identityStoreId, ...names });
  const group = new IdentityCenterGroup(stack, 'Group', { identityStoreId, displayName: 'admins' });
  const other = new identitystore.CfnGroup(stack, 'Other', { identityStoreId, displayName: 'others' });

  const properties = make({ users: [user], groups: [group], groupIds: [other.attrGroupId] }, stack);

  expect(properties).toMatchObject({
    Users: [stack.resolve(user.userId)],
    Groups: [stack.resolve(group.groupId), { 'Fn::GetAtt': ['Other', 'GroupId'] }],
  });
});

test('needs no service account in Grafana, and may change the permissions of this workspace alone', () => {
  const stack = stackIn();
  make({ userIds: [USER] }, stack);

  Template.fromStack(stack).resourceCountIs('Custom::GrafanaServiceAccount', 0);
  const statements = permissionsOf(stack);
  expect(statements).toContainEqual({
    Effect: 'Allow',
    Action: ['grafana:DescribeWorkspace', 'grafana:ListPermissions', 'grafana:UpdatePermissions'],
    Resource: `arn:aws:grafana:ap-northeast-2:111122223333:/workspaces/${WORKSPACE}`,
  });
  const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
  expect(everywhere).not.toHaveLength(0);
  // Reading only, in IAM Identity Center only.
  expect(everywhere.filter((action) => !/^(sso|sso-directory):(Describe|Get|List)/.test(action))).toEqual([]);
});

test('takes ids that only the deployment knows', () => {
  const stack = agnosticStack();
  const id = new CfnParameter(stack, 'User').valueAsString;

  expect(make({ userIds: [id] }, stack)).toMatchObject({ Users: [{ Ref: 'User' }] });
});

test.each<[string, Partial<GrafanaSsoAssignmentProps>, string]>([
  [
    'nobody',
    {},
    'userIds is []; it must be at least one user or group, of users, userIds, groups and groupIds together.',
  ],
  [
    'a mail address',
    { userIds: ['a@example.com'] },
    'userIds is "a@example.com"; it must be ids of the identity store: a UUID, or',
  ],
  ['a name', { groupIds: ['admins'] }, 'groupIds is "admins"; it must be ids of the identity store'],
])('is refused with %s', (_, props, message) => {
  expect(() => make(props)).toThrow(`Stack/Admins: ${message}`);
});

test('of somebody who has another role here already is refused', () => {
  const stack = stackIn();
  make({ userIds: [USER] }, stack);

  expect(
    () =>
      new GrafanaSsoAssignment(stack, 'Two', {
        workspace: existing(stack, 'W'),
        role: GrafanaRole.VIEWER,
        userIds: [USER],
      }),
  ).toThrow('Stack/Two: userIds is "01234567-89ab-cdef-0123-456789abcdef"; it must be a user that no other construct');
});

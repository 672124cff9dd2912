import { Aws } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  IdentityCenterGroup,
  type IdentityCenterGroupProps,
  IdentityCenterUser,
  type IdentityCenterUserProps,
} from '../../src';
import { stackIn } from '../support/stack';

const identityStoreId = 'd-1234567890';

function user(more: Partial<IdentityCenterUserProps> = {}, stack = stackIn()): IdentityCenterUser {
  return new IdentityCenterUser(stack, 'User', {
    identityStoreId,
    userName: 'operator',
    givenName: 'On',
    familyName: 'Call',
    ...more,
  });
}

function group(more: Partial<IdentityCenterGroupProps> = {}, stack = stackIn()): IdentityCenterGroup {
  return new IdentityCenterGroup(stack, 'Group', { identityStoreId, displayName: 'grafana-admins', ...more });
}

describe('a user', () => {
  test('has a name to log in with and one to be seen by', () => {
    const stack = stackIn();
    const { userId } = user({}, stack);

    Template.fromStack(stack).hasResourceProperties('AWS::IdentityStore::User', {
      IdentityStoreId: identityStoreId,
      UserName: 'operator',
      DisplayName: 'On Call',
      Name: { GivenName: 'On', FamilyName: 'Call' },
      Emails: Match.absent(),
    });
    expect(stack.resolve(userId)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^User/), 'UserId'] });
  });

  test('may have a mail address and another name to be seen by', () => {
    const stack = stackIn();
    user({ email: 'on-call@example.com', displayName: 'Whoever is on call' }, stack);

    Template.fromStack(stack).hasResourceProperties('AWS::IdentityStore::User', {
      DisplayName: 'Whoever is on call',
      Emails: [{ Value: 'on-call@example.com', Type: 'work', Primary: true }],
    });
  });

  test.each([
    [{ identityStoreId: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' }, 'identityStoreId is "arn:'],
    [{ userName: 'on call' }, 'userName is "on call"; it must be 1 to 128 characters without spaces'],
    [{ userName: '' }, 'userName is ""'],
    [{ email: 'on-call' }, 'email is "on-call"; it must be a mail address'],
  ])('is refused with %p', (props, message) => {
    expect(() => user(props)).toThrow(message);
  });

  test.each(['identityStoreId', 'userName', 'email', 'givenName'])('takes a token as %s', (prop) => {
    expect(() => user({ [prop]: Aws.STACK_NAME })).not.toThrow();
  });
});

describe('a group', () => {
  test('has a name, and nobody in it', () => {
    const stack = stackIn();
    group({}, stack);
    const template = Template.fromStack(stack);

    template.hasResourceProperties('AWS::IdentityStore::Group', {
      IdentityStoreId: identityStoreId,
      DisplayName: 'grafana-admins',
      Description: Match.absent(),
    });
    template.resourceCountIs('AWS::IdentityStore::GroupMembership', 0);
  });

  test('has users of this app and users that exist in it', () => {
    const stack = stackIn();
    group({ description: 'May change dashboards', users: [user({}, stack)], userIds: ['u-1', Aws.STACK_NAME] }, stack);
    const template = Template.fromStack(stack);

    template.hasResourceProperties('AWS::IdentityStore::Group', { Description: 'May change dashboards' });
    const members = Object.values(template.findResources('AWS::IdentityStore::GroupMembership'));
    expect(members.map(({ Properties }) => Properties.MemberId.UserId)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^User/), 'UserId'] },
      'u-1',
      { Ref: 'AWS::StackName' },
    ]);
  });

  test.each([
    [{ identityStoreId: 'd-1' }, 'identityStoreId is "d-1"; it must be d- and ten hexadecimal digits, or a UUID'],
    [{ displayName: ' ' }, 'displayName is " "; it must be 1 to 1024 characters'],
  ])('is refused with %p', (props, message) => {
    expect(() => group(props)).toThrow(message);
  });

  test.each(['identityStoreId', 'displayName', 'description'])('takes a token as %s', (prop) => {
    expect(() => group({ [prop]: Aws.STACK_NAME })).not.toThrow();
  });
});

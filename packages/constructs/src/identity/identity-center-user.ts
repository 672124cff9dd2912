import { CfnResource, Resource, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { warnWhereUnavailable } from '../private/availability';
import { invalidProp } from '../private/errors';
import { validateIdentityStoreId } from '../private/identity-store';

/**
 * Properties of an `IdentityCenterUser`.
 */
export interface IdentityCenterUserProps {
  /** Identity store of the instance of IAM Identity Center: `d-` and ten hexadecimal digits, or a UUID. */
  readonly identityStoreId: string;

  /** Name to log in with, unique in the store: 1 to 128 characters. It cannot be changed later. */
  readonly userName: string;

  /** Given name of the person. */
  readonly givenName: string;

  /** Family name of the person. */
  readonly familyName: string;

  /**
   * Name as people see it.
   *
   * @default - given name and family name
   */
  readonly displayName?: string;

  /**
   * Mail address, for invitations, verification and lost passwords.
   *
   * @default - none
   */
  readonly email?: string;
}

/**
 * Somebody who may log in by IAM Identity Center, in the directory of Identity Center itself.
 *
 * CloudFormation knows users in few regions; where it did not when its tables were read, there is a warning, which can be
 * acknowledged. Where an external identity provider keeps the directory, it makes the users: refer to them by id there. No password is set:
 * switch on "Send email OTP" in Identity Center's settings, or send one from its console.
 *
 * @resource AWS::IdentityStore::User
 * @see https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateUser.html
 *
 * @example
 * const operator = new IdentityCenterUser(this, 'Operator', {
 *   identityStoreId: 'd-1234567890',
 *   userName: 'operator',
 *   givenName: 'On',
 *   familyName: 'Call',
 *   email: 'on-call@example.com',
 * });
 */
export class IdentityCenterUser extends Resource {
  /**
   * Id of the user in the identity store: what `GrafanaWorkspace` and Argo CD know people by.
   *
   * @attribute
   */
  public readonly userId: string;

  /** Name to log in with. */
  public readonly userName: string;

  constructor(scope: Construct, id: string, props: IdentityCenterUserProps) {
    super(scope, id);
    const { identityStoreId, userName, givenName, familyName, email } = props;
    validateIdentityStoreId(this, identityStoreId);
    validateUserName(this, userName);
    validateEmail(this, email);
    warnWhereUnavailable(this, 'AWS::IdentityStore::User');

    // The lowest CDK that this library works with has no class for it.
    const resource = new CfnResource(this, 'Resource', {
      type: 'AWS::IdentityStore::User',
      properties: {
        IdentityStoreId: identityStoreId,
        UserName: userName,
        DisplayName: props.displayName ?? `${givenName} ${familyName}`,
        Name: { GivenName: givenName, FamilyName: familyName },
        Emails: email && [{ Value: email, Type: 'work', Primary: true }],
      },
    });
    this.userId = resource.getAtt('UserId').toString();
    this.userName = userName;
  }
}

function validateUserName(scope: Construct, userName: string): void {
  if (!Token.isUnresolved(userName) && !/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(userName)) {
    throw invalidProp(scope, {
      prop: 'userName',
      got: userName,
      allowed: '1 to 128 characters without spaces',
      mend: 'It is what the person types to log in.',
    });
  }
}

function validateEmail(scope: Construct, email: string | undefined): void {
  if (email !== undefined && !Token.isUnresolved(email) && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw invalidProp(scope, {
      prop: 'email',
      got: email,
      allowed: 'a mail address, such as on-call@example.com',
      mend: 'Leave it out for somebody without one.',
    });
  }
}

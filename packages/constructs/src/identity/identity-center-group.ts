import { Resource, Token } from 'aws-cdk-lib';
import { CfnGroup, CfnGroupMembership } from 'aws-cdk-lib/aws-identitystore';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateIdentityStoreId } from '../private/identity-store';
import type { IdentityCenterUser } from './identity-center-user';

/**
 * Properties of an `IdentityCenterGroup`.
 */
export interface IdentityCenterGroupProps {
  /** Identity store of the instance of IAM Identity Center: `d-` and ten hexadecimal digits, or a UUID. */
  readonly identityStoreId: string;

  /** Name of the group, unique in the store: 1 to 1024 characters. */
  readonly displayName: string;

  /**
   * What the group is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Users that are made in this app, and are in the group.
   *
   * @default - none
   */
  readonly users?: IdentityCenterUser[];

  /**
   * Users that exist and are in the group, by id.
   *
   * @default - none
   */
  readonly userIds?: string[];
}

/**
 * People who may log in by IAM Identity Center and have something in common, in the directory of Identity Center itself.
 *
 * @resource AWS::IdentityStore::Group
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-identitystore-group.html
 *
 * @example
 * declare const operator: IdentityCenterUser;
 *
 * const admins = new IdentityCenterGroup(this, 'Admins', {
 *   identityStoreId: 'd-1234567890',
 *   displayName: 'grafana-admins',
 *   users: [operator],
 * });
 */
export class IdentityCenterGroup extends Resource {
  /**
   * Id of the group in the identity store: what `GrafanaWorkspace` and Argo CD know groups by.
   *
   * @attribute
   */
  public readonly groupId: string;

  constructor(scope: Construct, id: string, props: IdentityCenterGroupProps) {
    super(scope, id);
    const { identityStoreId, displayName, description, users = [], userIds = [] } = props;
    validateIdentityStoreId(this, identityStoreId);
    validateDisplayName(this, displayName);

    this.groupId = new CfnGroup(this, 'Resource', { identityStoreId, displayName, description }).attrGroupId;
    for (const user of users) {
      this.addMember(`Member-${user.userName}`, identityStoreId, user.userId);
    }
    for (const [index, userId] of userIds.entries()) {
      this.addMember(Token.isUnresolved(userId) ? `Member${index}` : `Member-${userId}`, identityStoreId, userId);
    }
  }

  private addMember(id: string, identityStoreId: string, userId: string): void {
    new CfnGroupMembership(this, id, { identityStoreId, groupId: this.groupId, memberId: { userId } });
  }
}

function validateDisplayName(scope: Construct, displayName: string): void {
  if (!Token.isUnresolved(displayName) && (displayName.trim() === '' || displayName.length > 1024)) {
    throw invalidProp(scope, {
      prop: 'displayName',
      got: displayName,
      allowed: '1 to 1024 characters',
      mend: 'Name what the members have in common.',
    });
  }
}

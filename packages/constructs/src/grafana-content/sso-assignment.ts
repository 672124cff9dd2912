import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IdentityCenterGroup, IdentityCenterUser } from '../identity';
import { invalidProp } from '../private/errors';
import type { GrafanaContentProps } from './content-props';
import { GrafanaContentProvider } from './provider';
import type { GrafanaRole } from './role';

/**
 * Properties of a `GrafanaSsoAssignment`.
 */
export interface GrafanaSsoAssignmentProps extends GrafanaContentProps {
  /** What they may do. */
  readonly role: GrafanaRole;

  /**
   * Users that are made in this app.
   *
   * @default - none
   */
  readonly users?: IdentityCenterUser[];

  /**
   * Users that exist, by their id in the identity store: a UUID, in older stores after ten hexadecimal digits and a
   * hyphen. An `aws_identitystore.CfnUser` has it as `attrUserId`.
   *
   * @default - none
   */
  readonly userIds?: string[];

  /**
   * Groups that are made in this app.
   *
   * @default - none
   */
  readonly groups?: IdentityCenterGroup[];

  /**
   * Groups that exist, by their id in the identity store, which looks like that of a user. An
   * `aws_identitystore.CfnGroup` has it as `attrGroupId`.
   *
   * @default - none
   */
  readonly groupIds?: string[];
}

/**
 * Who of IAM Identity Center may log in to a Grafana workspace, with which role.
 *
 * Somebody has one role in a workspace. Who has another one, for whatever reason, gets this one instead; who is dropped
 * here loses it, unless they have another one by then. A user or group that Identity Center does not know fails the
 * deployment.
 *
 * @see https://docs.aws.amazon.com/grafana/latest/userguide/AMG-manage-users-and-groups-AMG.html
 *
 * @example
 * declare const grafana: IGrafanaWorkspace;
 * declare const admins: IdentityCenterGroup;
 *
 * new GrafanaSsoAssignment(this, 'Admins', { workspace: grafana, role: GrafanaRole.ADMIN, groups: [admins] });
 * new GrafanaSsoAssignment(this, 'Viewers', {
 *   workspace: grafana,
 *   role: GrafanaRole.VIEWER,
 *   groupIds: ['01234567-89ab-cdef-0123-456789abcdef'],
 * });
 */
export class GrafanaSsoAssignment extends Construct {
  constructor(scope: Construct, id: string, props: GrafanaSsoAssignmentProps) {
    super(scope, id);
    const { workspace, role, users = [], userIds = [], groups = [], groupIds = [] } = props;
    validateIds(this, 'userIds', userIds);
    validateIds(this, 'groupIds', groupIds);
    const allUsers = [...users.map(({ userId }) => userId), ...userIds];
    const allGroups = [...groups.map(({ groupId }) => groupId), ...groupIds];
    if (allUsers.length + allGroups.length === 0) {
      throw invalidProp(this, {
        prop: 'userIds',
        got: userIds,
        allowed: 'at least one user or group, of users, userIds, groups and groupIds together',
        mend: 'Leave the construct out if nobody has this role.',
      });
    }
    const provider = props.provider ?? GrafanaContentProvider._ofStack(this);
    for (const id of userIds) {
      provider._claim(this, workspace, 'userIds', 'a user', id);
    }
    for (const id of groupIds) {
      provider._claim(this, workspace, 'groupIds', 'a group', id);
    }
    provider._resource(this, 'SsoAssignment', workspace, { Role: role, Users: allUsers, Groups: allGroups });
  }
}

/** https://docs.aws.amazon.com/grafana/latest/APIReference/API_User.html */
const ID = /^([0-9a-fA-F]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/;

function validateIds(scope: Construct, prop: string, ids: readonly string[]): void {
  const wrong = ids.find((id) => !Token.isUnresolved(id) && !ID.test(id));
  if (wrong !== undefined) {
    throw invalidProp(scope, {
      prop,
      got: wrong,
      allowed: 'ids of the identity store: a UUID, or ten hexadecimal digits, a hyphen and a UUID',
      mend: 'aws identitystore list-users or list-groups shows them; names and mail addresses are no ids.',
    });
  }
}

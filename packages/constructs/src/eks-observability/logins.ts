import type { Construct } from 'constructs';
import type { IGrafanaWorkspace } from '../grafana';
import { type GrafanaRole, GrafanaSsoAssignment } from '../grafana-content';
import type { IdentityCenterGroup, IdentityCenterUser } from '../identity';
import { invalidProp } from '../private/errors';

/**
 * Who of IAM Identity Center may log in to Grafana with one role.
 */
export interface ObservabilityLogin {
  /** What they may do. */
  readonly role: GrafanaRole;

  /**
   * Users that are made in this app.
   *
   * @default - none
   */
  readonly users?: IdentityCenterUser[];

  /**
   * Users that exist, by their id in the identity store.
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
   * Groups that exist, by their id in the identity store.
   *
   * @default - none
   */
  readonly groupIds?: string[];
}

/** An assignment for each role. */
export function makeLogins(
  scope: Construct,
  workspace: IGrafanaWorkspace | undefined,
  logins: readonly ObservabilityLogin[],
): void {
  const roles = logins.map(({ role }) => role);
  if (workspace === undefined) {
    if (logins.length > 0) {
      throw invalidProp(scope, {
        prop: 'logins',
        got: roles,
        allowed: 'given with grafana',
        mend: 'They log in to a Grafana: give the workspace that they may use.',
      });
    }
    return;
  }
  const twice = roles.find((role, i) => roles.indexOf(role) !== i);
  if (twice !== undefined) {
    throw invalidProp(scope, {
      prop: 'logins',
      got: twice,
      allowed: 'a role that has no entry yet',
      mend: 'Put everybody with one role into one entry.',
    });
  }
  for (const login of logins) {
    new GrafanaSsoAssignment(scope, `Logins-${login.role}`, { ...login, workspace });
  }
}

import {
  ListPermissionsCommand,
  type PermissionEntry,
  type Role,
  type UpdateInstruction,
  UpdatePermissionsCommand,
  type User,
} from '@aws-sdk/client-grafana';
import { SECONDS } from '../common/clock';
import type { ControlPlane } from '../common/control-plane';
import { retry } from '../common/retry';
import { type Kind, type Properties, text } from './event';

/** As many as one call takes: https://docs.aws.amazon.com/grafana/latest/APIReference/API_UpdatePermissions.html */
const MOST_INSTRUCTIONS = 20;

/** Users and groups of IAM Identity Center with one role. Somebody has one role in a workspace: the last one given. */
export const ssoAssignment: Kind = {
  physicalId: ({ event, properties }) => `${properties.WorkspaceId}/permissions/${event.LogicalResourceId}`,

  async create({ properties, controlPlane }) {
    await controlPlane.workspace();
    const before = await permissions(controlPlane);
    try {
      await assign(controlPlane, roleOf(properties), principalsOf(properties));
    } catch (error) {
      // CloudFormation never asks to delete what was not created: leave no half behind.
      const had = new Set(before.map(({ user }) => keyOf(user)));
      const added = principalsOf(properties).filter((user) => !had.has(keyOf(user)));
      await revoke(controlPlane, roleOf(properties), added).catch(() => undefined);
      throw error;
    }
    return {};
  },

  async update({ properties, old = properties, controlPlane }) {
    await controlPlane.workspace();
    const wanted = principalsOf(properties);
    await assign(controlPlane, roleOf(properties), wanted);
    const keys = new Set(wanted.map(keyOf));
    const dropped = principalsOf(old).filter((user) => !keys.has(keyOf(user)));
    await revoke(controlPlane, roleOf(old), dropped);
    return {};
  },

  remove: ({ properties, controlPlane }) => revoke(controlPlane, roleOf(properties), principalsOf(properties)),
};

/** Somebody who was made a moment ago, by the same stack, may not be known everywhere yet. */
const FRESH_PRINCIPAL = 30 * SECONDS;

/** Some changes were refused; others of the same call may have been made. */
class RefusedChanges extends Error {}

/** Gives the role to those who do not have it, after taking the one that they have. */
async function assign(controlPlane: ControlPlane, role: Role, users: readonly User[]): Promise<void> {
  const patience = (error: unknown) => (error instanceof RefusedChanges ? FRESH_PRINCIPAL : 0);
  await retry(controlPlane.clock, patience, async () => {
    const current = await permissions(controlPlane);
    const rolesOf = (user: User) =>
      current.filter((entry) => keyOf(entry.user) === keyOf(user)).map((entry) => entry.role);
    const others = users.flatMap((user) =>
      rolesOf(user)
        .filter((other) => other !== role)
        .map((other): UpdateInstruction => ({ action: 'REVOKE', role: other, users: [user] })),
    );
    const missing = users.filter((user) => !rolesOf(user).includes(role));
    await send(controlPlane, others);
    await send(
      controlPlane,
      missing.map((user) => ({ action: 'ADD', role, users: [user] })),
    );
  });
}

/**
 * Takes the role from those who still have it: another assignment may have given them another one meanwhile.
 *
 * The documentation of ListPermissions speaks of admins and editors only, so whoever is not listed may be a viewer. It is
 * no error to be told then that somebody is none.
 */
async function revoke(controlPlane: ControlPlane, role: Role, users: readonly User[]): Promise<void> {
  if (users.length === 0) {
    return;
  }
  const holders = async () => {
    const current = await permissions(controlPlane);
    const rolesOf = (user: User) => current.filter((entry) => keyOf(entry.user) === keyOf(user));
    return {
      listed: users.filter((user) => rolesOf(user).some((entry) => entry.role === role)),
      unlisted: role === 'VIEWER' ? users.filter((user) => rolesOf(user).length === 0) : [],
    };
  };
  const { listed, unlisted } = await holders();
  try {
    await send(
      controlPlane,
      [...listed, ...unlisted].map((user) => ({ action: 'REVOKE', role, users: [user] })),
    );
  } catch (error) {
    if (!(error instanceof RefusedChanges) || (await holders()).listed.length > 0) {
      throw error;
    }
  }
}

async function permissions(controlPlane: ControlPlane): Promise<PermissionEntry[]> {
  const { workspaceId, client } = controlPlane;
  const entries: PermissionEntry[] = [];
  let nextToken: string | undefined;
  do {
    const page = await controlPlane.call('List permissions', () =>
      client.send(new ListPermissionsCommand({ workspaceId, nextToken })),
    );
    entries.push(...(page.permissions ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return entries;
}

/** The service answers 200 even if it did nothing of what it was told; the errors are in the answer. */
async function send(controlPlane: ControlPlane, instructions: readonly UpdateInstruction[]): Promise<void> {
  const { workspaceId, client } = controlPlane;
  for (let start = 0; start < instructions.length; start += MOST_INSTRUCTIONS) {
    const updateInstructionBatch = instructions.slice(start, start + MOST_INSTRUCTIONS);
    const { errors = [] } = await controlPlane.call('Update permissions', () =>
      client.send(new UpdatePermissionsCommand({ workspaceId, updateInstructionBatch })),
    );
    if (errors.length > 0) {
      const told = errors.map(
        ({ code, message, causedBy }) =>
          `${causedBy?.action} ${causedBy?.role} for ${causedBy?.users?.map(keyOf).join(', ')}: ${message} (${code})`,
      );
      throw new RefusedChanges(
        `Amazon Managed Grafana refused ${errors.length} of ${updateInstructionBatch.length} changes of permissions in ` +
          `${workspaceId}: ${told.join('; ')}. Users and groups must exist in the IAM Identity Center of the workspace.`,
      );
    }
  }
}

function roleOf(properties: Properties): Role {
  return text(properties, 'Role') as Role;
}

function principalsOf(properties: Properties): User[] {
  const of = (type: 'SSO_USER' | 'SSO_GROUP', ids: unknown) => ((ids ?? []) as string[]).map((id) => ({ id, type }));
  return [...of('SSO_USER', properties.Users), ...of('SSO_GROUP', properties.Groups)];
}

function keyOf(user: User | undefined): string {
  return `${user?.type} ${user?.id}`;
}

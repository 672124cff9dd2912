import { createHash } from 'node:crypto';
import type { Role } from '@aws-sdk/client-grafana';
import { type Kind, type Task, text } from './event';

/**
 * A service account. Its name holds a hash of stack and resource, so whatever bears it is ours, made by an earlier try
 * of the same request.
 */
export const serviceAccount: Kind = {
  physicalId: (task) => `${task.properties.WorkspaceId}/service-accounts/${nameOf(task)}`,

  async create(task) {
    await task.controlPlane.workspace();
    await task.controlPlane.ensureServiceAccount(nameOf(task), text(task.properties, 'Role') as Role);
    return { Name: nameOf(task) };
  },

  update: (task) => serviceAccount.create(task),

  /** Its tokens go with it. */
  async remove(task) {
    const id = await task.controlPlane.findServiceAccount(nameOf(task));
    if (id !== undefined) {
      await task.controlPlane.deleteServiceAccount(id);
    }
  },
};

/** The role is part of the name: it cannot be changed, so with another role it is another account. */
function nameOf({ event, properties }: Task): string {
  const hash = createHash('sha256').update(`${event.StackId} ${event.LogicalResourceId}`).digest('hex').slice(0, 8);
  return `${text(properties, 'Name')}-${text(properties, 'Role').toLowerCase()}-${hash}`;
}

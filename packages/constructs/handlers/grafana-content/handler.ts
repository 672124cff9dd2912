import { ControlPlane } from '../common/control-plane';
import { dashboard } from './dashboard';
import { dataSource } from './data-source';
import type { Kind, Properties, ResourceAnswer, ResourceEvent, Task, World } from './event';
import { folder } from './folder';
import { rotatedToken } from './rotated-token';
import { serviceAccount } from './service-account';
import { ssoAssignment } from './sso-assignment';

const KINDS: Readonly<Record<string, Kind>> = {
  Dashboard: dashboard,
  DataSource: dataSource,
  Folder: folder,
  RotatedToken: rotatedToken,
  ServiceAccount: serviceAccount,
  SsoAssignment: ssoAssignment,
};

/** Answers one event of the provider framework. What it throws is what the events of the stack show. */
export async function answer(event: ResourceEvent, world: World): Promise<ResourceAnswer> {
  const kind = KINDS[event.ResourceProperties.Kind];
  if (kind === undefined) {
    throw new Error(`There is no kind ${event.ResourceProperties.Kind}; there are ${Object.keys(KINDS).join(', ')}.`);
  }
  const task = taskOf(event, event.ResourceProperties, world);
  const id = kind.physicalId(task);
  switch (event.RequestType) {
    case 'Create':
      return { PhysicalResourceId: id, Data: await kind.create(task) };
    case 'Update': {
      // With another id this is a new resource; CloudFormation asks to delete the old one when all else is done.
      const data = id === event.PhysicalResourceId ? kind.update(task) : kind.create(task);
      return { PhysicalResourceId: id, Data: await data };
    }
    case 'Delete':
      // What was in a workspace is gone with it.
      if ((await task.controlPlane.findWorkspace()) !== undefined) {
        await kind.remove(task);
      }
      return { PhysicalResourceId: event.PhysicalResourceId ?? id };
  }
}

function taskOf(event: ResourceEvent, properties: Properties, world: World): Task {
  const client = world.grafanaClient(properties.WorkspaceRegion);
  const controlPlane = new ControlPlane(client, properties.WorkspaceId, world.clock);
  return { event, properties, old: event.OldResourceProperties, controlPlane, world };
}

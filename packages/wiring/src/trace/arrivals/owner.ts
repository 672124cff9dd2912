import {
  any,
  concat,
  equal,
  known,
  type PrometheusWorkspace,
  type Truth,
  type WorkspaceReference,
  type World,
} from '../../model';

/** Does a reference, by object, id or ARN, name a workspace? */
export function isOf({ value, object }: WorkspaceReference, workspace: PrometheusWorkspace, world: World): Truth {
  if (object !== undefined) return workspace.label === object ? 'yes' : 'no';
  const { account, partition } = world.surroundings;
  const arn = concat([
    known('arn:'),
    partition,
    known(':aps:'),
    workspace.region,
    known(':'),
    account,
    known(':workspace/'),
    workspace.id,
  ]);
  return any([equal(value, workspace.id), equal(value, arn)]);
}

/** The workspace that a reference names. `undefined`: none of the input, or nobody can say which. */
export function workspaceOf(reference: WorkspaceReference, world: World): PrometheusWorkspace | undefined {
  return world.aws.workspaces.find((workspace) => isOf(reference, workspace, world) === 'yes');
}

import { checked } from '../core/check';
import type { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata, WORKSPACE_ID } from './ack-object';
import type { AckWorkspaceContentProps } from './ack-workspace-content-props';

export interface WorkspaceReference {
  readonly from: { readonly name: string; readonly namespace?: string };
}

/**
 * Metadata in the workspace's region, and the reference by which the controller finds the workspace's id.
 *
 * @param known What tells it from others in the workspace
 */
export function workspaceContent(
  struct: string,
  props: AckWorkspaceContentProps,
  policy: AckDeletionPolicy,
  known: Record<string, string> = {},
) {
  const { workspace, existingWorkspaceId } = props;
  const namespace = props.namespace ?? workspace.namespace;
  const reference: WorkspaceReference = {
    from: {
      name: workspace.name,
      ...(namespace === workspace.namespace ? {} : { namespace: workspace.namespace }),
    },
  };
  const value =
    existingWorkspaceId === undefined
      ? undefined
      : checked(`${struct}.existingWorkspaceId`, existingWorkspaceId, WORKSPACE_ID);
  const chosen = { prop: 'existingWorkspaceId', field: 'workspaceID', value, byReference: true };
  return {
    metadata: ackMetadata(struct, { ...props, namespace, region: workspace.region }, policy, { known, chosen }),
    workspaceRef: reference,
  };
}

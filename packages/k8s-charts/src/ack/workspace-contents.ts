import type { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata } from './ack-object';
import type { AckWorkspaceContentProps } from './ack-workspace-content-props';

export interface WorkspaceReference {
  readonly from: { readonly name: string; readonly namespace?: string };
}

/** Metadata in the workspace's region, and the reference by which the controller finds the workspace's id. */
export function workspaceContent(struct: string, props: AckWorkspaceContentProps, policy: AckDeletionPolicy) {
  const { workspace } = props;
  const namespace = props.namespace ?? workspace.namespace;
  const reference: WorkspaceReference = {
    from: {
      name: workspace.name,
      ...(namespace === workspace.namespace ? {} : { namespace: workspace.namespace }),
    },
  };
  return {
    metadata: ackMetadata(struct, { ...props, namespace, region: workspace.region }, policy),
    workspaceRef: reference,
  };
}

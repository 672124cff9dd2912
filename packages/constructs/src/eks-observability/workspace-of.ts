import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';
import type { IPrometheusAccess, IPrometheusWorkspace } from '../prometheus';

/** Whether the workspace has an id, at the latest when the stack is deployed. */
export function hasId(workspace: IPrometheusAccess): workspace is IPrometheusWorkspace {
  return 'workspaceId' in workspace;
}

/** The workspace, if it has an id; otherwise the error says why that is needed. */
export function idOf(scope: IConstruct, workspace: IPrometheusAccess, why: string): IPrometheusWorkspace {
  if (!hasId(workspace)) {
    throw invalidProp(scope, {
      prop: 'workspace',
      got: workspace.node.path,
      allowed: 'a workspace whose id is known, not one that is told by its tags',
      mend: why,
    });
  }
  return workspace;
}

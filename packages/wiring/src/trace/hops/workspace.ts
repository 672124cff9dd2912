import { describe, equal, known, matches, missingIn, type PrometheusWorkspace, textOf, type Value } from '../../model';
import type { Break, HopBuilder } from '../path';

/** Data plane hosts (AWS general reference): plain, FIPS and dual stack. */
export const AMAZON = /^(https?):\/\/aps-workspaces(?:-fips)?\.([^./]+)\.(amazonaws\.com(?:\.cn)?|api\.aws)(\/.*)?$/;

/** What a URL says of a workspace, and who makes it. */
export interface Named {
  readonly id: Value;
  readonly region: Value;
  readonly workspace: PrometheusWorkspace | undefined;
}

/** How whoever has the URL tells what is wrong with it. */
export interface WorkspaceBreaks {
  readonly noId: () => Break;
  readonly otherRegion: (workspace: PrometheusWorkspace) => Break;
}

/** Is there such a workspace, in this region? */
export function judgeWorkspace(hop: HopBuilder, { id, region, workspace }: Named, breaks: WorkspaceBreaks): void {
  const open = [...missingIn(id), ...missingIn(region)];
  if (open.length > 0) {
    hop.lacks(...open);
    return;
  }
  if (!workspace) {
    if (textOf(id) !== undefined && matches(known('ws-*'), id, { wildcards: true }) === 'no') hop.breaks(breaks.noId());
    else hop.lacks({ kind: 'workspace', what: `workspace ${describe(id)}: nothing in the input makes it` });
    return;
  }
  hop.saw(`${workspace.label} has this id`, workspace.span);
  const same = equal(region, workspace.region);
  if (same === 'no') hop.breaks(breaks.otherRegion(workspace));
  else if (same === 'unknown')
    hop.lacks({ kind: 'region', what: `whether ${describe(region)} is the region of ${workspace.label}` });
}

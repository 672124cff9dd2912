import type { IGrafanaWorkspace } from '../grafana';
import type { GrafanaContentProvider } from './provider';

/**
 * What everything has that is set up inside of a Grafana workspace.
 */
export interface GrafanaContentProps {
  /** The workspace, of this account; it may be in another region. */
  readonly workspace: IGrafanaWorkspace;

  /**
   * Who sets it up: needed only for a workspace that can be reached from a VPC alone.
   *
   * @default - one for the whole stack, outside of any VPC
   */
  readonly provider?: GrafanaContentProvider;
}

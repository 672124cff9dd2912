import type { AckDeletionPolicy } from './ack-deletion-policy';
import type { IAckPrometheusWorkspace } from './ack-prometheus-workspace';

/**
 * What everything that lives in an ACK-made workspace has.
 */
export interface AckWorkspaceContentProps {
  /**
   * Name of the object, by which `kubectl` knows it.
   */
  readonly name: string;

  /**
   * The workspace it lives in. The controller waits until it exists and takes its id.
   */
  readonly workspace: IAckPrometheusWorkspace;

  /**
   * Namespace of the object. When it is not that of the Workspace, the controller must be allowed to follow references into other
   * namespaces.
   *
   * @default - the namespace of the Workspace
   */
  readonly namespace?: string;

  /**
   * What becomes of it in AWS when the object is deleted.
   *
   * @default AckDeletionPolicy.DELETE
   */
  readonly deletionPolicy?: AckDeletionPolicy;
}

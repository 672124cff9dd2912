import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { AckAdoptionPolicy } from './ack-adoption-policy';
import type { AckDeletionPolicy } from './ack-deletion-policy';
import type { IAckPrometheusWorkspace } from './ack-prometheus-workspace';

/**
 * What everything that lives in an ACK-made workspace has.
 */
export interface AckWorkspaceContentProps extends ObjectOverridesProps {
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
   * @default - `AckDeletionPolicy.DELETE`, or `AckDeletionPolicy.RETAIN` for what is adopted or read-only
   */
  readonly deletionPolicy?: AckDeletionPolicy;

  /**
   * What is done when the AWS resource exists already. `AckAdoptionPolicy.ADOPT` needs `existingWorkspaceId` too.
   *
   * @default - a new one is made
   */
  readonly adoptionPolicy?: AckAdoptionPolicy;

  /**
   * Follow the AWS resource without ever changing it or deleting it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Id of the workspace in which it exists already, for `AckAdoptionPolicy.ADOPT`: then the controller does not follow the reference.
   *
   * @default - nothing is adopted, or the controller finds it by the reference
   */
  readonly existingWorkspaceId?: string;
}

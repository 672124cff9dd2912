import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { AckAdoptionPolicy } from './ack-adoption-policy';
import type { AckDeletionPolicy } from './ack-deletion-policy';

/**
 * What every object of AWS Controllers for Kubernetes has.
 */
export interface AckObjectProps extends ObjectOverridesProps {
  /**
   * Name of the object, by which `kubectl` knows it.
   */
  readonly name: string;

  /**
   * Namespace of the object.
   */
  readonly namespace: string;

  /**
   * Region in which the AWS resource is made.
   *
   * @default - the namespace's default region, or else the controller's; the workspace's region where there is a workspace
   */
  readonly region?: string;

  /**
   * What becomes of the AWS resource when the object is deleted. Argo CD keeps objects whose resource is retained: it removes
   * them neither when they leave git nor with their Application.
   *
   * @default - `AckDeletionPolicy.RETAIN` for what holds data, such as log groups, and for what is adopted or read-only;
   * `AckDeletionPolicy.DELETE` for what git can bring back
   */
  readonly deletionPolicy?: AckDeletionPolicy;

  /**
   * What is done when the AWS resource exists already. It is found by its name, or by the id that another prop gives.
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
}

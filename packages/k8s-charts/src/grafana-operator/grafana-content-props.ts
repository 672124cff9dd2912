import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { ExternalGrafana } from './external-grafana';

/**
 * What everything that the Grafana operator brings into a Grafana has.
 */
export interface GrafanaContentProps extends ObjectOverridesProps {
  /**
   * Name of the object, by which `kubectl` knows it.
   */
  readonly name: string;

  /**
   * The Grafana it is for.
   */
  readonly grafana: ExternalGrafana;

  /**
   * Namespace of the object.
   *
   * @default - the namespace of the Grafana object
   */
  readonly namespace?: string;
}

import type { EnvironmentValue } from '../core/environment-value';

/**
 * Namespaces whose lines go to a log group of their own.
 */
export interface LogRoute {
  /**
   * The namespaces.
   */
  readonly namespaces: string[];

  /**
   * Name of the log group, in the region of the target. It must exist, and the role must be allowed to write to it.
   */
  readonly logGroupName: EnvironmentValue;
}

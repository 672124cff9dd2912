import type { Size } from 'cdk8s';

/**
 * What a container asks of its node, and what it may take. Every prop has a default that the component documents.
 */
export interface ContainerResources {
  /**
   * CPU that the scheduler reserves, as a Kubernetes quantity: `'100m'` or `'0.5'`.
   *
   * @default - the component's own default
   */
  readonly cpuRequest?: string;

  /**
   * CPU that the container may take at most, as a Kubernetes quantity.
   *
   * @default - no limit: a throttled collector falls behind although the node has time to spare
   */
  readonly cpuLimit?: string;

  /**
   * Memory that the scheduler reserves.
   *
   * @default - the component's own default
   */
  readonly memoryRequest?: Size;

  /**
   * Memory at which the container is ended.
   *
   * @default - the component's own default
   */
  readonly memoryLimit?: Size;
}

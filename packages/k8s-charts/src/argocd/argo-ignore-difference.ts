/**
 * Fields of live objects that Argo CD leaves alone, because another controller writes them.
 */
export interface ArgoIgnoreDifference {
  /**
   * Kind of the objects.
   */
  readonly kind: string;

  /**
   * API group of the objects.
   *
   * @default - the core group
   */
  readonly group?: string;

  /**
   * Name of the object.
   *
   * @default - all objects of the kind
   */
  readonly name?: string;

  /**
   * Namespace of the objects.
   *
   * @default - all namespaces
   */
  readonly namespace?: string;

  /**
   * Fields as JSON pointers (RFC 6901), such as `/data/workspaceId`.
   */
  readonly jsonPointers: string[];
}

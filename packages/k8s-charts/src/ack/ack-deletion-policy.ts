/**
 * What ACK does with the AWS resource when its object is deleted.
 */
export enum AckDeletionPolicy {
  /** The AWS resource stays. */
  RETAIN = 'retain',
  /** The AWS resource goes, with all data in it. */
  DELETE = 'delete',
}

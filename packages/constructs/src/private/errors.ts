import type { IConstruct } from 'constructs';

/** What is wrong with one prop, told so that the reader can mend it without looking anything up. */
export interface Complaint {
  /** Name of the prop as the caller wrote it. */
  readonly prop: string;
  /** The value that was given. */
  readonly got: unknown;
  /** The values that would be accepted; follows the words "it must be". */
  readonly allowed: string;
  /** What to do about it: one or more sentences. */
  readonly mend: string;
}

/**
 * The one shape of this library's validation errors: where, which prop, the value, the allowed values, the mend.
 *
 * The construct's path is named when there is a construct: the same prop is often set in a loop over clusters.
 */
export function invalidProp(scope: IConstruct | undefined, complaint: Complaint): Error {
  const where = scope?.node.path ? `${scope.node.path}: ` : '';
  const got = complaint.got === undefined ? 'undefined' : JSON.stringify(complaint.got);
  return new Error(`${where}${complaint.prop} is ${got}; it must be ${complaint.allowed}. ${complaint.mend}`);
}

import type { Truth } from '../../model';

export type { AskedGroup, LogQuery } from '../../model';

/** What became of one name in a question. */
export interface FieldVerdict {
  readonly truth: Truth;
  /** The field that was meant. */
  readonly meant?: string;
}

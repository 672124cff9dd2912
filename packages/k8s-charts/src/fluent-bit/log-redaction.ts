import type { LogPattern } from './log-pattern';

/**
 * What is taken out of lines before they are buffered or sent. The log files on the node stay as they are.
 *
 * Fields are found by their names wherever they stand: at any depth, in JSON inside of a text of JSON, and in JSON after other text.
 * A field whose value does not end (because the line was cut) is masked up to the end of the line.
 */
export interface LogRedaction {
  /**
   * Names of JSON fields whose values are replaced by `[redacted]`. Capital letters are not told from small ones.
   *
   * @default - none
   */
  readonly maskFields?: string[];

  /**
   * Names of JSON fields that are removed together with their values. Capital letters are not told from small ones.
   *
   * @default - none
   */
  readonly dropFields?: string[];

  /**
   * Texts that are replaced by `[redacted]` wherever they stand.
   *
   * @default - none
   */
  readonly patterns?: LogPattern[];
}

/**
 * How to tell the lines that an application writes in several parts, where no `StackTrace` fits.
 */
export interface MultilineRule {
  /**
   * Name of the rule: small letters, digits and hyphens.
   */
  readonly name: string;

  /**
   * What the first line holds: a regular expression as Ruby has them (Onigmo), without slashes around it, such as `^\d{4}-\d{2}-\d{2} `.
   *
   * @see https://docs.fluentbit.io/manual/data-pipeline/parsers/multiline-parsing
   */
  readonly start: string;

  /**
   * What each further line holds: a regular expression likewise.
   *
   * @default - every line that does not hold what a first line holds
   */
  readonly continuation?: string;
}

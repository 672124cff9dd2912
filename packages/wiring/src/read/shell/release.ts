import type { Located } from '../../model';

/** A chart that a script installs: where, under which name, with which values. */
export interface Release {
  /** Base names of the files of values. */
  readonly values: readonly string[];
  readonly source: string;
  readonly chart: string;
  readonly name?: Located<string>;
  readonly namespace?: Located<string>;
  /** Values that are set on the command line, by their path. */
  readonly set: ReadonlyMap<string, Located<string>>;
}

import type { MappedText, Span } from '../text';
import type { Value } from './value';

/** A question to CloudWatch Logs, wherever it is written. */
export interface LogQuery {
  /** The question, with its places. Variables may stand in it as they are written, or replaced. */
  readonly text: MappedText;
  /** Insights' own language, one of the two others that it takes, or the pattern of a metric filter. */
  readonly language: 'CWLI' | 'PPL' | 'SQL' | 'filter';
  /** None: the groups stand in the question, or nobody says them. */
  readonly groups: readonly AskedGroup[];
  readonly region: Value;
  readonly regionSpan?: Span;
  /** How messages call it: `panel "Errors" of dashboard shop`. */
  readonly owner: string;
  readonly span: Span;
  /** A variable stands where a word does, so that nothing is certain of its grammar. */
  readonly open?: boolean;
  /** Values that stand in the text as U+FFFC, their number, and U+FFFC again. */
  readonly symbols?: readonly Value[];
}

export interface AskedGroup {
  /** A name, or an ARN. */
  readonly name: Value;
  readonly arn?: Value;
  readonly span?: Span;
}

/** A question that is kept in the account itself. */
export interface StoredQuery extends LogQuery {
  readonly kind: 'query-definition' | 'dashboard-widget' | 'metric-filter';
  readonly name: string;
}

import type { Span } from '../../text';
import type { Problem } from '../problem';

/** A query in CloudWatch Logs Insights' own language: commands between pipes. */
export interface InsightsQuery {
  readonly commands: readonly Command[];
  /** What CloudWatch certainly refuses. */
  readonly problems: readonly Problem[];
  /** What this version cannot read; nobody is blamed for it. */
  readonly doubts: readonly Doubt[];
}

export interface Doubt {
  readonly what: string;
  readonly span: Span;
}

export type Command =
  | { readonly kind: 'fields' | 'display' | 'dedup' | 'pattern'; readonly items: readonly Item[]; readonly span: Span }
  | { readonly kind: 'filter'; readonly condition: Expression; readonly span: Span }
  | { readonly kind: 'stats'; readonly items: readonly Item[]; readonly by: readonly Item[]; readonly span: Span }
  | { readonly kind: 'sort'; readonly items: readonly Item[]; readonly span: Span }
  | { readonly kind: 'limit' | 'diff'; readonly span: Span }
  | {
      readonly kind: 'parse';
      /** Absent: `@message`. */
      readonly from?: Expression;
      readonly pattern: Expression;
      /** What it adds: names behind `as`, or those of the groups of the expression. */
      readonly names: readonly Name[];
      readonly span: Span;
    }
  | { readonly kind: 'unnest'; readonly of: Expression; readonly into?: Name; readonly span: Span }
  /** `groups` is absent where they are not written as names. */
  | { readonly kind: 'source'; readonly groups?: readonly Name[]; readonly span: Span }
  /** A command whose effect on the fields is not known. */
  | { readonly kind: 'other'; readonly name: string; readonly span: Span };

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** An expression of a list, with the name that it gets. */
export interface Item {
  readonly value: Expression;
  readonly alias?: Name;
}

export type Expression =
  /** `kubernetes.labels.app`, without the backticks. */
  | { readonly kind: 'field'; readonly name: string; readonly span: Span }
  | { readonly kind: 'text' | 'regex'; readonly text: string; readonly span: Span }
  | { readonly kind: 'number' | 'star'; readonly text: string; readonly span: Span }
  /** Something that is filled in before the query is sent: `$namespace`, `${__interval}`. */
  | { readonly kind: 'variable'; readonly text: string; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'not' | 'minus'; readonly of: Expression; readonly span: Span }
  | {
      readonly kind: 'binary';
      /** In lower case: `and`, `=`, `not like`. */
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

import type { MappedText, Span } from '../../text';

/** What an expression gives; `any` stands for a variable that may be anything. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string' | 'any';

/** A PromQL expression, without what does not change which series it reads (offsets, parentheses, signs). */
export type Expr = Selector | Literal | Text | Range | Aggregate | Call | Binary;

/** A name or label as it is written, with its place. */
export interface Word {
  readonly text: string;
  readonly span: Span;
  /** A variable stands in it, so that nobody knows its text. */
  readonly isOpen: boolean;
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly label: string;
  readonly op: MatchOperator;
  /** Without its quotes and escapes. */
  readonly value: string;
  /** A variable stands in the label or the value. */
  readonly isOpen: boolean;
  readonly labelSpan: Span;
  readonly valueSpan: Span;
}

/** `http_requests_total{job="shop"}`. */
export interface Selector {
  readonly kind: 'selector';
  /** The name of the metric where it is written as one; matchers of `__name__` are among the matchers. */
  readonly name?: Word;
  readonly matchers: readonly Matcher[];
  /** The name holds a variable. */
  readonly isOpen: boolean;
  readonly span: Span;
}

export interface Literal {
  readonly kind: 'number';
  readonly text: string;
  readonly span: Span;
}

export interface Text {
  readonly kind: 'string';
  readonly value: string;
  readonly isOpen: boolean;
  readonly span: Span;
}

/** A range of a selector, or a subquery. */
export interface Range {
  readonly kind: 'range';
  readonly of: Expr;
  readonly isSubquery: boolean;
  readonly span: Span;
}

export type GroupingKind = 'by' | 'without' | 'on' | 'ignoring' | 'include';

/** Labels that an aggregation or the matching of two sides names; `include`: those of `group_left` and `group_right`. */
export interface Grouping {
  readonly kind: GroupingKind;
  readonly labels: readonly Word[];
}

export interface Aggregate {
  readonly kind: 'aggregate';
  readonly op: string;
  readonly parameter?: Expr;
  readonly of: Expr;
  readonly grouping?: Grouping;
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly function: string;
  readonly args: readonly Expr[];
  readonly span: Span;
}

export interface Binary {
  readonly kind: 'binary';
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
  readonly isBool: boolean;
  readonly matching?: Grouping;
  /** Which side has several series for one of the other: that of `group_left` is the left one. */
  readonly many?: 'left' | 'right';
  readonly include?: Grouping;
  /** What is missing on a side is filled in. */
  readonly isFilled: boolean;
  readonly span: Span;
}

export interface PromqlQuery {
  readonly expr: Expr;
  readonly text: MappedText;
  readonly type: ValueType;
  readonly selectors: readonly Selector[];
  readonly groupings: readonly Grouping[];
  /** Names of Grafana's variables that stand anywhere in the text. */
  readonly variables: ReadonlySet<string>;
}

export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);
export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);

/** The expressions inside an expression. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'range':
      return [expr.of];
    case 'aggregate':
      return expr.parameter ? [expr.parameter, expr.of] : [expr.of];
    case 'call':
      return expr.args;
    case 'binary':
      return [expr.left, expr.right];
    default:
      return [];
  }
}

/** The expression and all that is inside it, from the left to the right. */
export function* walkExpr(expr: Expr): Iterable<Expr> {
  yield expr;
  for (const part of partsOf(expr)) yield* walkExpr(part);
}

import type { parser } from '@prometheus-io/lezer-promql';
import type { MappedText, Span } from '../../text';
import type {
  Aggregate,
  Binary,
  Call,
  Expr,
  Grouping,
  GroupingKind,
  Matcher,
  MatchOperator,
  Selector,
  Text,
  Word,
} from './syntax';
import { unquote } from './unquote';
import type { Variable } from './variables';

/** A node as the parser's own types have it. */
type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** Something that the grammar takes and Prometheus does not. */
export interface Fault {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

const EXPRESSIONS = new Set(
  `AggregateExpr BinaryExpr FunctionCall MatrixSelector NumberDurationLiteral OffsetExpr AnchoredExpr SmoothedExpr
  ParenExpr StringLiteral SubqueryExpr UnaryExpr VectorSelector StepInvariantExpr`.split(/\s+/),
);

const POSTFIX = new Set(
  'MatrixSelector SubqueryExpr OffsetExpr StepInvariantExpr AnchoredExpr SmoothedExpr'.split(' '),
);
/** What `offset` and `@` may stand behind. */
const MODIFIABLE = new Set(['VectorSelector', ...POSTFIX]);

interface Operand {
  readonly node: SyntaxNode;
  readonly postfix: SyntaxNode[];
  isSigned: boolean;
}

interface Built {
  readonly expr: Expr;
  readonly from: number;
  readonly to: number;
}

const LEVELS = ['or', 'and unless', '== != > < >= <=', '+ -', '* / % atan2', '^'].map((level) => level.split(' '));

function precedence(op: string): number {
  const level = LEVELS.findIndex((ops) => ops.includes(op));
  return level === -1 ? LEVELS.length : level + 1;
}

/** Makes an expression of the grammar's tree, which must have no error in it. */
export class TreeReader {
  readonly faults: Fault[] = [];
  readonly selectors: Selector[] = [];
  readonly groupings: Grouping[] = [];

  /** @param shown what was parsed; `source` has the variables that stand-ins took the place of */
  constructor(
    private readonly shown: string,
    private readonly source: MappedText,
    private readonly variables: readonly Variable[],
  ) {}

  /**
   * The grammar of the editor lets `offset`, `@` and ranges reach over a whole calculation, and so gets its precedence
   * wrong; Prometheus has them belong to what stands right before. So a calculation is laid flat and built up again.
   */
  expr(node: SyntaxNode): Expr {
    const operands: Operand[] = [];
    const operators: SyntaxNode[] = [];
    const flatten = (part: SyntaxNode): void => {
      const [first, second] = expressionsIn(part);
      if (part.name === 'BinaryExpr' && second) {
        flatten(first);
        operators.push(part);
        flatten(second);
      } else if (part.name === 'UnaryExpr') {
        const index = operands.length;
        flatten(first);
        operands[index].isSigned = true;
      } else if (POSTFIX.has(part.name)) {
        flatten(first);
        operands[operands.length - 1].postfix.push(part);
      } else operands.push({ node: part, postfix: [], isSigned: false });
    };
    flatten(node);
    const climb = (least: number): Built => {
      let left = this.operand(operands.shift() as Operand);
      for (;;) {
        const [next] = operators;
        const level = next ? precedence(this.operator(next)) : 0;
        if (!next || level < least) return left;
        operators.shift();
        const right = climb(this.operator(next) === '^' ? level : level + 1);
        left = { expr: this.binary(next, left, right), from: left.from, to: right.to };
      }
    };
    return climb(1).expr;
  }

  private operand({ node, postfix, isSigned }: Operand): Built {
    let made: Built = { expr: this.plain(node), from: node.from, to: node.to };
    let before = node.name;
    for (const each of postfix) {
      made = { ...made, to: each.to, expr: this.modified(each, before, made) };
      before = each.name;
    }
    if (isSigned && ['range', 'string'].includes(made.expr.kind)) {
      this.fault(made, 'a sign stands only before numbers and instant vectors');
    }
    return made;
  }

  private plain(node: SyntaxNode): Expr {
    switch (node.name) {
      case 'VectorSelector':
        return this.selector(node);
      case 'NumberDurationLiteral':
        return { kind: 'number', text: this.slice(node), span: this.span(node) };
      case 'StringLiteral':
        return this.text(node);
      case 'AggregateExpr':
        return this.aggregate(node);
      case 'FunctionCall':
        return this.call(node);
      default:
        return this.expr(expressionsIn(node)[0]);
    }
  }

  fault({ from, to }: { readonly from: number; readonly to: number }, message: string): void {
    this.faults.push({ message, from, to });
  }

  /** What stands behind an operand: a range, `offset` or `@`. */
  private modified(node: SyntaxNode, before: string, made: Built): Expr {
    const { expr, from } = made;
    const to = node.to;
    if (node.name === 'MatrixSelector' || node.name === 'SubqueryExpr') {
      const isSubquery = node.name === 'SubqueryExpr';
      if (!isSubquery && before !== 'VectorSelector') {
        const isModified = before === 'OffsetExpr' || before === 'StepInvariantExpr';
        const says = isModified
          ? 'a range stands before offset and @, not after them'
          : 'a range is only of a selector';
        this.fault({ from, to }, says);
      }
      const time = node.getChild('DurationExpr');
      if (time && /^0+(?:ms|[smhdwy])?$/.test(this.slice(time))) this.fault(time, 'a range is longer than 0');
      return { kind: 'range', of: expr, isSubquery, span: this.span({ from, to }) };
    }
    if (!MODIFIABLE.has(before)) {
      const modifier = node.name === 'OffsetExpr' ? 'offset' : node.name === 'StepInvariantExpr' ? '@' : 'the modifier';
      this.fault({ from, to }, `${modifier} must follow a selector or a subquery`);
    }
    return expr;
  }

  private selector(node: SyntaxNode): Selector {
    const identifier = node.getChild('Identifier');
    const braces = node.getChild('LabelMatchers');
    const matchers: Matcher[] = [];
    let name = identifier && this.word(identifier);
    for (const child of braces ? childrenOf(braces) : []) {
      if (child.name === 'QuotedLabelName') {
        const quoted = this.quoted(child);
        if (identifier && name) this.fault(child, `the metric is named twice: ${name.text} and ${quoted.text}`);
        // Of names inside the braces there may be several, and nothing has them all.
        if (!name) name = quoted;
        else matchers.push(named(quoted));
      } else if (child.name.endsWith('LabelMatcher')) matchers.push(this.matcher(child));
    }
    const selector: Selector = {
      kind: 'selector',
      matchers,
      isOpen: name?.isOpen ?? false,
      span: this.span(node),
      ...(name && { name }),
    };
    const again = matchers.find(({ label }) => label === '__name__');
    if (identifier && name && again) this.fault(node, `the metric is named twice: ${name.text} and ${again.value}`);
    this.selectors.push(selector);
    return selector;
  }

  private matcher(node: SyntaxNode): Matcher {
    const label = this.word(node.getChild('LabelName') ?? node.getChild('QuotedLabelName') ?? node);
    const [value] = node.getChildren('StringLiteral');
    const text = this.text(value);
    const op = node.getChild('MatchOp');
    return {
      label: label.text,
      op: (op ? this.slice(op) : '=') as MatchOperator,
      value: text.value,
      isOpen: label.isOpen || text.isOpen,
      labelSpan: label.span,
      valueSpan: text.span,
    };
  }

  private aggregate(node: SyntaxNode): Aggregate {
    const op = node.getChild('AggregateOp');
    const modifier = node.getChild('AggregateModifier');
    const body = node.getChild('FunctionCallBody');
    const args = body ? expressionsIn(body).map((arg) => this.expr(arg)) : [];
    const grouping = modifier && this.grouping(modifier, modifier.getChild('By') ? 'by' : 'without');
    const of = args[args.length - 1] ?? { kind: 'number', text: '', span: this.span(node) };
    if (args.length === 0 || args.length > 2) {
      this.fault(
        node,
        `${op ? this.slice(op) : 'the aggregation'} takes what it aggregates, not ${args.length} things`,
      );
    }
    return {
      kind: 'aggregate',
      op: op ? this.slice(op).toLowerCase() : '',
      of,
      span: this.span(node),
      ...(args.length === 2 && { parameter: args[0] }),
      ...(grouping && { grouping }),
    };
  }

  private call(node: SyntaxNode): Call {
    const name = node.getChild('FunctionIdentifier');
    const body = node.getChild('FunctionCallBody');
    return {
      kind: 'call',
      function: name ? this.slice(name) : '',
      args: body ? expressionsIn(body).map((arg) => this.expr(arg)) : [],
      span: this.span(node),
    };
  }

  private operator(node: SyntaxNode): string {
    const [left] = expressionsIn(node);
    const op = childrenOf(node).find((child) => child.from >= left.to);
    return op ? this.slice(op).toLowerCase() : '';
  }

  private binary(node: SyntaxNode, left: Built, right: Built): Binary {
    const clause = node.getChild('MatchingModifierClause');
    const matching = clause && this.grouping(clause, clause.getChild('On') ? 'on' : 'ignoring');
    const many = clause?.getChild('GroupLeft') ? 'left' : clause?.getChild('GroupRight') ? 'right' : undefined;
    const second = clause?.getChildren('GroupingLabels')[1];
    const include = second && this.groupingOf(second, 'include');
    return {
      kind: 'binary',
      op: this.operator(node),
      left: left.expr,
      right: right.expr,
      isBool: node.getChild('BoolModifier') !== null,
      isFilled: node.getChild('FillModifier') !== null,
      span: this.span({ from: left.from, to: right.to }),
      ...(matching && { matching }),
      ...(many && { many }),
      ...(include && { include }),
    };
  }

  private grouping(node: SyntaxNode, kind: GroupingKind): Grouping {
    const labels = node.getChild('GroupingLabels');
    return labels ? this.groupingOf(labels, kind) : { kind, labels: [] };
  }

  private groupingOf(node: SyntaxNode, kind: GroupingKind): Grouping {
    const grouping: Grouping = { kind, labels: childrenOf(node).map((child) => this.word(child)) };
    this.groupings.push(grouping);
    return grouping;
  }

  private word(node: SyntaxNode): Word {
    if (node.name === 'QuotedLabelName') return this.quoted(node);
    return { text: this.slice(node), span: this.span(node), isOpen: this.isOpen(node) };
  }

  private quoted(node: SyntaxNode): Word {
    const { value, span, isOpen } = this.text(node.getChild('StringLiteral') ?? node);
    return { text: value, span, isOpen };
  }

  private text(node: SyntaxNode): Text {
    const value = unquote(this.slice(node));
    if (value === undefined) this.fault(node, `${this.slice(node)} is no valid string`);
    const span = this.source.span(node.from + 1, Math.max(node.from + 1, node.to - 1));
    return { kind: 'string', value: value ?? '', isOpen: this.isOpen(node), span };
  }

  private isOpen({ from, to }: SyntaxNode): boolean {
    return this.variables.some(({ start, end }) => start < to && end > from);
  }

  private slice({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.shown.slice(from, to);
  }

  private span({ from, to }: { readonly from: number; readonly to: number }): Span {
    return this.source.span(from, to);
  }
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

export function expressionsIn(node: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => EXPRESSIONS.has(name));
}

/** A name in quotes is a matcher like others. */
function named({ text, span, isOpen }: Word): Matcher {
  return { label: '__name__', op: '=', value: text, isOpen, labelSpan: span, valueSpan: span };
}

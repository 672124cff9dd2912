import type { Missing } from '../../model';
import {
  type Binary,
  type Expr,
  type Matcher,
  type PromqlQuery,
  type Selector,
  takesValue,
  type Word,
  walkExpr,
} from '../../read/promql';
import { labelsOf } from './labels';
import type { Store } from './look';
import { isTemplate, type Recorded } from './recorded';
import { judgeSelector, nameOf } from './selector';
import { every, no, open, type QueryVerdict, some, YES } from './verdict';

/** Recording rules that are made of each other end somewhere. */
const MAX_DEPTH = 5;

/**
 * Can a query find anything in a store? Each side of `or` is enough, but for one that is only a number, which hides that
 * the other finds nothing; of `unless` the left side counts, of all else every part.
 */
export function judgeQuery({ expr }: PromqlQuery, store: Store): QueryVerdict {
  return judge(expr, store, [], 0);
}

/** Can what a query finds have a label? */
export function judgeLabel({ expr }: PromqlQuery, label: Word, store: Store): QueryVerdict {
  const found = judge(expr, store, [], 0);
  if (found.truth !== 'yes' || label.isOpen) return found;
  const { names, isOpen } = labelsOf(expr, store);
  if (names.has(label.text)) return found;
  if (isOpen) return open({ kind: 'label', what: `whether what is found has a label ${label.text}` });
  return no({
    kind: 'label',
    message: `what the query finds in ${store.label} has no label ${label.text}`,
    span: label.span,
    related: [],
    ...(names.size > 0 && {
      help: `labels are ${[...names]
        .filter((name) => name !== '__name__')
        .sort()
        .join(', ')}`,
    }),
  });
}

function judge(expr: Expr, store: Store, extra: readonly Matcher[], depth: number): QueryVerdict {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return YES;
    case 'selector':
      return ofSelector(expr, store, extra, depth);
    case 'range':
      return judge(expr.of, store, extra, depth);
    case 'aggregate': {
      const kept = labelsOf(expr, undefined);
      const lost = extra.find(({ label }) => !kept.isOpen && !kept.names.has(label));
      if (lost && !takesValue(lost, '')) return gone(lost, expr.span, store);
      return judge(
        expr.of,
        store,
        extra.filter(({ label }) => kept.isOpen || kept.names.has(label)),
        depth,
      );
    }
    case 'call': {
      if (expr.function === 'label_replace' || expr.function === 'label_join') {
        const [, target] = expr.args;
        const isMade = (one: Matcher) => target?.kind !== 'string' || target.isOpen || target.value === one.label;
        const inner = judge(
          expr.args[0] ?? expr,
          store,
          extra.filter((one) => !isMade(one)),
          depth,
        );
        return extra.some(isMade) && inner.truth === 'yes' ? open(made(expr.function)) : inner;
      }
      if (expr.function === 'histogram_quantile') {
        const lost = withoutBuckets(expr.args[1]);
        if (lost) return lost;
      }
      return every(expr.args.map((arg) => judge(arg, store, extra, depth)));
    }
    case 'binary':
      return ofBinary(expr, store, extra, depth);
  }
}

function made(name: string): Missing {
  return { kind: 'label', what: `what ${name} makes of a label that is asked for` };
}

function ofBinary(expr: Binary, store: Store, extra: readonly Matcher[], depth: number): QueryVerdict {
  const side = (one: Expr) => judge(one, store, extra, depth);
  const sides = [expr.left, expr.right];
  const real = sides.filter((one) => !isConstant(one));
  if (expr.op === 'or' || expr.isFilled) return some((real.length > 0 ? real : sides).map(side));
  if (expr.op === 'unless') return side(expr.left);
  return every(sides.map(side));
}

/** Nothing of it comes from a store. */
function isConstant(expr: Expr): boolean {
  for (const part of walkExpr(expr)) if (part.kind === 'selector') return false;
  return true;
}

function ofSelector(selector: Selector, store: Store, extra: readonly Matcher[], depth: number): QueryVerdict {
  const name = nameOf(selector);
  const recorded = name === undefined ? [] : (store.recorded.get(name) ?? []);
  if (recorded.length === 0) return judgeSelector(selector, store, extra);
  const matchers = [...selector.matchers.filter(({ label }) => label !== '__name__'), ...extra];
  const ruled = recorded.map((one) => ofRule(one, matchers, store, depth));
  const own =
    store.arrivals.length > 0 && ruled.every(({ truth }) => truth !== 'yes')
      ? [judgeSelector(selector, store, extra)]
      : [];
  const found = some([...ruled, ...own]);
  return found.truth === 'no' ? (ruled.find(({ truth }) => truth === 'no') ?? found) : found;
}

/** What a rule of the store makes: its own labels, then those of its expression. */
function ofRule(
  { rule, labels, query, label }: Recorded,
  matchers: readonly Matcher[],
  store: Store,
  depth: number,
): QueryVerdict {
  const name = rule.name.value;
  if (!query || depth >= MAX_DEPTH)
    return open({ kind: 'earlier-path', what: `what the rule ${name} of ${label} gives` });
  const left: Matcher[] = [];
  for (const matcher of matchers) {
    const value = labels.get(matcher.label);
    if (value === undefined && rule.kind === 'alert' && matcher.label === 'alertstate') continue;
    if (value === undefined) left.push(matcher);
    else if (!matcher.isOpen && !isTemplate(value) && !takesValue(matcher, value)) {
      return no({
        kind: 'value',
        message: `${rule.kind === 'alert' ? 'the alert' : 'the rule'} ${name} has ${matcher.label} ${JSON.stringify(value)}, which the query leaves out`,
        span: matcher.valueSpan,
        related: [{ span: rule.span, message: `${name} is made here` }],
      });
    }
  }
  const inner = judge(query.expr, store, left, depth + 1);
  const evidence = { text: `the rule ${name} of ${label} makes it`, span: rule.name.span };
  if (inner.truth === 'yes') return { ...inner, evidence: [evidence, ...inner.evidence] };
  if (inner.truth === 'unknown') return inner;
  // That the rule gives nothing is told at the rule; what is asked of it beyond that is told here.
  const isOwnFault = left.length === 0 || judge(query.expr, store, [], depth + 1).truth === 'no';
  if (isOwnFault)
    return open({ kind: 'earlier-path', what: `what the rule ${name} of ${label} gives: it finds nothing itself` });
  return inner;
}

function gone(
  { label, labelSpan }: Matcher,
  span: QueryVerdict['evidence'][number]['span'],
  store: Store,
): QueryVerdict {
  return no({
    kind: 'label',
    message: `what is asked for in ${store.label} has no label ${label}: it is aggregated away`,
    span: labelSpan,
    related: span ? [{ span, message: 'the aggregation that takes it away' }] : [],
  });
}

/** Quantiles of classic histograms need their buckets apart. */
function withoutBuckets(arg: Expr | undefined): QueryVerdict | undefined {
  if (!arg) return undefined;
  const { names, isOpen } = labelsOf(arg, undefined);
  if (isOpen || names.has('le') || arg.kind !== 'aggregate') return undefined;
  const isClassic = [...walkExpr(arg)].some((part) => part.kind === 'selector' && /_bucket$/.test(nameOf(part) ?? ''));
  if (!isClassic) return undefined;
  return no({
    kind: 'label',
    message: 'histogram_quantile gets buckets without their label le, and finds nothing',
    span: arg.span,
    related: [],
    help: `keep le: ${arg.op} by (le, …)`,
  });
}

export function resultLabels({ expr }: PromqlQuery, store: Store | undefined) {
  return labelsOf(expr, store);
}

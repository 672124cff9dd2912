import {
  type Binary,
  type Call,
  type Expr,
  type Grouping,
  type PromqlQuery,
  type Selector,
  type Word,
  walkExpr,
} from '../../read/promql';
import type { Store } from './look';
import type { Recorded } from './recorded';
import { nameOf } from './selector';

/** Labels that the series of a result can have. */
export interface LabelNames {
  readonly names: ReadonlySet<string>;
  /** There may be others. */
  readonly isOpen: boolean;
}

const NONE: LabelNames = { names: new Set(), isOpen: false };
/** Recording rules that are made of each other end somewhere. */
const MAX_DEPTH = 5;

/** Labels that what an expression gives can have. Without a store, what selectors bring is not known. */
export function labelsOf(expr: Expr, store: Store | undefined, depth = 0): LabelNames {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return NONE;
    case 'selector':
      return ofSelector(expr, store, depth);
    case 'range':
      return labelsOf(expr.of, store, depth);
    case 'aggregate': {
      const inner = labelsOf(expr.of, store, depth);
      if (/^(?:topk|bottomk|limitk|limit_ratio)$/.test(expr.op)) return inner;
      const grouped = expr.grouping ? grouping(expr.grouping, inner) : NONE;
      if (expr.op !== 'count_values') return grouped;
      return expr.parameter?.kind === 'string' ? plus(grouped, [expr.parameter.value]) : { ...grouped, isOpen: true };
    }
    case 'call':
      return ofCall(expr, store, depth);
    case 'binary':
      return ofBinary(expr, store, depth);
  }
}

function ofSelector(selector: Selector, store: Store | undefined, depth: number): LabelNames {
  const name = nameOf(selector);
  if (!store || name === undefined || store.open.length > 0) return { names: new Set(), isOpen: true };
  const names = new Set<string>();
  let isOpen = false;
  for (const { first: arrival } of store.groups.of([])) {
    for (const arriving of arrival.series(name, [])) {
      if (arriving.kind === 'open' || (arriving.kind === 'series' && (!arriving.isOnPage || arriving.missing)))
        isOpen = true;
      if (arriving.kind !== 'series') continue;
      for (const [label, { value, rests }] of arriving.labels) if (value !== '' || rests.size > 0) names.add(label);
    }
    if (arrival.coverage.missing) isOpen = true;
  }
  for (const recorded of store.recorded.get(name) ?? []) {
    const made = ofRecorded(recorded, store, depth);
    for (const label of made.names) names.add(label);
    isOpen ||= made.isOpen;
  }
  return { names, isOpen };
}

/** What a rule makes has the labels of its expression, and those that it is given. */
export function ofRecorded({ rule, query, labels }: Recorded, store: Store | undefined, depth: number): LabelNames {
  if (!query || depth >= MAX_DEPTH) return { names: new Set(labels.keys()), isOpen: true };
  const own = rule.kind === 'alert' ? [...labels.keys(), 'alertstate'] : [...labels.keys()];
  return plus(labelsOf(query.expr, store, depth + 1), own);
}

function ofCall(call: Call, store: Store | undefined, depth: number): LabelNames {
  const [first, second] = call.args;
  switch (call.function) {
    case 'time':
    case 'vector':
    case 'scalar':
    case 'pi':
      return NONE;
    case 'absent':
    case 'absent_over_time': {
      const inner = first?.kind === 'range' ? first.of : first;
      if (inner?.kind !== 'selector') return NONE;
      return { names: new Set(inner.matchers.filter(({ op }) => op === '=').map(({ label }) => label)), isOpen: false };
    }
    case 'label_replace':
    case 'label_join': {
      const inner = first ? labelsOf(first, store, depth) : NONE;
      return second?.kind === 'string' && !second.isOpen ? plus(inner, [second.value]) : { ...inner, isOpen: true };
    }
    case 'histogram_quantiles':
    case 'info':
      return { names: new Set(), isOpen: true };
    default: {
      const vector = call.args.find(({ kind }) => kind !== 'number' && kind !== 'string');
      const inner = vector ? labelsOf(vector, store, depth) : NONE;
      return call.function === 'histogram_quantile' ? minus(inner, ['le']) : inner;
    }
  }
}

function ofBinary(expr: Binary, store: Store | undefined, depth: number): LabelNames {
  const { op, left, right, matching, many, include } = expr;
  const [l, r] = [labelsOf(left, store, depth), labelsOf(right, store, depth)];
  if (op === 'or') return { names: new Set([...l.names, ...r.names]), isOpen: l.isOpen || r.isOpen };
  if (op === 'and' || op === 'unless' || isNumber(right)) return l;
  if (isNumber(left)) return r;
  if (many)
    return plus(
      many === 'left' ? l : r,
      (include?.labels ?? []).map(({ text }) => text),
    );
  return matching ? grouping(matching, l) : l;
}

function isNumber(expr: Expr): boolean {
  if (expr.kind === 'number') return true;
  if (expr.kind === 'call') return ['time', 'scalar', 'pi'].includes(expr.function);
  return expr.kind === 'binary' && isNumber(expr.left) && isNumber(expr.right);
}

function grouping({ kind, labels }: Grouping, inner: LabelNames): LabelNames {
  const texts = labels.map(({ text }) => text);
  const isOpen = labels.some((label) => label.isOpen);
  if (kind === 'without' || kind === 'ignoring') return minus(inner, texts);
  return { names: new Set(inner.isOpen ? texts : texts.filter((label) => inner.names.has(label))), isOpen };
}

function plus({ names, isOpen }: LabelNames, more: readonly string[]): LabelNames {
  return { names: new Set([...names, ...more]), isOpen };
}

function minus({ names, isOpen }: LabelNames, less: readonly string[]): LabelNames {
  return { names: new Set([...names].filter((name) => !less.includes(name))), isOpen };
}

/** A label by which something is grouped or matched and that what it is applied to never has. */
export interface StrayLabel {
  readonly word: Word;
  readonly kind: 'by' | 'on';
}

/** Labels of `by` and `on` that never arrive: a group by such a label is one group, a match on it finds nothing. */
export function strayLabels({ expr }: PromqlQuery, store: Store): readonly StrayLabel[] {
  const found: StrayLabel[] = [];
  const look = (grouping: Grouping | undefined, kind: 'by' | 'on', sides: readonly Expr[]) => {
    if (grouping?.kind !== kind || grouping.labels.length === 0) return;
    const names = sides.map((side) => labelsOf(side, store));
    for (const word of grouping.labels) {
      const isLost = names.some((one) => !one.isOpen && one.names.size > 0 && !one.names.has(word.text));
      if (isLost && !word.isOpen) found.push({ word, kind });
    }
  };
  for (const part of walkExpr(expr)) {
    if (part.kind === 'aggregate') look(part.grouping, 'by', [part.of]);
    if (part.kind === 'binary') look(part.matching, 'on', [part.left, part.right]);
  }
  return found;
}

import type { Span } from '../../text';
import { AGGREGATIONS, FUNCTIONS } from './functions';
import { takesValue } from './matching';
import {
  type Aggregate,
  type Binary,
  type Call,
  COMPARISONS,
  type Expr,
  SET_OPERATORS,
  type ValueType,
} from './syntax';

/** An expression whose parts do not go together. */
export interface TypeFault {
  readonly message: string;
  readonly span: Span;
}

const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  matrix: 'a range vector',
  string: 'a string',
  any: 'anything',
};

/** What an expression gives, and every reason why Prometheus refuses it (promql/parser/parse.go, checkAST). */
export function typeOf(expr: Expr, faults: TypeFault[]): ValueType {
  switch (expr.kind) {
    case 'number':
      // Go's own reader of numbers refuses what no float64 holds; infinity has a word.
      if (/^\d/.test(expr.text) && Number(expr.text) === Number.POSITIVE_INFINITY) {
        faults.push({ message: `${expr.text} is out of the range of numbers`, span: expr.span });
      }
      return 'scalar';
    case 'string':
      return expr.isOpen ? 'any' : 'string';
    case 'selector': {
      const { name, matchers, isOpen, span } = expr;
      const isEmpty = name === undefined && !matchers.some((matcher) => matcher.isOpen || !takesValue(matcher, ''));
      if (isEmpty) faults.push({ message: 'a selector needs a matcher that does not take an empty value', span });
      return isOpen && matchers.length === 0 ? 'any' : 'vector';
    }
    case 'range': {
      const inner = typeOf(expr.of, faults);
      if (expr.isSubquery && inner !== 'vector' && inner !== 'any') {
        faults.push({ message: `a subquery is of an instant vector, not of ${NAMES[inner]}`, span: expr.span });
      }
      return 'matrix';
    }
    case 'aggregate':
      return aggregateType(expr, faults);
    case 'call':
      return callType(expr, faults);
    case 'binary':
      return binaryType(expr, faults);
  }
}

function expect(expr: Expr, want: ValueType, where: string, faults: TypeFault[]): void {
  const got = typeOf(expr, faults);
  if (got === want || got === 'any' || want === 'any') return;
  faults.push({ message: `${where} takes ${NAMES[want]}, not ${NAMES[got]}`, span: expr.span });
}

function aggregateType({ op, parameter, of, span }: Aggregate, faults: TypeFault[]): ValueType {
  const wanted = AGGREGATIONS.get(op);
  expect(of, 'vector', op, faults);
  if (wanted && parameter) expect(parameter, wanted, `the parameter of ${op}`, faults);
  else if (wanted) faults.push({ message: `${op} needs ${NAMES[wanted]} before what it aggregates`, span });
  else if (parameter) faults.push({ message: `${op} has no parameter`, span });
  return 'vector';
}

function callType({ function: name, args, span }: Call, faults: TypeFault[]): ValueType {
  const signature = FUNCTIONS.get(name);
  if (!signature) {
    for (const arg of args) typeOf(arg, faults);
    return 'any';
  }
  const { variadic, result } = signature;
  const least = variadic === 0 ? signature.args.length : signature.args.length - 1;
  const most = variadic === 0 ? least : variadic < 0 ? Number.POSITIVE_INFINITY : least + variadic;
  if (args.length < least || args.length > most) {
    const wanted = least === most ? `${least}` : args.length < least ? `at least ${least}` : `at most ${most}`;
    faults.push({ message: `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${args.length}`, span });
  }
  for (const [index, arg] of args.entries()) {
    const want = signature.args[Math.min(index, signature.args.length - 1)];
    if (want) expect(arg, want, name, faults);
  }
  return result;
}

function binaryType(expr: Binary, faults: TypeFault[]): ValueType {
  const { op, left, right, isBool, isFilled, matching, many, include, span } = expr;
  const [lt, rt] = [typeOf(left, faults), typeOf(right, faults)];
  const say = (message: string) => faults.push({ message, span });
  for (const [side, type] of [
    [left, lt],
    [right, rt],
  ] as const) {
    if (type === 'matrix' || type === 'string')
      faults.push({ message: `${op} takes numbers and instant vectors, not ${NAMES[type]}`, span: side.span });
  }
  const isOpen = lt === 'any' || rt === 'any';
  const isVectors = lt === 'vector' && rt === 'vector';
  const isScalars = lt === 'scalar' && rt === 'scalar';
  if (isBool && !COMPARISONS.has(op)) say('bool stands only after a comparison');
  if (COMPARISONS.has(op) && !isBool && isScalars) say('a comparison of two numbers needs bool');
  const twice =
    matching?.kind === 'on' && matching.labels.find((one) => include?.labels.some((l) => l.text === one.text));
  if (twice) say(`label ${twice.text} stands in on and in the grouping at once`);
  if (!isVectors && !isOpen && (matching?.labels.length || isFilled)) say(`${op} matches labels only of two vectors`);
  if (SET_OPERATORS.has(op)) {
    if (!isVectors && !isOpen) say(`${op} stands only between two instant vectors`);
    if (many) say(`${op} takes no group_left and no group_right`);
    if (isFilled) say(`${op} fills nothing in`);
  }
  if (isVectors || lt === 'vector' || rt === 'vector') return 'vector';
  return isScalars ? 'scalar' : 'any';
}

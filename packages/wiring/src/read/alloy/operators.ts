import { concat, known, type Literal, type Value } from '../../model/value';
import type { Span } from '../../text';
import type { Operator } from './token';
import { type AlloyValue, cannot, plainValue } from './value';

type Operation = (left: number, right: number) => number | boolean;

const ON_NUMBERS: Readonly<Partial<Record<Operator, Operation>>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '%': (left, right) => left % right,
  '^': (left, right) => left ** right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** A binary operator on two values. Strings that are not known yet can be joined; nothing else can be done with them. */
export function arithmetic(operator: Operator, a: AlloyValue, b: AlloyValue, span: Span): Value {
  const left = plainValue(a);
  const right = plainValue(b);
  if (left.kind === 'unknown' && right.kind === 'unknown') return left;
  if (operator === '+' && isText(left) && isText(right)) return concat([left, right], span);
  if (left.kind === 'unknown') return left;
  if (right.kind === 'unknown') return right;
  if (left.kind === 'known' && right.kind === 'known') {
    const result = onLiterals(operator, left.value, right.value);
    if (result !== undefined) return known(result, span);
  }
  return cannot(`the operator "${operator}" between these values`, span);
}

/** A value that is a string, or can only turn out as one. Unknown ones count: what surrounds them is still worth knowing. */
function isText(value: Value): boolean {
  return value.kind !== 'known' || typeof value.value === 'string';
}

function onLiterals(operator: Operator, left: Literal, right: Literal): Literal | undefined {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    if (operator === '&&') return left && right;
    if (operator === '||') return left || right;
    return undefined;
  }
  if (typeof left === 'string' && typeof right === 'string') return onStrings(operator, left, right);
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (operator === '/') return divide(left, right);
  return ON_NUMBERS[operator]?.(left, right);
}

/** Go compares by bytes, which is the order of code points. */
function onStrings(operator: Operator, left: string, right: string): boolean | undefined {
  const order = Buffer.compare(Buffer.from(left), Buffer.from(right));
  return ON_NUMBERS[operator] && operator !== '+' ? comparison(operator, order) : undefined;
}

function comparison(operator: Operator, order: number): boolean | undefined {
  const result = ON_NUMBERS[operator]?.(order, 0);
  return typeof result === 'boolean' ? result : undefined;
}

/** Whole numbers divide to whole numbers, as in Go; by zero there is no result. */
function divide(left: number, right: number): number | undefined {
  if (right === 0) return undefined;
  return Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(left / right) : left / right;
}

import {
  all,
  any,
  type Condition,
  concat,
  known,
  literally,
  matches,
  missingIn,
  not,
  type Truth,
  textOf,
  type Value,
} from '../../model';
import type { KeyValue, RequestContext } from './request';

interface Operator {
  readonly base: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set?: 'ForAnyValue' | 'ForAllValues';
}

/** Does the request fulfil the condition? AWS, IAM User Guide, "IAM JSON policy elements: Condition operators". */
export function judgeCondition(condition: Condition, context: RequestContext, variables = true): Truth {
  const operator = parseOperator(condition.operator);
  const got = context(condition.key.toLowerCase());
  if (operator.base === 'Null') return judgeNull(condition, got);
  if (got.kind === 'unknown') return 'unknown';
  if (got.kind === 'absent') {
    // AWS says that ForAnyValue fails without the key and that IfExists holds without it, and not which of them wins.
    if (operator.set === 'ForAnyValue') return operator.ifExists ? 'unknown' : 'no';
    return operator.ifExists || operator.negated || operator.set === 'ForAllValues' ? 'yes' : 'no';
  }
  const wildcards = /Like$|^Arn/.test(operator.base);
  const wanted = condition.values.map((value) => (variables ? substitute(value, context, wildcards) : value));
  const one = (value: Value): Truth => {
    const found = any(wanted.map((pattern) => compare(operator.base, pattern, value)));
    // AWS does not say what a variable without a value, or half an ARN, is to a negated operator.
    if (operator.negated && found === 'no' && wanted.some((pattern) => isDoubtful(pattern, operator))) return 'unknown';
    return operator.negated ? not(found) : found;
  };
  const truths = got.values.map(one);
  // A key with one value is the same under both; without a set operator AWS takes the key to have one.
  return operator.set === 'ForAllValues' ? all(truths) : any(truths);
}

function isDoubtful(pattern: Value, { base }: Operator): boolean {
  return missingIn(pattern).length > 0 || (base.startsWith('Arn') && !arnParts(pattern));
}

function parseOperator(text: string): Operator {
  const [, set, name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(text) ?? [];
  const negated = /Not(?=Equals|Like|IpAddress)|^NotIpAddress/.test(name ?? '');
  return {
    base: (name ?? '').replace('Not', ''),
    negated,
    ifExists: ifExists !== undefined,
    ...(set && { set: set as 'ForAnyValue' | 'ForAllValues' }),
  };
}

function judgeNull(condition: Condition, got: KeyValue): Truth {
  const wanted = textOf(condition.values[0]);
  if (got.kind === 'unknown' || wanted === undefined) return 'unknown';
  return (got.kind === 'absent') === (wanted.toLowerCase() === 'true') ? 'yes' : 'no';
}

function compare(operator: string, pattern: Value, value: Value): Truth {
  switch (operator) {
    case 'StringEquals':
      return matches(pattern, value);
    case 'StringEqualsIgnoreCase':
    case 'Bool':
      return matches(pattern, value, { ignoreCase: true });
    case 'StringLike':
      return matches(pattern, value, { wildcards: true });
    case 'ArnEquals':
    case 'ArnLike':
      return matchArn(pattern, value);
    default:
      return compareNumbers(operator, textOf(pattern), textOf(value));
  }
}

function compareNumbers(operator: string, pattern: string | undefined, value: string | undefined): Truth {
  if (pattern === undefined || value === undefined || !operator.startsWith('Numeric')) return 'unknown';
  const [left, right] = [Number(value), Number(pattern)];
  if (Number.isNaN(left) || Number.isNaN(right)) return 'unknown';
  const holds: Readonly<Record<string, boolean>> = {
    NumericEquals: left === right,
    NumericLessThan: left < right,
    NumericLessThanEquals: left <= right,
    NumericGreaterThan: left > right,
    NumericGreaterThanEquals: left >= right,
  };
  return operator in holds ? (holds[operator] ? 'yes' : 'no') : 'unknown';
}

/** Each of the six parts of an ARN is matched by itself: a `*` does not reach over a colon. */
function matchArn(pattern: Value, value: Value): Truth {
  const left = arnParts(pattern);
  const right = arnParts(value);
  if (!left || !right) return matches(pattern, value, { wildcards: true }) === 'no' ? 'no' : 'unknown';
  return all(left.map((part, i) => matches(part, right[i], { wildcards: true })));
}

/** `undefined` when it cannot be told where the parts end. */
function arnParts(value: Value): readonly Value[] | undefined {
  const parts: Value[][] = [[]];
  for (const part of value.kind === 'concat' ? value.parts : [value]) {
    const text = textOf(part);
    if (text === undefined) {
      parts[parts.length - 1].push(part);
      continue;
    }
    for (const [i, piece] of text.split(':').entries()) {
      if (i > 0 && parts.length < 6) parts.push([]);
      else if (i > 0) parts[parts.length - 1].push(known(':'));
      parts[parts.length - 1].push(known(piece));
    }
  }
  return parts.length === 6 ? parts.map((part) => concat(part)) : undefined;
}

/**
 * Policy variables (`${aws:PrincipalTag/team}`), replaced by the request's values. Where the pattern may have wildcards,
 * those in a value mean themselves, as in `${*}`.
 */
export function substitute(value: Value, context: RequestContext, wildcards: boolean): Value {
  if (value.kind === 'concat')
    return concat(
      value.parts.map((part) => substitute(part, context, wildcards)),
      value.span,
    );
  if (value.kind !== 'known' || typeof value.value !== 'string' || !value.value.includes('${')) return value;
  const parts: Value[] = [];
  let from = 0;
  for (const found of value.value.matchAll(/\$\{([^}]*)\}/g)) {
    parts.push(known(value.value.slice(from, found.index)));
    from = found.index + found[0].length;
    const replaced = variable(found[1], context);
    const text = wildcards ? textOf(replaced) : undefined;
    parts.push(text === undefined ? replaced : known(literally(text)));
  }
  return concat([...parts, known(value.value.slice(from))], value.span);
}

function variable(text: string, context: RequestContext): Value {
  const [, name, fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(text) ?? [undefined, text];
  if (name === '*' || name === '?' || name === '$') return known(name);
  const got = context(name.toLowerCase());
  if (got.kind === 'present' && got.values.length === 1) return got.values[0];
  if (got.kind === 'absent' && fallback !== undefined) return known(fallback);
  return { kind: 'unknown', missing: { kind: 'context', what: `the value of ${name} in the request` } };
}

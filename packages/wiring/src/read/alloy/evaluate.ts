import { known, type Literal, symbol, type Value } from '../../model/value';
import type { Span } from '../../text';
import { arithmetic } from './operators';
import type { AlloyScope } from './scope';
import { callFunction, isFunction } from './stdlib';
import type { AlloyExpression } from './syntax';
import { type AlloyEntry, type AlloyReference, type AlloyValue, cannot, plainValue } from './value';

/** More than any written expression has; a longer chain of operators is not followed. */
const MAX_DEPTH = 1000;

/**
 * What an expression stands for. Never throws: what cannot be said without running Alloy is unknown, and names what was
 * not understood.
 */
export function evaluateAlloy(expression: AlloyExpression, scope: AlloyScope): AlloyValue {
  return new Evaluator(scope).evaluate(expression, 0);
}

class Evaluator {
  constructor(private readonly scope: AlloyScope) {}

  evaluate(expression: AlloyExpression, depth: number): AlloyValue {
    const { span } = expression;
    if (depth > MAX_DEPTH) return cannot('an expression this long', span);
    const inner = (part: AlloyExpression) => this.evaluate(part, depth + 1);
    switch (expression.kind) {
      case 'literal':
        return known(expression.value, expression.text?.whole ?? span);
      case 'identifier':
      case 'access': {
        const path = staticPath(expression);
        if (path) return this.resolve(path, span);
        return expression.kind === 'access'
          ? member(inner(expression.of), expression.name, span)
          : cannot('a name', span);
      }
      case 'index':
        return member(inner(expression.of), plainValue(inner(expression.index)), span);
      case 'array':
        return { kind: 'list', items: expression.items.map(inner), span };
      case 'object': {
        const entries = new Map<string, AlloyEntry>();
        for (const { name, nameSpan, value } of expression.fields) {
          entries.set(name, { key: nameSpan, value: inner(value) });
        }
        return { kind: 'object', entries, span };
      }
      case 'call': {
        const name = staticPath(expression.callee)?.join('.');
        if (name === undefined) return cannot('a call of something that is no function by name', span);
        const list = expression.arguments.map(inner);
        return callFunction(name, list, span, this.scope);
      }
      case 'unary':
        return negate(expression.operator, plainValue(inner(expression.value)), span);
      case 'binary':
        return arithmetic(expression.operator, inner(expression.left), inner(expression.right), span);
    }
  }

  /** A dotted name: a constant, or what a component exports. */
  private resolve(path: readonly string[], span: Span): AlloyValue {
    const name = path.join('.');
    for (let length = path.length; length > 0; length--) {
      const component = path.slice(0, length).join('.');
      if (this.scope.hasComponent(component)) return { kind: 'reference', component, path: path.slice(length), span };
    }
    if (name === 'constants.hostname')
      return this.scope.hostname ?? symbol('alloy-constant', 'hostname', undefined, span);
    if (name === 'constants.os') return known('linux', span);
    if (path[0] === 'constants') return cannot(name, span);
    if (isFunction(name)) return cannot(`the function ${name} without a call`, span);
    return { kind: 'reference', path, span };
  }
}

/** The parts of `a.b.c`, when the expression is nothing else. */
function staticPath(expression: AlloyExpression): readonly string[] | undefined {
  const names: string[] = [];
  let here = expression;
  for (; here.kind === 'access'; here = here.of) names.unshift(here.name);
  return here.kind === 'identifier' ? [here.name, ...names] : undefined;
}

function member(of: AlloyValue, key: string | Value, span: Span): AlloyValue {
  const step: Literal | undefined = typeof key === 'string' ? key : key.kind === 'known' ? key.value : undefined;
  if (step === undefined || step === null || typeof step === 'boolean')
    return cannot('an index that is not known', span);
  switch (of.kind) {
    case 'object':
      return typeof step === 'string'
        ? (of.entries.get(step)?.value ?? cannot(`a field "${step}" that the object does not have`, span))
        : cannot('a number as the name of a field', span);
    case 'list':
      return typeof step === 'number'
        ? (of.items[step] ?? cannot(`item ${step} of a list of ${of.items.length}`, span))
        : cannot(`a field "${step}" of a list`, span);
    case 'reference':
      return { ...of, path: [...of.path, `${step}`], span } satisfies AlloyReference;
    case 'unknown':
      return of;
    default:
      return cannot('a part of a value that has no parts', span);
  }
}

function negate(operator: '!' | '-', value: Value, span: Span): Value {
  if (value.kind === 'unknown') return value;
  if (operator === '!' && value.kind === 'known' && typeof value.value === 'boolean') return known(!value.value, span);
  if (operator === '-' && value.kind === 'known' && typeof value.value === 'number') return known(-value.value, span);
  return cannot(`"${operator}" before this value`, span);
}

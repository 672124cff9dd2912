import { type Unknown, unknown, type Value } from '../../model/value';
import type { Span } from '../../text';

/** What an Alloy expression stands for: a plain value, a list, an object, or what another component exports. */
export type AlloyValue = Value | AlloyList | AlloyObject | AlloyReference;

export interface AlloyList {
  readonly kind: 'list';
  readonly items: readonly AlloyValue[];
  /** Lists of unknown length that are also part of this one (`array.concat` of what components export). */
  readonly more?: readonly AlloyValue[];
  readonly span: Span;
}

export interface AlloyObject {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, AlloyEntry>;
  readonly span: Span;
}

export interface AlloyEntry {
  readonly key: Span;
  readonly value: AlloyValue;
}

/** `prometheus.remote_write.amp.receiver`: what a component exports. It stays symbolic. */
export interface AlloyReference {
  readonly kind: 'reference';
  /** The id of the component; undefined when the configuration has none that the reference could mean. */
  readonly component?: string;
  /** What of it: `['receiver']`. Without a component, the whole reference. */
  readonly path: readonly string[];
  readonly span: Span;
}

/** The value as one of the model; lists, objects and references have no such form and become unknown. */
export function plainValue(value: AlloyValue): Value {
  switch (value.kind) {
    case 'list':
    case 'object':
      return cannot(`a ${value.kind} where one value was expected`, value.span);
    case 'reference':
      return cannot(`the value that ${nameOfReference(value)} has at run time`, value.span);
    default:
      return value;
  }
}

/** A reference as it is written. */
export function nameOfReference(reference: AlloyReference): string {
  return [...(reference.component === undefined ? [] : [reference.component]), ...reference.path].join('.');
}

/** An Alloy expression that this version cannot follow. */
export function cannot(what: string, span: Span): Unknown {
  return unknown('alloy-expression', what, undefined, span);
}

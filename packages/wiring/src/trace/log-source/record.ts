import { known, type Truth, type Value } from '../../model';

/** What stands under a key of a record, as far as it can be told before a line is written. */
export type Field =
  | { readonly kind: 'text'; readonly value: Value }
  | { readonly kind: 'map'; readonly record: LogRecord }
  /** It is there, whatever it holds: the application's own text. */
  | { readonly kind: 'content' }
  /** It may be there. */
  | { readonly kind: 'maybe' };

export interface LogRecord {
  readonly fields: ReadonlyMap<string, Field>;
  /** Others may be there as well: keys of the application's own JSON, what a script adds. */
  readonly isOpen: boolean;
}

export const CONTENT: Field = { kind: 'content' };
export const MAYBE: Field = { kind: 'maybe' };
/** A record of which nothing is known any more. */
export const OPEN: LogRecord = { fields: new Map(), isOpen: true };

export function text(value: Value | string): Field {
  return { kind: 'text', value: typeof value === 'string' ? known(value) : value };
}

export function map(fields: Readonly<Record<string, Field>>, isOpen = false): Field {
  return { kind: 'map', record: { fields: new Map(Object.entries(fields)), isOpen } };
}

export function recordOf(fields: Readonly<Record<string, Field>>): LogRecord {
  return { fields: new Map(Object.entries(fields)), isOpen: false };
}

export function withField(record: LogRecord, key: string, field: Field): LogRecord {
  return { ...record, fields: new Map([...record.fields, [key, field]]) };
}

export function without(record: LogRecord, isGone: (key: string) => boolean): LogRecord {
  return { ...record, fields: new Map([...record.fields].filter(([key]) => !isGone(key))) };
}

/** Every key may be something else from here on. */
export function loosened(record: LogRecord): LogRecord {
  return { isOpen: true, fields: new Map([...record.fields].map(([key]) => [key, MAYBE])) };
}

/** A record that is one of two. */
export function eitherOf(a: LogRecord, b: LogRecord): LogRecord {
  const fields = new Map<string, Field>();
  for (const key of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const [one, other] = [a.fields.get(key), b.fields.get(key)];
    fields.set(key, one === other && one ? one : MAYBE);
  }
  return { fields, isOpen: a.isOpen || b.isOpen };
}

/** What is found under a path of keys: is it there, and what is it? */
export interface Found {
  readonly isThere: Truth;
  readonly field?: Field;
}

export function find(record: LogRecord, path: readonly string[]): Found {
  const [first, ...rest] = path;
  const field = record.fields.get(first ?? '');
  if (!field) return { isThere: record.isOpen ? 'unknown' : 'no' };
  if (field.kind === 'maybe') return { isThere: 'unknown' };
  if (rest.length === 0) return { isThere: 'yes', field };
  if (field.kind === 'map') return find(field.record, rest);
  // What is no map is taken whole, whatever is asked of it (src/flb_ra_key.c); an application's text may be one by now.
  return field.kind === 'content' ? { isThere: 'unknown' } : { isThere: 'yes', field };
}

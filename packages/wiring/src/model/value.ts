import type { Span } from '../text';

/**
 * What can be said of a value before anything is deployed.
 *
 * A value that exists only after a deployment (the id of a workspace that a controller makes) is a symbol: it has no
 * text yet, but it is equal to itself wherever it turns up, which is all that a join needs.
 */
export type Value = Known | SymbolValue | Concat | OneOf | Unknown;

export type Literal = string | number | boolean | null;

export interface Known {
  readonly kind: 'known';
  readonly value: Literal;
  readonly span?: Span;
}

export interface SymbolValue {
  readonly kind: 'symbol';
  /** Says what makes the value: `ack-workspace`, `cloudformation`. Symbols are equal when space and key are. */
  readonly space: string;
  readonly key: string;
  /**
   * What else is known of it; not part of its identity. `label` is how reports call it, `form` (a regular expression)
   * and `letters` (the inside of a character class) say what its text can be, `generated` that AWS chooses it.
   */
  readonly attributes?: Readonly<Record<string, Value>>;
  readonly span?: Span;
}

/** Strings laid one after another. Flat, and no two neighbours are known. */
export interface Concat {
  readonly kind: 'concat';
  readonly parts: readonly Value[];
  readonly span?: Span;
}

export interface OneOf {
  readonly kind: 'oneOf';
  readonly choices: readonly Value[];
  readonly span?: Span;
}

/** What keeps a value from being known, and who could say it. */
export interface Missing {
  readonly kind: string;
  readonly what: string;
  readonly help?: string;
}

export interface Unknown {
  readonly kind: 'unknown';
  readonly missing: Missing;
  readonly span?: Span;
}

export function known(value: Literal, span?: Span): Known {
  return span ? { kind: 'known', value, span } : { kind: 'known', value };
}

export function symbol(
  space: string,
  key: string,
  attributes?: Readonly<Record<string, Value>>,
  span?: Span,
): SymbolValue {
  return { kind: 'symbol', space, key, ...(attributes && { attributes }), ...(span && { span }) };
}

export function unknown(kind: string, what: string, help?: string, span?: Span): Unknown {
  return { kind: 'unknown', missing: { kind, what, ...(help && { help }) }, ...(span && { span }) };
}

/** Known parts melt together; a choice among the parts stays a part. */
export function concat(parts: readonly Value[], span?: Span): Value {
  const flat: Value[] = [];
  for (const part of parts.flatMap((p) => (p.kind === 'concat' ? p.parts : [p]))) {
    const last = flat[flat.length - 1];
    if (part.kind === 'known' && last?.kind === 'known') {
      flat[flat.length - 1] = known(`${last.value}${part.value}`, span ?? last.span);
    } else if (part.kind !== 'known' || part.value !== '') {
      flat.push(part);
    }
  }
  if (flat.length === 0) return known('', span);
  if (flat.length > 1) return { kind: 'concat', parts: flat, ...(span && { span }) };
  const only = flat[0];
  if (only.kind === 'known') return known(`${only.value}`, span ?? only.span);
  return span ? { ...only, span } : only;
}

export function oneOf(choices: readonly Value[], span?: Span): Value {
  const flat = choices.flatMap((c) => (c.kind === 'oneOf' ? c.choices : [c]));
  if (flat.length === 1) return flat[0];
  if (flat.length === 0) return unknown('value', 'a choice with nothing to choose from', undefined, span);
  return { kind: 'oneOf', choices: flat, ...(span && { span }) };
}

/** The text of a value that is wholly known; booleans and numbers as they are written. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'known' && value.value !== null ? `${value.value}` : undefined;
}

/** Does a value have more letters and parts than this? It is not looked at further than that. */
export function isLong(value: Value, most: number): boolean {
  let left = most;
  const waiting: Value[] = [value];
  for (let next = waiting.pop(); next && left >= 0; next = waiting.pop()) {
    left -= next.kind === 'known' ? `${next.value}`.length : 1;
    const inside = next.kind === 'concat' ? next.parts : next.kind === 'oneOf' ? next.choices : [];
    if (inside.length > left) return true;
    for (const one of inside) waiting.push(one);
  }
  return left < 0;
}

/** All that is missing anywhere in a value. */
export function missingIn(value: Value): readonly Missing[] {
  switch (value.kind) {
    case 'unknown':
      return [value.missing];
    case 'concat':
      return value.parts.flatMap(missingIn);
    case 'oneOf':
      return value.choices.flatMap(missingIn);
    default:
      return [];
  }
}

/** A value as a report shows it: `https://…/workspaces/<id of Workspace ack-system/eks-metrics>/api`. */
export function describe(value: Value): string {
  switch (value.kind) {
    case 'known':
      return `${value.value}`;
    case 'symbol':
      return `<${textOf(value.attributes?.label) ?? `${value.space} ${value.key}`}>`;
    case 'concat':
      return value.parts.map(describe).join('');
    case 'oneOf':
      return `{${value.choices.map(describe).join(' | ')}}`;
    case 'unknown':
      return `<unknown: ${value.missing.what}>`;
  }
}

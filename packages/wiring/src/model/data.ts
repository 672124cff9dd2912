import type { Node, Span } from '../text';
import { known, unknown, type Value } from './value';

/** A tree whose leaves may be symbols: what is left of a template when its functions are evaluated. */
export type Data = Value | DataList | DataMap;

export interface DataList {
  readonly kind: 'list';
  readonly items: readonly Data[];
  readonly span: Span;
}

export interface DataMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, DataEntry>;
  readonly span: Span;
}

export interface DataEntry {
  readonly key: Span;
  readonly value: Data;
}

/** A tree without any functions in it. */
export function dataOf(node: Node): Data {
  switch (node.kind) {
    case 'scalar':
      return known(node.value, node.span);
    case 'list':
      return { kind: 'list', span: node.span, items: node.items.map(dataOf) };
    case 'map': {
      const entries = new Map<string, DataEntry>();
      for (const [key, entry] of node.entries) entries.set(key, { key: entry.key, value: dataOf(entry.value) });
      return { kind: 'map', span: node.span, entries };
    }
  }
}

export function dataAt(data: Data | undefined, ...path: readonly string[]): Data | undefined {
  let here = data;
  for (const step of path) {
    if (here?.kind !== 'map') return undefined;
    here = here.entries.get(step)?.value;
  }
  return here;
}

/** One item or a list of them, as AWS's formats allow in many places. */
export function itemsOf(data: Data | undefined): readonly Data[] {
  if (data === undefined) return [];
  return data.kind === 'list' ? data.items : [data];
}

/** A leaf; a tree where a leaf was expected is nothing that can be compared. */
export function leafOf(data: Data): Value {
  if (data.kind !== 'list' && data.kind !== 'map') return data;
  return unknown('value', `a ${data.kind} where a plain value was expected`, undefined, data.span);
}

export function valueAt(data: Data | undefined, ...path: readonly string[]): Value | undefined {
  const found = dataAt(data, ...path);
  return found && leafOf(found);
}

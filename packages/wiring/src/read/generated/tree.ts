import type { Entry, ListNode, MapNode, Node, ScalarNode, Span } from '../../text';
import { MappedText } from '../../text';

/** Trees of what somebody makes of an object; each part points at what it is made of. */

export function scalar(value: string | number | boolean, span: Span): ScalarNode {
  return { kind: 'scalar', value, span, text: () => MappedText.derived(`${value}`, span) };
}

/** Entries that are `undefined` are left out. */
export function map(span: Span, entries: Readonly<Record<string, Node | undefined>>): MapNode {
  const found = new Map<string, Entry>();
  for (const [key, value] of Object.entries(entries)) if (value) found.set(key, { key: value.span, value });
  return { kind: 'map', span, entries: found };
}

export function list(span: Span, items: readonly (Node | undefined)[]): ListNode {
  return { kind: 'list', span, items: items.filter((item) => item !== undefined) };
}

/** Later maps win over earlier ones, key by key. */
export function merged(span: Span, ...maps: readonly (Node | undefined)[]): MapNode {
  const found = new Map<string, Entry>();
  for (const one of maps) if (one?.kind === 'map') for (const [key, entry] of one.entries) found.set(key, entry);
  return { kind: 'map', span, entries: found };
}

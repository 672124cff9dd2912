import { type Entry, type ListNode, type MapNode, MappedText, type Node, type ScalarNode, type Span } from '../../text';

/** Trees are shared between objects and builds, so whoever changes one makes a copy of the path to the change. */

export function textNode(value: string, span: Span, text?: () => MappedText): ScalarNode {
  return { kind: 'scalar', span, value, text: text ?? (() => MappedText.derived(value, span)) };
}

export function numberNode(value: number, span: Span): ScalarNode {
  return { kind: 'scalar', span, value, text: () => MappedText.derived(`${value}`, span) };
}

export function nullNode(span: Span): ScalarNode {
  return { kind: 'scalar', span, value: null, text: () => MappedText.derived('', span) };
}

export function mapNode(span: Span, entries: Iterable<readonly [string, Node]> = []): MapNode {
  const map = new Map<string, Entry>();
  for (const [key, value] of entries) map.set(key, { key: value.span, value });
  return { kind: 'map', span, entries: map };
}

export function listNode(span: Span, items: readonly Node[] = []): ListNode {
  return { kind: 'list', span, items: [...items] };
}

export function isNull(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** A map with one entry set; a new key stands where its value does, unless told otherwise. */
export function withEntry(map: MapNode, key: string, value: Node, keySpan?: Span): MapNode {
  const entries = new Map(map.entries);
  entries.set(key, { key: entries.get(key)?.key ?? keySpan ?? value.span, value });
  return { ...map, entries };
}

export function withoutEntry(map: MapNode, key: string): MapNode {
  if (!map.entries.has(key)) return map;
  const entries = new Map(map.entries);
  entries.delete(key);
  return { ...map, entries };
}

/** `metadata.<key>` set; `metadata` is made when it is not there. */
export function withMetadata(map: MapNode, key: string, value: Node): MapNode {
  const metadata = map.entries.get('metadata')?.value;
  const inner = metadata?.kind === 'map' ? metadata : mapNode(value.span);
  return withEntry(map, 'metadata', withEntry(inner, key, value));
}

export function withoutMetadata(map: MapNode, key: string): MapNode {
  const metadata = map.entries.get('metadata')?.value;
  return metadata?.kind === 'map' ? withEntry(map, 'metadata', withoutEntry(metadata, key)) : map;
}

/** A copy that shares nothing that could be changed. */
export function cloneNode(node: Node): Node {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') return { ...node, items: node.items.map(cloneNode) };
  const entries = new Map<string, Entry>();
  for (const [name, { key, value }] of node.entries) entries.set(name, { key, value: cloneNode(value) });
  return { ...node, entries };
}

/** A scalar as the text that YAML would show; `''` for maps, lists and null. */
export function rawText(node: Node | undefined): string {
  return node?.kind === 'scalar' && node.value !== null ? `${node.value}` : '';
}

/** A number, a boolean or null as the text that was written for it. */
export function asText(node: ScalarNode): ScalarNode {
  return typeof node.value === 'string' ? node : textNode(node.text().text, node.span);
}

/** The texts of a map of texts; other values are left out. */
export function stringsOf(node: Node | undefined): ReadonlyMap<string, ScalarNode> {
  const strings = new Map<string, ScalarNode>();
  if (node?.kind !== 'map') return strings;
  for (const [key, { value }] of node.entries) if (value.kind === 'scalar') strings.set(key, value);
  return strings;
}

/**
 * Objects and patches as kustomize reads them, which is by YAML 1.2: there `yes`, `on`, `y` and the like are texts, though
 * kubectl takes them for booleans.
 */
export function withPlainBooleans(node: Node): Node {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'boolean') return node;
    const written = node.text().text;
    return /^(?:true|false)$/i.test(written) ? node : { ...node, value: written };
  }
  if (node.kind === 'list') {
    const items = node.items.map(withPlainBooleans);
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  let changed = false;
  const entries = new Map<string, Entry>();
  for (const [name, entry] of node.entries) {
    const value = withPlainBooleans(entry.value);
    const written = name === 'true' || name === 'false' ? writtenKey(name, entry.key) : name;
    changed ||= value !== entry.value || written !== name;
    entries.set(written, value === entry.value ? entry : { ...entry, value });
  }
  return changed ? { ...node, entries } : node;
}

function writtenKey(name: string, { source, start, end }: Span): string {
  const written = source.text.slice(start, end);
  return /^(?:y|n|yes|no|on|off)$/i.test(written) ? written : name;
}

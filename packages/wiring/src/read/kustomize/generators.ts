import { type MapNode, MappedText, type Node, type ScalarNode, type Span } from '../../text';
import { booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { baseName } from '../file-tree';
import { type Layer, mayLackObjects } from './context';
import { attempt, fault } from './fault';
import { loadFile } from './files';
import { idOf, nameOfId } from './id';
import { mapNode, rawText, stringsOf, textNode, withEntry, withMetadata } from './nodes';
import { Resource } from './resource';

interface Pair {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ScalarNode;
}

const BASE64_LINE = 70;

/** `configMapGenerator` and `secretGenerator`. */
export function generate(layer: Layer): void {
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    for (const entry of itemsAt(layer.kustomization, kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator')) {
      attempt(layer.context.problems, entry.span, () => absorb(layer, entry, generated(layer, entry, kind)));
    }
  }
}

function generated(layer: Layer, entry: Node, kind: 'ConfigMap' | 'Secret'): Resource {
  const { span } = entry;
  const name = scalarAt(entry, 'name');
  if (!name || rawText(name) === '') throw fault('kustomize-generator', `a generated ${kind} needs a name`, span);
  let node = mapNode(span, [
    ['apiVersion', textNode('v1', span)],
    ['kind', textNode(kind, span)],
    ['metadata', mapNode(span, [['name', name]])],
  ]);
  const namespace = scalarAt(entry, 'namespace');
  if (namespace && rawText(namespace) !== '') node = withMetadata(node, 'namespace', namespace);
  if (kind === 'Secret') node = withEntry(node, 'type', scalarAt(entry, 'type') ?? textNode('Opaque', span));
  const data = dataOf(pairsOf(layer, entry), kind, span);
  if (data.entries.size > 0 || kind === 'Secret') node = withEntry(node, 'data', data);
  const resource = new Resource(withOptions(node, entry, layer.kustomization), layer.file);
  resource.needsHash = !option(entry, layer.kustomization, 'disableNameSuffixHash');
  resource.touchedBy('generator', span);
  return resource;
}

/** An option of the entry, or of all entries (`generatorOptions`): set in one of the two, it is set. */
function option(entry: Node, kustomization: Node, key: string): boolean {
  return (booleanAt(entry, 'options', key) ?? false) || (booleanAt(kustomization, 'generatorOptions', key) ?? false);
}

function withOptions(object: MapNode, entry: Node, kustomization: Node): MapNode {
  let node = object;
  for (const field of ['labels', 'annotations']) {
    const common = mapAt(kustomization, 'generatorOptions', field);
    const own = mapAt(entry, 'options', field);
    const entries = new Map([...(common?.entries ?? []), ...(own?.entries ?? [])]);
    const span = own?.span ?? common?.span;
    if (span && entries.size > 0) node = withMetadata(node, field, { kind: 'map', span, entries });
  }
  if (!option(entry, kustomization, 'immutable')) return node;
  return withEntry(node, 'immutable', {
    kind: 'scalar',
    span: entry.span,
    value: true,
    text: () => MappedText.derived('true', entry.span),
  });
}

/** In the order of kustomize: variables from files, literals, files. Like kustomize, it takes keys of any form. */
function pairsOf(layer: Layer, entry: Node): readonly Pair[] {
  const env = scalarAt(entry, 'env');
  const variables = [...itemsAt(entry, 'envs'), ...(env && rawText(env) !== '' ? [env] : [])];
  const pairs = [
    ...variables.flatMap((item) => fromEnvironmentFile(layer, item)),
    ...itemsAt(entry, 'literals').map(fromLiteral),
    ...itemsAt(entry, 'files').flatMap((item) => fromFile(layer, item)),
  ];
  const seen = new Set<string>();
  for (const { key, keySpan } of pairs) {
    if (seen.has(key)) throw fault('kustomize-generator', `the key "${key}" is given twice`, keySpan);
    seen.add(key);
  }
  return pairs;
}

function fromLiteral(item: Node): Pair {
  const text = item.kind === 'scalar' ? item.text() : undefined;
  const equals = text?.text.indexOf('=') ?? -1;
  if (!text || equals < 1) throw fault('kustomize-generator', 'a literal is written key=value', item.span);
  let start = equals + 1;
  let end = text.text.length;
  const quote = text.text[start];
  if (end - start >= 2 && (quote === '"' || quote === "'") && text.text[end - 1] === quote) {
    start++;
    end--;
  }
  return {
    key: text.text.slice(0, equals),
    keySpan: text.span(0, equals),
    value: textNode(text.text.slice(start, end), text.span(start, end), () => piece(text, start, end)),
  };
}

function piece(text: MappedText, start: number, end: number): MappedText {
  const span = text.span(start, end);
  return MappedText.join(end > start ? [{ text: text.text.slice(start, end), span }] : [], span);
}

function fromFile(layer: Layer, item: Node): readonly Pair[] {
  const written = rawText(item);
  const parts = written.split('=');
  const [key, path] = parts.length === 1 ? [baseName(written), written] : parts;
  if (parts.length > 2 || key === '' || path === '') {
    throw fault('kustomize-generator', `a file is written path or key=path, got "${written}"`, item.span);
  }
  const source = loadFile(layer, path, item.span);
  if (!source) return [];
  const text = MappedText.whole(source);
  return [{ key, keySpan: item.span, value: textNode(source.text, text.whole, () => text) }];
}

/** Lines `NAME=value`; a name alone has no value, since nothing of this machine's environment is read. */
function fromEnvironmentFile(layer: Layer, item: Node): readonly Pair[] {
  const source = loadFile(layer, rawText(item), item.span);
  if (!source) return [];
  const text = MappedText.whole(source);
  const pairs: Pair[] = [];
  let start = 0;
  for (const raw of source.text.split('\n')) {
    const line = raw.replace(/\r$/, '');
    const from = start + (line.length - line.trimStart().length);
    const end = start + line.length;
    start += raw.length + 1;
    const content = source.text.slice(from, end);
    if (content === '' || content.startsWith('#')) continue;
    const equals = content.indexOf('=');
    const key = equals === -1 ? content : content.slice(0, equals);
    const keySpan = text.span(from, from + key.length);
    const valueStart = equals === -1 ? end : from + equals + 1;
    const value = textNode(source.text.slice(valueStart, end), text.span(valueStart, end), () =>
      piece(text, valueStart, end),
    );
    pairs.push({ key, keySpan, value });
  }
  return pairs;
}

function dataOf(pairs: readonly Pair[], kind: 'ConfigMap' | 'Secret', span: Span): MapNode {
  const entries = new Map(
    [...pairs]
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
      .map(({ key, keySpan, value }) => [key, { key: keySpan, value: kind === 'Secret' ? encoded(value) : value }]),
  );
  return { kind: 'map', span, entries };
}

/** Base64, folded as kustomize folds it. */
function encoded(value: ScalarNode): ScalarNode {
  const text = Buffer.from(rawText(value), 'utf8').toString('base64');
  if (text.length < BASE64_LINE) return textNode(text, value.span);
  const lines = text.match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? [];
  return textNode(lines.map((line) => `${line}\n`).join(''), value.span);
}

/** Adds a generated object; with `behavior` it replaces the object of that id, or is merged into it. */
function absorb(layer: Layer, entry: Node, resource: Resource): void {
  const { set } = layer;
  const behavior = stringAt(entry, 'behavior') ?? 'create';
  const id = idOf(resource.node);
  const found = set.withAnyId(id);
  const changing = behavior === 'merge' || behavior === 'replace';
  if (found.length === 0) {
    if (changing && mayLackObjects(layer.context)) return;
    if (changing) throw fault('kustomize-generator', `there is no ${nameOfId(id)} to ${behavior}`, entry.span);
    set.append(resource);
    return;
  }
  if (found.length > 1) throw fault('kustomize-generator', `several objects are ${nameOfId(id)}`, entry.span);
  if (!changing) {
    const help = 'give it another name, or behavior: merge or replace';
    throw fault('kustomize-generator', `${nameOfId(id)} exists already`, entry.span, help);
  }
  const [old] = found;
  set.replace(old, overlaid(old, resource, behavior === 'merge', entry.span));
}

function overlaid(old: Resource, resource: Resource, merging: boolean, span: Span): Resource {
  let { node } = resource;
  for (const field of ['labels', 'annotations']) node = mergeMetadata(node, old.node, field);
  const name = scalarAt(old.node, 'metadata', 'name');
  const namespace = scalarAt(old.node, 'metadata', 'namespace');
  if (name) node = withMetadata(node, 'name', name);
  if (namespace) node = withMetadata(node, 'namespace', namespace);
  if (merging) for (const field of ['data', 'binaryData']) node = mergeData(node, old.node, field);
  const result = new Resource(node, merging ? old.file : resource.file);
  result.previous.push(...old.previous);
  result.prefixes.push(...old.prefixes);
  result.suffixes.push(...old.suffixes);
  result.via.push(...old.via);
  result.touchedBy('generator', span);
  result.needsHash = old.needsHash && resource.needsHash;
  return result;
}

function mergeMetadata(node: MapNode, old: MapNode, field: string): MapNode {
  const before = mapAt(old, 'metadata', field);
  if (!before) return node;
  const entries = new Map([...before.entries, ...(mapAt(node, 'metadata', field)?.entries ?? [])]);
  return withMetadata(node, field, { ...before, entries });
}

function mergeData(node: MapNode, old: MapNode, field: string): MapNode {
  const before = mapAt(old, field);
  if (!before || stringsOf(before).size === 0) return node;
  return withEntry(node, field, {
    ...before,
    entries: new Map([...before.entries, ...(mapAt(node, field)?.entries ?? [])]),
  });
}

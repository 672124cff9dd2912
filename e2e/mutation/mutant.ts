import { posix } from 'node:path';
import { Document, isScalar } from 'yaml';
import { type Lines, Locator } from './locate';
import type { End, Mutation, Operator } from './operator';
import { documentsOf, type Files, type Path, type Thing, valueAt, type Yard } from './yard';

/** An environment with one fault, and the lines that tell of it. */
export interface Mutant {
  readonly operator: string;
  /** Such as `Deployment monitoring/grafana-alloy spec.template.spec.serviceAccountName: "grafana-alloy" -> …`. */
  readonly title: string;
  readonly file: string;
  readonly files: Files;
  /** Where the fault was made, or what is nearest to what was taken away. */
  readonly places: readonly Lines[];
  /** The other ends: what has the same value elsewhere, or names what was taken away. */
  readonly ends: readonly Lines[];
}

export function mutantOf({ id: operator, ends }: Operator, yard: Yard, mutation: Mutation): Mutant {
  const { thing, path } = mutation;
  const before = yard.files[thing.file] ?? '';
  const text = changed(before, thing, path, mutation.to);
  const files = { ...yard.files, [thing.file]: text };
  const locate = new Locator(files, yard);
  return {
    operator,
    title: titleOf(mutation),
    file: thing.file,
    files,
    places: placesOf(mutation, locate),
    ends: [...endsOf(yard, mutation), ...(ends?.(yard, mutation.thing) ?? [])].flatMap(
      (end: End & { words?: readonly string[] }) =>
        locate.end(end.thing.file, indexAfter(mutation, end.thing), [...end.thing.base, ...end.path], end.words),
    ),
  };
}

/** The file's text with the value changed; YAML and JSON are written as the renderers write them. */
function changed(text: string, thing: Thing, path: Path, to: unknown): string {
  const full = [...thing.base, ...path];
  if (thing.file.endsWith('.json')) {
    const value = JSON.parse(text);
    const parent = full.slice(0, -1).reduce<Record<string | number, unknown>>((at, key) => at[key] as never, value);
    const key = full.at(-1) ?? '';
    if (to === undefined && Array.isArray(parent)) {
      parent.splice(Number(key), 1);
    } else if (to === undefined) {
      delete parent[key];
    } else {
      parent[key] = to;
    }
    return JSON.stringify(value, undefined, 1);
  }
  const documents = documentsOf(text);
  if (path[0] === '+') {
    return written([...documents, new Document(to)]);
  }
  if (full.length === 0 && to !== undefined) {
    const document = documents[thing.index];
    for (const [key, value] of Object.entries(to as object)) {
      if (value !== (thing.value as Record<string, unknown>)[key]) {
        document?.set(key, value);
      }
    }
  } else if (full.length === 0) {
    documents.splice(thing.index, 1);
  } else if (to === undefined) {
    documents[thing.index]?.deleteIn(full);
  } else {
    put(documents[thing.index], full, to);
  }
  return written(documents);
}

function put(document: Document | undefined, path: Path, to: unknown): void {
  const node = document?.getIn(path, true);
  if (isScalar(node) && (typeof to === 'string' || typeof to === 'number' || typeof to === 'boolean')) {
    if (typeof to !== typeof node.value) {
      node.type = undefined;
    }
    node.value = to;
    return;
  }
  document?.setIn(path, document.createNode(to));
}

export function written(documents: readonly Document[], style: object = {}): string {
  return documents.map((document) => document.toString({ lineWidth: 0, directives: false, ...style })).join('---\n');
}

/** A document that was taken away moves those after it. */
function indexAfter({ thing, path, to }: Mutation, other: Thing): number {
  const gone = path.length === 0 && to === undefined && thing.base.length === 0;
  return gone && other.file === thing.file && other.index > thing.index ? other.index - 1 : other.index;
}

function titleOf({ thing, path, to }: Mutation): string {
  const name = [thing.namespace, thing.name].filter((part) => part !== '').join('/');
  const from = path.length === 0 ? '' : JSON.stringify(valueAt(thing, path));
  const [was = '', is] = typeof to === 'string' ? difference(valueAt(thing, path), to) : [from, JSON.stringify(to)];
  return `${thing.file}: ${thing.kind} ${name} ${path.join('.')}: ${short(was)} -> ${is === undefined ? 'gone' : short(is)}`;
}

/** Of texts of several lines, the line that differs. */
function difference(before: unknown, after: string): [string, string] {
  if (typeof before !== 'string') {
    return [JSON.stringify(before), JSON.stringify(after)];
  }
  const [old, young] = [before.split('\n'), after.split('\n')];
  const at = old.findIndex((line, index) => line !== young[index]);
  return old.length > 1
    ? [(old[at] ?? '').trim(), (young[at] ?? '').trim()]
    : [JSON.stringify(before), JSON.stringify(after)];
}

function short(text: string): string {
  return text.length > 110 ? `${text.slice(0, 107)}...` : text;
}

function placesOf(mutation: Mutation, locate: Locator): Lines[] {
  const { thing, path, to } = mutation;
  const full = [...thing.base, ...path];
  const from = valueAt(thing, path);
  if (path[0] === '+') {
    return locate.last(thing.file);
  }
  if (typeof from === 'string' && typeof to === 'string' && from.includes('\n')) {
    return differences(from, to).flatMap((line) => locate.within(thing.file, thing.index, full, line));
  }
  if (to !== undefined) {
    return [...locate.exact(thing.file, thing.index, full), ...locate.around(thing.file, thing.index, full)];
  }
  if (full.length === 0) {
    return []; // only the other ends can tell of it
  }
  // What is nearest to what is gone: the value that held it, and the keys above.
  return [...locate.exact(thing.file, thing.index, full.slice(0, -1)), ...locate.keys(thing.file, thing.index, full)];
}

/** The lines that differ; where lines were put in or taken away, the first. */
function differences(before: string, after: string): number[] {
  const [old, young] = [before.split('\n'), after.split('\n')];
  const all = old.flatMap((line, index) => (line === young[index] ? [] : [index]));
  return old.length === young.length ? all : all.slice(0, 1);
}

/** Places that hold the same value, or the name of what is gone. */
function endsOf(yard: Yard, mutation: Mutation): (End & { words: readonly string[] })[] {
  const { thing, path, to } = mutation;
  const from = valueAt(thing, path);
  const own =
    path.length === 0 || typeof from === 'object' ? namesIn(thing, from) : [...wordsOf(from, to), ...wordsOf(to, from)];
  const words = [...new Set([...own, ...named(mutation), ...moved(yard, mutation), ...lost(yard, mutation, from)])];
  // What is taken away under a name is named so elsewhere, and there by nothing else.
  const gone = to === undefined && typeof path.at(-1) === 'string' ? path.at(-1) : undefined;
  const references = path[0] === 'metadata' ? referencesOf(yard, thing) : [];
  const found = yard.things.flatMap((other) => [
    ...leaves(other.value)
      .filter(({ value }) => (gone !== undefined && value === gone) || words.some((word) => holds(String(value), word)))
      .map((leaf) => ({ thing: other, path: leaf.path, words })),
    // A resource is named by the key that it lies under.
    ...(words.includes(other.name) ? namesOf(other).map((name) => ({ thing: other, path: name, words })) : []),
  ]);
  return [...found, ...references];
}

/** What an object that is moved or renamed refers to. */
function referencesOf(yard: Yard, thing: Thing): (End & { words: readonly string[] })[] {
  const names = new Set(yard.things.map(({ name }) => name));
  return leaves(thing.value)
    .filter(({ value }) => names.has(String(value)))
    .map(({ path }) => ({ thing, path, words: [] }));
}

/** The name of the object whose name or namespace changes, or of the entry that the value is in. */
function named({ thing, path }: Mutation): string[] {
  const { name } = (valueAt(thing, path.slice(0, -1)) ?? {}) as { name?: unknown };
  return [...(path[0] === 'metadata' ? [thing.name] : []), ...(typeof name === 'string' ? [name] : [])];
}

/** The names of what a kustomization renames or moves. */
function moved(yard: Yard, { thing, path }: Mutation): string[] {
  const folder = posix.dirname(thing.file);
  const all = folder.includes('/overlays/') ? 'gitops/' : `${folder}/`;
  return thing.kind === 'Kustomization' && path.length === 0
    ? yard.things.filter(({ file }) => file.startsWith(all)).map(({ name }) => name)
    : [];
}

/** The lines that tell which thing it is. */
function namesOf({ base, value }: Thing): Path[] {
  const own =
    base.length === 0
      ? []
      : Object.keys((value as { Properties?: object }).Properties ?? {}).filter((key) => /Name$/.test(key));
  return base.length === 0
    ? [['apiVersion'], ['kind'], ['metadata', 'name']]
    : [['Type'], ...own.map((key) => ['Properties', key])];
}

/** What a kustomization loses with a line: the names in the objects of the file or folder that it lists. */
function lost(yard: Yard, { thing }: Mutation, value: unknown): string[] {
  const entries = (Array.isArray(value) ? value : [value]) as ({ path?: string } | string | undefined)[];
  const names = entries
    .map((entry) => (typeof entry === 'string' ? entry : entry?.path))
    .filter((name) => name !== undefined);
  const paths = names.map((name) => posix.join(posix.dirname(thing.file), name));
  const inside =
    thing.kind === 'Kustomization'
      ? yard.things.filter(({ file }) => paths.some((path) => file === path || file.startsWith(`${path}/`)))
      : [];
  return inside.flatMap((one) => [
    one.name,
    ...leaves(one.value)
      .filter((leaf) => /name$/i.test(String(leaf.path.at(-1))))
      .map((leaf) => String(leaf.value)),
  ]);
}

function namesIn(thing: Thing, value: unknown): string[] {
  const scalars = leaves(value)
    .map((leaf) => String(leaf.value))
    .filter((text) => text.length > 3 && text.length < 120 && !text.includes('\n'));
  return [thing.name, ...scalars];
}

/** A value and the parts of it that stand for themselves; of a text of several lines, the words of those that differ. */
function wordsOf(value: unknown, other: unknown): string[] {
  const text = String(value ?? '');
  if (!text.includes('\n')) {
    return text === '' ? [] : [text, ...text.split(/[:/]/).filter((part) => part.length > 5)];
  }
  const known = new Set(String(other ?? '').split('\n'));
  const lines = text.split('\n').filter((line) => !known.has(line));
  return lines.flatMap((line) => line.match(/[\w*.-]{4,}/g) ?? []);
}

function holds(text: string, word: string): boolean {
  return text === word || (word.length > 3 && text.includes(word));
}

function leaves(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) {
    return [{ path, value }];
  }
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

export type { Lines } from './locate';

import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { Files, Path, Yard } from './yard';

export interface Lines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

/** The lines of the block, or the item of a list, that a line is in. */
function blockAround(lines: readonly string[], at: number): [number, number] {
  const depth = (line = '') => (line.trim() === '' ? Number.POSITIVE_INFINITY : line.search(/\S/));
  const own = Math.min(depth(lines[at]), depth(lines[at - 1]));
  const opens = (index: number) =>
    depth(lines[index]) < own || (depth(lines[index]) === own && /^\s*- /.test(lines[index] ?? ''));
  let first = Math.min(at, lines.length - 1);
  while (first > 0 && !opens(first)) first -= 1;
  let last = at;
  while (last + 1 < lines.length && !opens(last + 1)) last += 1;
  return [first, Math.min(last + 1, lines.length - 1)];
}

interface Parsed {
  readonly documents: Document.Parsed[];
  readonly counter: LineCounter;
}

/** What was parsed of an environment's own files; a mutant changes one of them. */
const originals = new WeakMap<Yard, Map<string, Parsed>>();

/** Finds the lines of values in the texts of a mutant. */
export class Locator {
  private readonly changed = new Map<string, Parsed>();
  private readonly shared: Map<string, Parsed>;

  public constructor(
    private readonly files: Files,
    private readonly yard: Yard,
  ) {
    this.shared = originals.get(yard) ?? new Map();
    originals.set(yard, this.shared);
  }

  /** The lines from the value's key to its end; of the nearest value above where there is none. */
  public exact(file: string, index: number, path: Path): Lines[] {
    for (let length = path.length; length >= 0; length -= 1) {
      const found = this.node(file, index, path.slice(0, length));
      if (found) {
        const last = isScalar(found.node) || length === path.length ? found.end : found.start;
        return [this.lines(file, found.start, last)];
      }
    }
    return [];
  }

  /** The lines of a value; of a text of several lines, those that have one of the words. */
  public end(file: string, index: number, path: Path, words: readonly string[] = []): Lines[] {
    const found = this.node(file, index, path);
    if (!found || !isScalar(found.node) || !String(found.node.value).includes('\n') || this.isOnOneLine(file, found)) {
      // A reference is told by the map that it is, too.
      const map = this.node(file, index, path.slice(0, -1));
      const around = map && path.length > 1 ? [this.lines(file, map.start, map.end)] : [];
      return [...this.exact(file, index, path), ...around.filter(({ first, last }) => last - first < 6)];
    }
    const header = this.lines(file, found.start, found.start).first;
    return String(found.node.value)
      .split('\n')
      .flatMap((line, at) =>
        words.some((word) => line.includes(word)) ? [{ file, first: header + at + 1, last: header + at + 1 }] : [],
      );
  }

  /** The line of a text of several lines that differs, and the one before it, which a taken line has left. */
  public within(file: string, index: number, path: Path, line: number): Lines[] {
    const found = this.node(file, index, path);
    if (!found?.node.range) {
      return [];
    }
    const header = this.lines(file, found.node.range[0], found.node.range[0]).first;
    if (this.isOnOneLine(file, found)) {
      return [{ file, first: header, last: header }];
    }
    const [first, last] = blockAround(String((found.node as { value?: unknown }).value).split('\n'), line);
    return [{ file, first: header + first + 1, last: header + last + 1 }];
  }

  /** A text of several lines may be written in one, as JSON does. */
  private isOnOneLine(file: string, { node }: { node: Node }): boolean {
    const [start, end] = node.range ?? [0, 0, 0];
    const { first, last } = this.lines(file, start, end);
    return first === last;
  }

  /** The nearest maps around a value that a reader takes in at a glance, and the first line of its object. */
  public around(file: string, index: number, path: Path): Lines[] {
    const glance = 14;
    const maps = path.flatMap((_, length) => {
      const found = this.node(file, index, path.slice(0, length));
      return found && isMap(found.node) ? [this.lines(file, found.start, found.end)] : [];
    });
    // An item of a list is told by where it begins: a statement of a policy, a rule.
    const items = path.flatMap((key, length) => {
      const item = typeof key === 'number' ? this.node(file, index, path.slice(0, length + 1)) : undefined;
      return item && isMap(item.node) ? [this.lines(file, item.start, item.start)] : [];
    });
    return [
      ...this.exact(file, index, []).map((all) => ({ ...all, last: all.first })),
      ...maps.filter(({ first, last }) => last - first < glance),
      ...items,
    ];
  }

  /** The last document of a file. */
  public last(file: string): Lines[] {
    return this.exact(file, this.read(file).documents.length - 1, []);
  }

  /** The lines of the keys that lead to a path. */
  public keys(file: string, index: number, path: Path): Lines[] {
    return path.flatMap((_, length) => {
      const found = this.node(file, index, path.slice(0, length));
      return found ? [this.lines(file, found.start, found.start)] : [];
    });
  }

  private lines(file: string, start: number, end: number): Lines {
    const { counter } = this.read(file);
    return { file, first: counter.linePos(start).line, last: counter.linePos(Math.max(start, end - 1)).line };
  }

  private node(file: string, index: number, path: Path): { node: Node; start: number; end: number } | undefined {
    let node: unknown = this.read(file).documents[index]?.contents;
    let start: number | undefined;
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
        );
        start = (pair?.key as Node | undefined)?.range?.[0];
        node = pair?.value;
      } else if (isSeq(node)) {
        node = node.items[Number(key)];
        start = (node as Node | undefined)?.range?.[0];
      } else {
        return undefined;
      }
    }
    const range = (node as Node | null | undefined)?.range;
    return range ? { node: node as Node, start: start ?? range[0], end: range[1] } : undefined;
  }

  private read(file: string): Parsed {
    const known = this.files[file] === this.yard.files[file] ? this.shared : this.changed;
    const found = known.get(file);
    if (found) {
      return found;
    }
    const counter = new LineCounter();
    const documents = [...parseAllDocuments(this.files[file] ?? '', { lineCounter: counter })] as Document.Parsed[];
    const read = { documents, counter };
    known.set(file, read);
    return read;
  }
}

import type { CST } from 'yaml';
import type { Entry, MappedText, Node } from '../../text';
import type { Problem } from '../problem';
import { FlowReader } from './flow';
import { BRACE, BRACKET, DASH, GREATER, HASH, isEnd, isQuote, NEWLINE, PIPE, SPACE, TAB } from './letters';
import { LineScalars } from './line-scalars';
import { blockValue, duplicateKey, emptyNode, textNode } from './nodes';
import { MAX_DEPTH, OTHER, type Read } from './other';

export interface BlockReading {
  readonly documents: readonly Node[];
  readonly duplicates: readonly Problem[];
}

/**
 * The part of YAML that nearly every manifest is written in, many times as fast as a whole parser: block maps and
 * lists, scalars on one line, literal and folded blocks, flow collections on one line, comments. `undefined`: something
 * else is in the text (anchors, tags, line breaks inside scalars, faults of any kind), and a whole parser has to read it.
 *
 * What it gives is the same, place by place, as what the whole parser gives; test/read/yaml-block.test.ts compares them.
 */
export function readBlockYaml(text: MappedText): BlockReading | undefined {
  if (/[\r\ufeff]/.test(text.text)) return undefined;
  try {
    return new BlockReader(text).read();
  } catch (error) {
    if (error === OTHER) return undefined;
    throw error;
  }
}

class BlockReader {
  private readonly source: string;
  private readonly duplicates: Problem[] = [];
  /** Where the content of the line begins that is looked at, its column, and where the line itself begins. */
  private at = 0;
  private indent = 0;
  private line = 0;
  private depth = 0;
  private readonly scalars: LineScalars;
  private readonly flow: FlowReader;

  constructor(private readonly text: MappedText) {
    this.source = text.text;
    this.scalars = new LineScalars(text);
    this.flow = new FlowReader(text, this.scalars, this.duplicates);
  }

  read(): BlockReading {
    const documents: Node[] = [];
    this.toLine(0);
    if (this.source[this.at] === '%') throw OTHER;
    while (this.at < this.source.length) {
      if (this.indent >= 0) {
        documents.push(this.block(this.indent).node);
        if (this.indent >= 0) throw OTHER;
      } else {
        if (this.source[this.at] === '.') throw OTHER;
        this.toLine(this.restOf(this.at + 3));
      }
    }
    return { documents, duplicates: this.duplicates };
  }

  /** The next line from here on that says something. Marks of documents and the end of the text have no column. */
  private toLine(from: number): void {
    const { source } = this;
    for (let line = from; line < source.length; ) {
      let at = line;
      while (source.charCodeAt(at) === SPACE) at++;
      const code = source.charCodeAt(at);
      if (code === TAB) throw OTHER;
      if (code === NEWLINE) line = at + 1;
      else if (code === HASH) line = this.lineEnd(at) + 1;
      else if (at >= source.length) break;
      else {
        this.at = at;
        this.line = line;
        this.indent = at === line && this.isMark(at) ? -1 : at - line;
        return;
      }
    }
    this.at = source.length;
    this.indent = -1;
  }

  private isMark(at: number): boolean {
    return (
      (this.source.startsWith('---', at) || this.source.startsWith('...', at)) && isEnd(this.source.charCodeAt(at + 3))
    );
  }

  /** Where the next line begins, when nothing but a comment is left on this one. */
  private restOf(from: number): number {
    let at = from;
    while (this.source.charCodeAt(at) === SPACE) at++;
    const code = this.source.charCodeAt(at);
    if (code === HASH && at > from) return this.lineEnd(at) + 1;
    if (code === NEWLINE || at >= this.source.length) return at + 1;
    throw OTHER;
  }

  private lineEnd(at: number): number {
    const end = this.source.indexOf('\n', at);
    return end === -1 ? this.source.length : end;
  }

  private block(column: number): Read {
    return this.isItem(this.at) ? this.list(column) : this.map(column);
  }

  private isItem(at: number): boolean {
    return this.source.charCodeAt(at) === DASH && isEnd(this.source.charCodeAt(at + 1));
  }

  private list(column: number): Read {
    if (++this.depth > MAX_DEPTH) throw OTHER;
    const start = this.at;
    const items: Node[] = [];
    let end = start;
    do {
      const item = this.item(column);
      items.push(item.node);
      end = item.end;
    } while (this.indent === column && this.isItem(this.at));
    if (this.indent > column) throw OTHER;
    this.depth--;
    return { node: { kind: 'list', span: this.text.span(start, end), items }, end };
  }

  private item(column: number): Read {
    const at = this.content(this.at + 1);
    if (at === undefined) {
      if (this.indent <= column) throw OTHER;
      return this.block(this.indent);
    }
    const inner = at - this.line;
    if (!this.isItem(at) && this.scalars.keyEnd(at) === undefined) return this.value(at, column);
    this.at = at;
    this.indent = inner;
    return this.block(inner);
  }

  private map(column: number): Read {
    if (++this.depth > MAX_DEPTH) throw OTHER;
    const start = this.at;
    const entries = new Map<string, Entry>();
    let end = start;
    do {
      const from = this.at;
      const to = this.scalars.keyEnd(from);
      if (to === undefined) throw OTHER;
      const name = this.scalars.nameAt(from, to);
      const key = this.text.span(from, to);
      const value = this.entry(to + 1, column);
      const first = entries.get(name);
      if (first) this.duplicates.push(duplicateKey(name, first.key, key));
      entries.set(name, { key, value: value.node });
      end = value.end;
    } while (this.indent === column);
    if (this.indent > column) throw OTHER;
    this.depth--;
    return { node: { kind: 'map', span: this.text.span(start, end), entries }, end };
  }

  /** What follows a colon, on its line or below. */
  private entry(from: number, column: number): Read {
    const at = this.content(from);
    if (at !== undefined) return this.value(at, column);
    if (this.indent > column) return this.block(this.indent);
    if (this.indent === column && this.isItem(this.at)) return this.list(column);
    let end = from;
    while (this.source.charCodeAt(end) === SPACE) end++;
    return { node: emptyNode(this.text, end), end };
  }

  /** Where something stands on the rest of the line; `undefined`: nothing does, and the next line is looked at. */
  private content(from: number): number | undefined {
    let at = from;
    while (this.source.charCodeAt(at) === SPACE) at++;
    const code = this.source.charCodeAt(at);
    if (code === TAB) throw OTHER;
    if (code !== HASH && code !== NEWLINE && at < this.source.length) return at;
    this.toLine(this.restOf(from));
    return undefined;
  }

  /** A value that begins on the line of its key or dash. */
  private value(at: number, column: number): Read {
    const code = this.source.charCodeAt(at);
    if (code === PIPE || code === GREATER) return this.blockScalar(at, column);
    const read =
      code === BRACKET || code === BRACE
        ? this.flow.read(at)
        : isQuote(code)
          ? this.scalars.quoted(at)
          : this.scalars.plain(at);
    this.toLine(this.restOf(read.end));
    // What is indented more goes on with the scalar, or is a fault.
    if (this.indent > column) throw OTHER;
    return read;
  }

  private blockScalar(start: number, column: number): Read {
    const { source } = this;
    let at = start + 1;
    if (source.charCodeAt(at) === DASH) at++;
    const header = source.slice(start, at);
    const from = this.restOf(at);
    const end = this.blockEnd(from, column);
    const props: CST.SourceToken[] = [
      { type: 'block-scalar-header', offset: start, indent: column, source: header },
      { type: 'newline', offset: from - 1, indent: column, source: '\n' },
    ];
    const token = {
      type: 'block-scalar',
      offset: start,
      indent: column,
      props,
      source: source.slice(from, end),
    } as const;
    const value = blockValue(this.scalars.resolve(token), end, this.text);
    this.toLine(end);
    if (this.indent > column) throw OTHER;
    return { node: textNode(this.text, start, end, value, true), end };
  }

  /** Blocks are as far indented as their first line is. Empty lines at their end are no part of them. */
  private blockEnd(from: number, column: number): number {
    const { source } = this;
    let indent = -1;
    let end = -1;
    for (let line = from; line < source.length; ) {
      let at = line;
      while (source.charCodeAt(at) === SPACE) at++;
      const width = at - line;
      if (at >= source.length) {
        // Spaces that nothing ends.
        if (width > 0) throw OTHER;
        break;
      }
      const next = this.lineEnd(at) + 1;
      if (source.charCodeAt(at) !== NEWLINE) {
        if (indent === -1) {
          if (width <= column) break;
          indent = width;
        }
        if (width < indent) {
          if (source.charCodeAt(at) === TAB) throw OTHER;
          break;
        }
        end = next;
      } else if (indent !== -1 && width > indent) end = next;
      line = next;
    }
    if (end === -1) throw OTHER;
    return Math.min(end, source.length);
  }
}

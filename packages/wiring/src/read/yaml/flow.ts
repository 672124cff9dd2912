import type { Entry, MappedText, Node } from '../../text';
import type { Problem } from '../problem';
import {
  BRACE,
  BRACKET,
  CLOSING_BRACE,
  CLOSING_BRACKET,
  COLON,
  COMMA,
  HASH,
  INDICATORS,
  isQuote,
  NEWLINE,
  SPACE,
  TAB,
} from './letters';
import type { LineScalars } from './line-scalars';
import { duplicateKey } from './nodes';
import { MAX_DEPTH, OTHER, type Read } from './other';

/** Flow collections that stand on one line: `[a, "b"]`, `{c: d}`. */
export class FlowReader {
  private readonly source: string;
  private depth = 0;

  constructor(
    private readonly text: MappedText,
    private readonly scalars: LineScalars,
    private readonly duplicates: Problem[],
  ) {
    this.source = text.text;
  }

  read(start: number): Read {
    if (++this.depth > MAX_DEPTH) throw OTHER;
    const read = this.source.charCodeAt(start) === BRACKET ? this.flowList(start) : this.flowMap(start);
    this.depth--;
    return read;
  }

  private flowList(start: number): Read {
    const items: Node[] = [];
    let at = this.spaces(start + 1);
    while (this.source.charCodeAt(at) !== CLOSING_BRACKET) {
      const item = this.flowValue(at);
      items.push(item.node);
      at = this.afterItem(item.end, CLOSING_BRACKET);
    }
    return { node: { kind: 'list', span: this.text.span(start, at + 1), items }, end: at + 1 };
  }

  private flowMap(start: number): Read {
    const entries = new Map<string, Entry>();
    let at = this.spaces(start + 1);
    while (this.source.charCodeAt(at) !== CLOSING_BRACE) {
      const to = this.scalars.keyEnd(at);
      if (to === undefined) throw OTHER;
      const name = this.scalars.nameAt(at, to);
      // A key without quotes ends at these, too.
      if (to - at === name.length && /[,[\]{}]/.test(name)) throw OTHER;
      const key = this.text.span(at, to);
      const value = this.flowValue(this.spaces(to + 1));
      const first = entries.get(name);
      if (first) this.duplicates.push(duplicateKey(name, first.key, key));
      entries.set(name, { key, value: value.node });
      at = this.afterItem(value.end, CLOSING_BRACE);
    }
    return { node: { kind: 'map', span: this.text.span(start, at + 1), entries }, end: at + 1 };
  }

  private flowValue(at: number): Read {
    const code = this.source.charCodeAt(at);
    if (code === BRACKET || code === BRACE) return this.read(at);
    if (isQuote(code)) return this.scalars.quoted(at);
    if (INDICATORS.has(code) && !/^-[\w.]/.test(this.source.slice(at, at + 2))) throw OTHER;
    let end = at;
    for (let here = at; ; here++) {
      const letter = this.source.charCodeAt(here);
      if (letter === COMMA || letter === CLOSING_BRACKET || letter === CLOSING_BRACE) break;
      if (letter === SPACE) continue;
      if (letter === BRACKET || letter === BRACE || letter === NEWLINE || letter === TAB || letter === HASH)
        throw OTHER;
      if (letter === COLON && !/\w|\//.test(this.source.charAt(here + 1))) throw OTHER;
      if (here >= this.source.length) throw OTHER;
      end = here + 1;
    }
    return this.scalars.scalar(at, end);
  }

  private spaces(from: number): number {
    let at = from;
    while (this.source.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** Past the comma between two items, or at the bracket that closes. */
  private afterItem(from: number, closing: number): number {
    const at = this.spaces(from);
    const code = this.source.charCodeAt(at);
    if (code === closing) return at;
    if (code !== COMMA) throw OTHER;
    return this.spaces(at + 1);
  }
}

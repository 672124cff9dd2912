import { CST } from 'yaml';
import type { MappedText } from '../../text';
import {
  BACKSLASH,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  HASH,
  INDICATORS,
  isEnd,
  isQuote,
  NEWLINE,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './letters';
import { literalNode, resolved, textNode } from './nodes';
import { OTHER, type Read } from './other';

/** Keys and scalars that stand on one line. */
export class LineScalars {
  private readonly source: string;

  constructor(private readonly text: MappedText) {
    this.source = text.text;
  }

  /** Where the key that begins here ends, if it is one: a colon follows it, and a space or the end of the line that. */
  keyEnd(from: number): number | undefined {
    const { source } = this;
    const first = source.charCodeAt(from);
    if (isQuote(first)) {
      const end = this.quoteEnd(from);
      if (source.charCodeAt(end) !== COLON || !isEnd(source.charCodeAt(end + 1))) return undefined;
      if (source.slice(from + 1, end - 1).includes(first === DOUBLE_QUOTE ? '\\' : "'")) throw OTHER;
      return end;
    }
    if (INDICATORS.has(first) || source.startsWith('<<', from)) return undefined;
    for (let at = from; ; at++) {
      const code = source.charCodeAt(at);
      if (code === COLON && isEnd(source.charCodeAt(at + 1))) {
        if (source.charCodeAt(at - 1) === SPACE || at - from > 1000) throw OTHER;
        return at;
      }
      if (code === TAB) throw OTHER;
      if (code === NEWLINE || at >= source.length) return undefined;
      if (code === HASH && source.charCodeAt(at - 1) === SPACE) return undefined;
    }
  }

  /** A key as it is written, without its quotes. */
  nameAt(from: number, to: number): string {
    return isQuote(this.source.charCodeAt(from)) ? this.source.slice(from + 1, to - 1) : this.source.slice(from, to);
  }

  plain(from: number): Read {
    const { source } = this;
    if (INDICATORS.has(source.charCodeAt(from)) && !this.isSigned(from)) throw OTHER;
    let end = from;
    for (let at = from; at < source.length; at++) {
      const code = source.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === SPACE) continue;
      if (code === TAB || (code === COLON && isEnd(source.charCodeAt(at + 1)))) throw OTHER;
      if (code === HASH && source.charCodeAt(at - 1) === SPACE) break;
      end = at + 1;
    }
    return this.scalar(from, end);
  }

  /** `-1` and `-c` are scalars, `- c` is not. */
  private isSigned(at: number): boolean {
    return this.source.charCodeAt(at) === DASH && !isEnd(this.source.charCodeAt(at + 1));
  }

  scalar(start: number, end: number): Read {
    const value = resolved(this.source.slice(start, end));
    const node =
      typeof value === 'string'
        ? textNode(this.text, start, end, value, false)
        : literalNode(this.text, start, end, value);
    return { node, end };
  }

  quoted(start: number): Read {
    const end = this.quoteEnd(start);
    const inner = this.source.slice(start + 1, end - 1);
    const isDouble = this.source.charCodeAt(start) === DOUBLE_QUOTE;
    const value = isDouble ? this.unescaped(inner, start, end) : inner.replaceAll("''", "'");
    return { node: textNode(this.text, start, end, value, false), end };
  }

  private unescaped(inner: string, start: number, end: number): string {
    if (!inner.includes('\\')) return inner;
    const source = this.source.slice(start, end);
    return this.resolve({ type: 'double-quoted-scalar', offset: start, indent: 0, source });
  }

  /** One past the closing quote; both are on one line. */
  private quoteEnd(start: number): number {
    const { source } = this;
    const quote = source.charCodeAt(start);
    for (let at = start + 1; at < source.length; at++) {
      const code = source.charCodeAt(at);
      if (code === NEWLINE) throw OTHER;
      if (code === BACKSLASH && quote === DOUBLE_QUOTE) at++;
      else if (code === quote) {
        if (quote === DOUBLE_QUOTE || source.charCodeAt(at + 1) !== SINGLE_QUOTE) return at + 1;
        at++;
      }
    }
    throw OTHER;
  }

  /** The parser's own reading of one scalar. */
  resolve(token: CST.FlowScalar | CST.BlockScalar): string {
    const fail = () => {
      throw OTHER;
    };
    return CST.resolveAsScalar(token as CST.FlowScalar, true, fail).value;
  }
}

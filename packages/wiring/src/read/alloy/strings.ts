import type { MappedText, Span } from '../../text';
import { MappedText as Mapped } from '../../text';
import { escapeShape } from './lexer';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/**
 * The content of the string literal at `start` to `end` (with its quotes), each character with its place in the file.
 * The literal was checked by the lexer; what it refused is kept as written.
 */
export function stringContent(source: MappedText, start: number, end: number): MappedText {
  const { text } = source;
  const quote = text[start];
  const last = end - start > 1 && text[end - 1] === quote ? end - 1 : end;
  const pieces: { text: string; span: Span }[] = [];
  const add = (content: string, from: number, to: number) => {
    if (to > from) pieces.push({ text: content, span: source.span(from, to) });
  };
  let plain = start + 1;
  for (let at = start + 1; at < last; ) {
    const next = quote === '`' ? rawStop(text, at) : escapeStop(text, at);
    if (!next || next.at >= last) break;
    // A line break is a piece of its own: in a ConfigMap the next line starts behind its indentation.
    add(text.slice(plain, next.at), plain, next.at);
    add(next.content, next.at, next.end);
    at = next.end;
    plain = next.end;
  }
  add(text.slice(plain, last), plain, last);
  return Mapped.join(pieces, source.span(start + 1, last));
}

interface Stop {
  readonly at: number;
  readonly end: number;
  readonly content: string;
}

function rawStop(text: string, from: number): Stop | undefined {
  const found = /[\r\n]/g;
  found.lastIndex = from;
  const match = found.exec(text);
  return match ? { at: match.index, end: match.index + 1, content: match[0] === '\r' ? '' : '\n' } : undefined;
}

function escapeStop(text: string, from: number): Stop | undefined {
  const at = text.indexOf('\\', from);
  if (at === -1) return undefined;
  const first = text[at + 1] ?? '';
  const simple = SIMPLE[first];
  if (simple !== undefined) return { at, end: at + 2, content: simple };
  const shape = escapeShape(first);
  const digits = shape ? text.slice(at + 1 + shape.skip, at + 1 + shape.skip + shape.digits) : '';
  const code = shape ? Number.parseInt(digits, shape.base) : Number.NaN;
  if (!shape || Number.isNaN(code) || code > 0x10ffff) return { at, end: at + 1, content: '\\' };
  return { at, end: at + 1 + shape.skip + shape.digits, content: String.fromCodePoint(code) };
}

import { MappedText, type Span } from '../text';

interface Piece {
  readonly text: string;
  readonly span: Span;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The content of a double-quoted string on one line (JSON, or YAML without folding); its quotes at both ends. */
export function doubleQuotedText(text: MappedText, start: number, length: number): MappedText {
  const end = start + length - 1;
  const pieces: Piece[] = [];
  let from = start + 1;
  const flush = (to: number) => {
    if (to > from) pieces.push({ text: text.text.slice(from, to), span: text.span(from, to) });
  };
  for (let at = start + 1; at < end; ) {
    if (text.text[at] !== '\\') {
      at++;
      continue;
    }
    flush(at);
    const letter = text.text[at + 1];
    const hex = HEX_LENGTH[letter];
    const size = 2 + (hex ?? 0);
    const value = hex ? fromHex(text.text.slice(at + 2, at + size)) : (ESCAPES[letter] ?? letter);
    pieces.push({ text: value, span: text.span(at, at + size) });
    at += size;
    from = at;
  }
  flush(end);
  return MappedText.join(pieces, text.span(start, start + length));
}

function fromHex(digits: string): string {
  const code = Number.parseInt(digits, 16);
  return Number.isNaN(code) || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** The content of a plain or quoted scalar that the parser folded over lines is not followed: it maps as a whole. */
export function flowText(text: MappedText, start: number, end: number, value: string): MappedText {
  const raw = text.text.slice(start, end);
  if (raw === value) return text.slice(start, end);
  if (raw === `'${value}'`) {
    return MappedText.join([{ text: value, span: text.span(start + 1, end - 1) }], text.span(start, end));
  }
  if (raw.startsWith("'") && !raw.includes('\n')) return singleQuotedText(text, start, end);
  if (raw.startsWith('"') && !raw.includes('\n')) return doubleQuotedText(text, start, end - start);
  return MappedText.derived(value, text.span(start, end));
}

function singleQuotedText(text: MappedText, start: number, end: number): MappedText {
  const pieces: Piece[] = [];
  let at = start + 1;
  for (const part of text.text.slice(start + 1, end - 1).split("''")) {
    if (at > start + 1) {
      pieces.push({ text: "'", span: text.span(at, at + 2) });
      at += 2;
    }
    if (part !== '') pieces.push({ text: part, span: text.span(at, at + part.length) });
    at += part.length;
  }
  return MappedText.join(pieces, text.span(start, end));
}

/**
 * The content of a literal block (`|`), line by line, without its indentation. A folded block (`>`) keeps its lines in
 * order too, so it is followed as long as every line of the value is found in the file's line.
 */
export function blockText(text: MappedText, start: number, end: number, value: string): MappedText {
  const whole = text.span(start, end);
  let at = text.text.indexOf('\n', start) + 1;
  if (at === 0) return MappedText.derived(value, whole);
  const lines = value.split('\n');
  const indent = blockIndent(text.text, at, end, lines[0] ?? '');
  const pieces: Piece[] = [];
  for (let i = 0; i < lines.length; i++) {
    const last = i === lines.length - 1;
    if (last && lines[i] === '') break;
    const lineEnd = text.text.indexOf('\n', at) === -1 ? text.text.length : text.text.indexOf('\n', at);
    const raw = text.text.slice(at, lineEnd).replace(/\r$/, '');
    const from = Math.min(at + indent, at + raw.length);
    if (raw.slice(indent) !== lines[i]) return MappedText.derived(value, whole);
    const content = `${lines[i]}${last ? '' : '\n'}`;
    const crlf = text.text[lineEnd - 1] === '\r';
    if (crlf && !last) {
      pieces.push({ text: lines[i], span: text.span(from, from + lines[i].length) });
      pieces.push({ text: '\n', span: text.span(lineEnd - 1, lineEnd + 1) });
    } else pieces.push({ text: content, span: text.span(from, from + content.length) });
    at = lineEnd + 1;
  }
  return MappedText.join(pieces, whole);
}

function blockIndent(text: string, from: number, end: number, firstLine: string): number {
  const own = /^[ \t]*/.exec(firstLine)?.[0].length ?? 0;
  for (let at = from; at < end; at = text.indexOf('\n', at) + 1) {
    const spaces = /^[ ]*/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
    if (!/^[ ]*\r?(\n|$)/.test(text.slice(at, at + spaces + 2))) {
      // An explicit indentation indicator leaves some of the leading spaces in the value.
      return firstLine.trim() === '' ? spaces : spaces - own;
    }
    if (text.indexOf('\n', at) === -1) break;
  }
  return 0;
}

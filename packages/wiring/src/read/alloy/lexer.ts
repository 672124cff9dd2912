import type { Token, TokenKind } from './token';

/** A fault in the text, at offsets into it. */
export interface LexError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A comment; `start` and `end` include its marks. */
export interface CommentToken {
  readonly start: number;
  readonly end: number;
}

/** All tokens of a text, always ended by `eof`. Errors do not stop the lexer: the rest is read as well as possible. */
export interface LexResult {
  readonly tokens: readonly Token[];
  readonly comments: readonly CommentToken[];
  readonly errors: readonly LexError[];
}

const LETTER = /[\p{L}_]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{Nd}_]/u;
const KEYWORDS: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ['true', 'bool'],
  ['false', 'bool'],
  ['null', 'null'],
]);
/** After these a line break ends the statement; after anything else it is white space. */
const ENDS_STATEMENT: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'identifier',
  'number',
  'float',
  'string',
  'bool',
  'null',
  '}',
  ')',
  ']',
]);
const SINGLE: ReadonlySet<string> = new Set('+-*/%^{}()[],.');

/** Cuts Alloy text into tokens. Newline rules as in Go: a line break becomes a terminator only after a token that can end a statement. */
export function lex(text: string): LexResult {
  return new Lexer(text).run();
}

class Lexer {
  private readonly tokens: Token[] = [];
  private readonly comments: CommentToken[] = [];
  private readonly errors: LexError[] = [];
  private at = 0;
  /** Whether the next line break, or the end of the file, ends a statement. */
  private terminate = false;

  constructor(private readonly text: string) {}

  run(): LexResult {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    for (const { index, 0: character } of this.text.matchAll(/\0|(?!^)\ufeff/g)) {
      const what = character === '\0' ? 'the character NUL' : 'a byte order mark';
      this.fail(`${what} is not allowed here`, index, index + 1);
    }
    while (this.step());
    return { tokens: this.tokens, comments: this.comments, errors: this.errors };
  }

  /** Reads one token or comment; false at the end. */
  private step(): boolean {
    this.skipWhitespace();
    const start = this.at;
    if (start >= this.text.length) {
      if (this.terminate) this.push('terminator', start);
      this.push('eof', start);
      return false;
    }
    const character = this.character();
    if (character === '\n') {
      this.at++;
      this.push('terminator', start);
    } else if (LETTER.test(character)) this.identifier();
    else if (isDecimal(character) || (character === '.' && isDecimal(this.text[start + 1]))) this.number();
    else if (character === '"' || character === '`' || character === "'") this.string(character);
    else if (character === '/' && (this.text[start + 1] === '/' || this.text[start + 1] === '*')) this.comment();
    else this.operator(character);
    return true;
  }

  private push(kind: TokenKind, start: number): void {
    this.tokens.push({ kind, start, end: this.at });
    this.terminate = ENDS_STATEMENT.has(kind);
  }

  private fail(message: string, start: number, end: number = this.at): void {
    this.errors.push({ message, start, end: Math.max(end, start) });
  }

  /** The character here as a whole code point. */
  private character(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  private skipWhitespace(): void {
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at];
      if (character === ' ' || character === '\t' || character === '\r') continue;
      if (character === '\n' && !this.terminate) continue;
      return;
    }
  }

  private identifier(): void {
    const start = this.at;
    for (let next = this.character(); next !== '' && LETTER_OR_DIGIT.test(next); next = this.character()) {
      this.at += next.length;
    }
    this.push(KEYWORDS.get(this.text.slice(start, this.at)) ?? 'identifier', start);
  }

  private number(): void {
    const start = this.at;
    let kind: TokenKind = 'number';
    this.digits();
    if (this.text[this.at] === '.') {
      kind = 'float';
      this.at++;
      this.digits();
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      kind = 'float';
      this.at++;
      if (this.text[this.at] === '+' || this.text[this.at] === '-') this.at++;
      if (this.digits() === 0) this.fail('exponent has no digits', start);
    }
    this.push(kind, start);
  }

  private digits(): number {
    const start = this.at;
    while (isDecimal(this.text[this.at])) this.at++;
    return this.at - start;
  }

  private string(quote: string): void {
    const start = this.at;
    const raw = quote === '`';
    this.at++;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || (character === '\n' && !raw)) {
        this.fail('string literal is not terminated', start);
        break;
      }
      this.at++;
      if (character === quote) break;
      if (character === '\\' && !raw) this.escape();
    }
    if (quote === "'") {
      this.fail('strings are written with double quotes', start);
      this.tokens.push({ kind: 'illegal', start, end: this.at });
      this.terminate = true;
    } else this.push('string', start);
  }

  /** Checks one escape sequence; its backslash was read. */
  private escape(): void {
    const start = this.at - 1;
    const next = this.text[this.at] ?? '';
    if (next !== '' && 'abfnrtv\\"'.includes(next)) {
      this.at++;
      return;
    }
    const shape = escapeShape(next);
    if (!shape) {
      this.fail(`unknown escape sequence "\\${next === '\n' ? '' : next}"`, start, this.at + 1);
      return;
    }
    this.at += shape.skip;
    let code = 0;
    for (let i = 0; i < shape.digits; i++, this.at++) {
      const digit = Number.parseInt(this.text[this.at] ?? '', shape.base);
      if (Number.isNaN(digit)) {
        this.fail('escape sequence is too short', start, this.at);
        return;
      }
      code = code * shape.base + digit;
    }
    if (code > shape.max || (code >= 0xd800 && code < 0xe000)) {
      this.fail('escape sequence is not a valid Unicode code point', start);
    }
  }

  private comment(): void {
    const start = this.at;
    if (this.terminate && this.commentEndsLine()) {
      this.push('terminator', start);
      return;
    }
    if (this.text[start + 1] === '/') {
      const end = this.text.indexOf('\n', start);
      this.at = end === -1 ? this.text.length : end;
    } else {
      const end = this.text.indexOf('*/', start + 2);
      this.at = end === -1 ? this.text.length : end + 2;
      if (end === -1) this.fail('block comment is not terminated', start);
    }
    this.comments.push({ start, end: this.at });
    this.terminate = false;
  }

  /** Whether nothing but comments stands between here, the start of a comment, and the end of its line. */
  private commentEndsLine(): boolean {
    let at = this.at;
    while (this.text[at] === '/') {
      if (this.text[at + 1] === '/') return true;
      if (this.text[at + 1] !== '*') return false;
      const end = this.text.indexOf('*/', at + 2);
      if (end === -1 || this.text.slice(at, end).includes('\n')) return true;
      at = end + 2;
      while (this.text[at] === ' ' || this.text[at] === '\t' || this.text[at] === '\r') at++;
      if (at >= this.text.length || this.text[at] === '\n') return true;
    }
    return false;
  }

  private operator(character: string): void {
    const start = this.at;
    this.at += character.length;
    const doubled = this.text[this.at] === character;
    const assigned = this.text[this.at] === '=';
    if (character === '|' || character === '&') {
      if (doubled) this.at++;
      else this.fail(`missing second "${character}" in "${character}${character}"`, start);
      this.push(character === '|' ? '||' : '&&', start);
    } else if ('!=<>'.includes(character)) {
      if (assigned) this.at++;
      this.push((assigned ? `${character}=` : character) as TokenKind, start);
    } else if (SINGLE.has(character)) {
      this.push(character as TokenKind, start);
    } else {
      this.fail(`illegal character ${JSON.stringify(character)}`, start);
      this.tokens.push({ kind: 'illegal', start, end: this.at });
    }
  }
}

interface EscapeShape {
  readonly skip: number;
  readonly digits: number;
  readonly base: number;
  readonly max: number;
}

/** What follows a backslash and `first`: how many digits, in which base; undefined for an unknown escape. */
export function escapeShape(first: string): EscapeShape | undefined {
  if (first >= '0' && first <= '7') return { skip: 0, digits: 3, base: 8, max: 255 };
  if (first === 'x') return { skip: 1, digits: 2, base: 16, max: 255 };
  if (first === 'u') return { skip: 1, digits: 4, base: 16, max: 0x10ffff };
  if (first === 'U') return { skip: 1, digits: 8, base: 16, max: 0x10ffff };
  return undefined;
}

function isDecimal(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

import type { MappedText, Span } from '../../text';
import type { Problem } from '../problem';

/** Thrown inside of the reader only: what ends the reading of a query. */
export class Stop extends Error {
  constructor(
    readonly what: string,
    readonly span: Span,
    /** CloudWatch refuses it for certain; else this version just cannot read it. */
    readonly isCertain: boolean,
    readonly help?: string,
  ) {
    super(what);
  }

  problem(): Problem {
    const { what, span, help } = this;
    return { code: 'insights-syntax', message: what, span, ...(help && { help }) };
  }
}

export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const BLANK = /(?:\s+|#[^\n]*)*/y;
const PLACEHOLDER = String.raw`\$\{[^{}|\n]*\}|\[\[\w+\]\]`;
const WORD = new RegExp(String.raw`(?:[@A-Za-z_$]|${PLACEHOLDER})(?:[\w@$.]|${PLACEHOLDER})*`, 'y');
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+(?!\w))?[A-Za-z]*/y;
/** A slash inside of brackets ends nothing. */
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*\//y;
const PLAIN_REGEX = /\/(?:\\.|[^/\\\n])*\//y;

/** Reads the text of a query piece by piece; blanks and comments are passed over. */
export class Scanner {
  private at = 0;
  private last = 0;

  constructor(readonly text: MappedText) {}

  get offset(): number {
    this.skipBlank();
    return this.at;
  }

  /** Where the last piece ended. */
  get end(): number {
    return this.last;
  }

  get isAtEnd(): boolean {
    return this.offset >= this.text.text.length;
  }

  /** Nothing more of this command: a pipe, or the end. */
  get isAtStop(): boolean {
    return this.isAtEnd || this.isAtPipe;
  }

  get isAtPipe(): boolean {
    const { offset } = this;
    return this.text.text[offset] === '|' && this.text.text[offset + 1] !== '|';
  }

  /** Does this come next, letter by letter? */
  sees(symbol: string): boolean {
    return this.text.text.startsWith(symbol, this.offset);
  }

  /** Takes the symbol if it comes next. */
  takes(symbol: string): boolean {
    if (!this.sees(symbol)) return false;
    this.moveTo(this.at + symbol.length);
    return true;
  }

  /** The same, right behind the last piece. */
  continuesWith(symbol: string): boolean {
    return this.at === this.last && this.text.text.startsWith(symbol, this.at) && this.takes(symbol);
  }

  peekWord(): Piece | undefined {
    return this.match(WORD);
  }

  word(): Piece | undefined {
    return this.take(WORD);
  }

  number(): Piece | undefined {
    return this.take(NUMBER);
  }

  /** Takes one of the words, in any case, if it comes next. */
  keyword(...words: readonly string[]): string | undefined {
    const found = this.peekWord();
    const lower = found?.text.toLowerCase();
    if (!found || lower === undefined || !words.includes(lower)) return undefined;
    this.moveTo(found.end);
    return lower;
  }

  regex(): Piece | undefined {
    const found = this.take(REGEX) ?? this.take(PLAIN_REGEX);
    return found && { ...found, text: found.text.slice(1, -1) };
  }

  /** A text between quotation marks of the given kind, with what the marks mean taken out. */
  quoted(mark: string): Piece | undefined {
    if (!this.sees(mark)) return undefined;
    const { text } = this.text;
    const start = this.at;
    let value = '';
    for (let index = start + 1; index < text.length; index++) {
      const letter = text[index];
      if (letter === mark) {
        this.moveTo(index + 1);
        return { text: value, start, end: index + 1 };
      }
      if (letter === '\\' && mark !== '`' && index + 1 < text.length) {
        index++;
        value += text[index] === mark ? mark : `\\${text[index]}`;
      } else value += letter;
    }
    const isCertain = !text.slice(start).includes('\\') && !text.slice(start).includes('#');
    throw this.stop(`a ${mark} opens a text here that nothing closes`, start, start + 1, isCertain);
  }

  /** To the pipe that ends this command; pipes in texts do not. */
  skipCommand(): void {
    const { text } = this.text;
    while (!this.isAtEnd) {
      const letter = text[this.at];
      if (this.isAtPipe) return;
      if (letter === '"' || letter === "'" || letter === '`') this.quoted(letter);
      else this.moveTo(this.at + (letter === '|' ? 2 : 1));
    }
  }

  span(start: number, end: number = this.last): Span {
    return this.text.span(start, Math.max(end, start));
  }

  stop(what: string, start: number, end: number, isCertain: boolean, help?: string): Stop {
    return new Stop(what, this.span(start, end), isCertain, help);
  }

  private moveTo(offset: number): void {
    this.at = offset;
    this.last = offset;
  }

  private skipBlank(): void {
    BLANK.lastIndex = this.at;
    BLANK.exec(this.text.text);
    this.at = Math.max(this.at, BLANK.lastIndex);
  }

  private match(pattern: RegExp): Piece | undefined {
    const start = this.offset;
    pattern.lastIndex = start;
    const found = pattern.exec(this.text.text);
    return found ? { text: found[0], start, end: start + found[0].length } : undefined;
  }

  private take(pattern: RegExp): Piece | undefined {
    const found = this.match(pattern);
    if (found) this.moveTo(found.end);
    return found;
  }
}

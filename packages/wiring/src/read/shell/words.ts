import type { MappedText, Span } from '../../text';

/** A word of a command: its pieces, of which variables and substitutions are named and not yet known. */
export interface Word {
  readonly pieces: readonly Piece[];
  readonly span: Span;
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly start: number }
  | { readonly kind: 'variable'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'command'; readonly text: string; readonly start: number; readonly end: number };

export interface Command {
  readonly words: readonly Word[];
  readonly heredoc?: Heredoc;
  readonly span: Span;
}

export interface Heredoc {
  /** Where the text stands, from and to (exclusive). */
  readonly start: number;
  readonly end: number;
  /** The delimiter is not quoted, so that variables are filled in. */
  readonly isExpanded: boolean;
  /** The file that it is written to. */
  readonly file?: string;
}

/** Commands of a shell script, as far as one can tell without running it: words, quotes, continued lines, here-documents. */
export function commands(source: MappedText): readonly Command[] {
  return new Scanner(source).run();
}

const BREAK = /[\s;&|()<>]/;

class Scanner {
  private readonly text: string;
  private at = 0;
  private words: Word[] = [];
  private start = 0;
  private readonly found: Command[] = [];
  private waiting:
    | { readonly delimiter: string; readonly isExpanded: boolean; readonly words: Word[]; file?: string }
    | undefined;
  private file?: string;

  constructor(private readonly source: MappedText) {
    this.text = source.text;
  }

  run(): readonly Command[] {
    while (this.at < this.text.length) this.step();
    this.end();
    return this.found;
  }

  private step(): void {
    const letter = this.text[this.at];
    if (letter === '\n') {
      this.at++;
      if (this.waiting) this.heredoc();
      else this.end();
    } else if (letter === '\\' && this.text[this.at + 1] === '\n') this.at += 2;
    else if (letter === '#' && (this.at === 0 || /\s/.test(this.text[this.at - 1]))) this.skipLine();
    else if (this.text.startsWith('<<', this.at)) this.openHeredoc();
    else if (letter === '>') this.redirect();
    else if (/[;&|()<]/.test(letter)) {
      this.at++;
      if (!this.waiting) this.end();
    } else if (/\s/.test(letter)) this.at++;
    else this.word();
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  private end(heredoc?: Heredoc): void {
    if (this.words.length > 0) {
      const span = this.source.span(this.start, this.at);
      this.found.push({ words: this.words, span, ...(heredoc && { heredoc }) });
    }
    this.words = [];
    this.file = undefined;
  }

  private openHeredoc(): void {
    const found = /^<<-?\s*(["']?)([\w.-]+)\1/.exec(this.text.slice(this.at, this.at + 200));
    if (!found) {
      this.at += 2;
      return;
    }
    this.at += found[0].length;
    this.waiting = { delimiter: found[2], isExpanded: found[1] === '', words: this.words };
  }

  /** `> file`; the descriptors and appends of other redirections do not matter here. */
  private redirect(): void {
    const found = /^>>?\s*("?)([\w./${}-]+)\1/.exec(this.text.slice(this.at, this.at + 300));
    this.at += found ? found[0].length : 1;
    if (found) this.file = found[2];
  }

  private heredoc(): void {
    const { waiting, at: start } = this;
    if (!waiting) return;
    this.waiting = undefined;
    let from = start;
    while (from < this.text.length) {
      const end = this.text.indexOf('\n', from);
      const line = this.text.slice(from, end === -1 ? this.text.length : end);
      if (line.trim() === waiting.delimiter) break;
      from = end === -1 ? this.text.length : end + 1;
    }
    const [first, ...rest] = this.words;
    const tee =
      first && plain(first) === 'tee' ? rest.map(plain).find((word) => word && !word.startsWith('-')) : undefined;
    const file = this.file ?? tee;
    this.end({ start, end: from, isExpanded: waiting.isExpanded, ...(file && { file }) });
    this.at = from;
    this.skipLine();
  }

  private word(): void {
    const start = this.at;
    if (this.words.length === 0) this.start = start;
    const pieces: Piece[] = [];
    let text = '';
    let textAt = start;
    const flush = () => {
      if (text !== '') pieces.push({ kind: 'text', text, start: textAt });
      text = '';
    };
    let quote = '';
    while (this.at < this.text.length) {
      const letter = this.text[this.at];
      if (quote === '' && BREAK.test(letter)) break;
      if (quote === "'" ? letter === "'" : letter === '"' || (letter === "'" && quote === '')) {
        quote = quote === '' ? letter : '';
        this.at++;
      } else if (letter === '\\' && quote !== "'") {
        if (this.text[this.at + 1] !== '\n') text += this.text[this.at + 1] ?? '';
        this.at += 2;
      } else if ((letter === '$' || letter === '`') && quote !== "'") {
        flush();
        const piece = this.substitution();
        if (piece) pieces.push(piece);
        else text += letter;
      } else {
        if (text === '') textAt = this.at;
        text += letter;
        this.at++;
      }
    }
    flush();
    this.words.push({ pieces, span: this.source.span(start, this.at) });
  }

  private substitution(): Piece | undefined {
    const start = this.at;
    const rest = this.text.slice(start, start + 4000);
    const variable = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:[:#%/^,-][^}]*)?\})/.exec(rest);
    if (variable) {
      this.at += variable[0].length;
      return { kind: 'variable', name: variable[1] ?? variable[2], start, end: this.at };
    }
    if (rest.startsWith('`')) {
      const end = rest.indexOf('`', 1);
      this.at += end === -1 ? 1 : end + 1;
      return end === -1 ? undefined : { kind: 'command', text: rest.slice(1, end), start, end: this.at };
    }
    if (!rest.startsWith('$(')) {
      this.at++;
      return undefined;
    }
    let depth = 0;
    let end = 1;
    for (; end < rest.length; end++) {
      if (rest[end] === '(') depth++;
      else if (rest[end] === ')' && --depth === 0) break;
    }
    this.at += end + 1;
    return { kind: 'command', text: rest.slice(2, end), start, end: this.at };
  }
}

/** The text of a word that is nothing but text. */
export function plain(word: Word): string | undefined {
  if (!word.pieces.every(({ kind }) => kind === 'text')) return undefined;
  return word.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

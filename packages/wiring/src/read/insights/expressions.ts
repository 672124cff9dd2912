import { nearestName } from '../../text';
import type { Scanner } from './scanner';
import type { Doubt, Expression, Name } from './syntax';
import { FUNCTIONS } from './vocabulary';

const KEYWORDS = new Set(['and', 'or', 'like', 'in', 'as', 'by', 'asc', 'desc', 'into']);
/** No query that a person writes nests deeper. */
const MAX_DEPTH = 100;
const MAX_CHAIN = 500;

const COMPARISONS = ['!=', '<>', '<=', '>=', '==', '=~', '!~', '=', '<', '>'] as const;
/** Seen in queries, and not in the documentation. */
const UNSURE = new Set(['==', '<>', '!~']);

/** Expressions of Insights, by precedence: or, and, not, comparisons, + and -, * / and %, ^, signs. */
export class ExpressionReader {
  private depth = 0;

  constructor(
    private readonly scanner: Scanner,
    private readonly doubts: Doubt[],
  ) {}

  expression(): Expression {
    if (++this.depth > MAX_DEPTH) {
      const { offset } = this.scanner;
      throw this.scanner.stop('an expression that is nested this deep', offset, offset + 1, false);
    }
    const found = this.chain(['or'], () => this.chain(['and'], () => this.negation()));
    this.depth--;
    return found;
  }

  /** A field, a call or a variable, without an operator. */
  operand(): Expression {
    return this.primary();
  }

  /** A name that is given to something. */
  name(): Name {
    const { scanner } = this;
    const start = scanner.offset;
    const found = scanner.quoted('`') ?? scanner.word();
    if (found) return { text: found.text, span: scanner.span(found.start, found.end) };
    throw this.unexpected(start, 'a name');
  }

  private chain(words: readonly string[], next: () => Expression): Expression {
    let left = next();
    for (let count = 0; ; count++) {
      const operator = this.scanner.keyword(...words);
      if (operator === undefined) return left;
      this.limit(count);
      left = this.binary(operator, left, next());
    }
  }

  private negation(): Expression {
    const start = this.scanner.offset;
    if (this.scanner.keyword('not') === undefined) return this.comparison();
    if (++this.depth > MAX_DEPTH) throw this.scanner.stop('as many "not"', start, start + 3, false);
    const of = this.negation();
    this.depth--;
    return { kind: 'not', of, span: this.scanner.span(start) };
  }

  private comparison(): Expression {
    const { scanner } = this;
    const left = this.sum();
    const start = scanner.offset;
    const negated = scanner.keyword('not') !== undefined ? 'not ' : '';
    const word = scanner.keyword('like', 'in');
    if (word !== undefined) {
      const right = word === 'like' ? this.pattern() : this.sum();
      return this.binary(`${negated}${word}`, left, right);
    }
    if (negated) throw this.unexpected(scanner.offset, '"like" or "in" behind "not"');
    const operator = COMPARISONS.find((one) => scanner.takes(one));
    if (!operator) return left;
    if (UNSURE.has(operator)) {
      this.doubts.push({ what: `whether Insights takes ${operator}`, span: scanner.span(start) });
    }
    return this.binary(operator, left, operator.endsWith('~') ? this.pattern() : this.sum());
  }

  /** What stands behind `like`: an expression between slashes, or a text. */
  private pattern(): Expression {
    const found = this.scanner.regex();
    if (found) return { kind: 'regex', text: found.text, span: this.scanner.span(found.start, found.end) };
    return this.sum();
  }

  private sum(): Expression {
    return this.infix(['+', '-'], () => this.infix(['*', '/', '%'], () => this.infix(['^'], () => this.primary())));
  }

  private infix(operators: readonly string[], next: () => Expression): Expression {
    let left = next();
    for (let count = 0; ; count++) {
      const operator = operators.find((one) => this.scanner.takes(one));
      if (operator === undefined) return left;
      this.limit(count);
      left = this.binary(operator, left, next());
    }
  }

  /** Trees are gone through by recursion. */
  private limit(count: number): void {
    const { offset } = this.scanner;
    if (count > MAX_CHAIN) throw this.scanner.stop('an expression that is this long', offset, offset + 1, false);
  }

  private binary(operator: string, left: Expression, right: Expression): Expression {
    const span = { ...left.span, end: Math.max(left.span.end, right.span.end) };
    return { kind: 'binary', operator, left, right, span };
  }

  private primary(): Expression {
    const { scanner } = this;
    const start = scanner.offset;
    if (scanner.takes('(')) {
      const inner = this.expression();
      this.close(')', start);
      return inner;
    }
    if (scanner.takes('[')) {
      const items = this.items(']', start);
      return { kind: 'list', items, span: scanner.span(start) };
    }
    if (scanner.takes('-')) {
      if (++this.depth > MAX_DEPTH) throw scanner.stop('as many signs', start, start + 1, false);
      const of = this.primary();
      this.depth--;
      return { kind: 'minus', of, span: scanner.span(start) };
    }
    if (scanner.takes('*')) return { kind: 'star', text: '*', span: scanner.span(start) };
    const number = scanner.number();
    if (number) return { kind: 'number', text: number.text, span: scanner.span(start) };
    for (const mark of ['"', "'"]) {
      const text = scanner.quoted(mark);
      if (text) return { kind: 'text', text: text.text, span: scanner.span(start) };
    }
    const regex = scanner.sees('/') ? scanner.regex() : undefined;
    if (regex) return { kind: 'regex', text: regex.text, span: scanner.span(start) };
    return this.named(start);
  }

  private named(start: number): Expression {
    const { scanner } = this;
    const quoted = scanner.quoted('`');
    if (quoted) return { kind: 'field', name: quoted.text + this.steps(), span: scanner.span(start) };
    const word = scanner.peekWord();
    if (!word || KEYWORDS.has(word.text.toLowerCase())) throw this.unexpected(start, 'a value');
    scanner.word();
    if (scanner.takes('(')) return this.call(word.text, start, word.end);
    if (/[$[]/.test(word.text)) return { kind: 'variable', text: word.text, span: scanner.span(start) };
    return { kind: 'field', name: word.text + this.steps(), span: scanner.span(start) };
  }

  /** `[0]`, `["id"]` and `.id` behind a field, as dots. */
  private steps(): string {
    const { scanner } = this;
    let path = '';
    for (;;) {
      const start = scanner.end;
      const isBracket = scanner.continuesWith('[');
      if (!isBracket && !scanner.continuesWith('.')) return path;
      const step = isBracket
        ? (scanner.number() ?? scanner.quoted('"') ?? scanner.quoted("'"))
        : (scanner.word() ?? scanner.number());
      if (!step) throw this.unexpected(scanner.offset, 'a number or a key');
      if (isBracket) this.close(']', start);
      path += `.${step.text}`;
    }
  }

  private call(name: string, start: number, end: number): Expression {
    const { scanner } = this;
    if (!FUNCTIONS.has(name.toLowerCase())) {
      const meant = nearestName(name.toLowerCase(), FUNCTIONS, 5);
      if (meant) throw scanner.stop(`Insights has no function ${name}`, start, end, true, `is ${meant} meant?`);
      this.doubts.push({ what: `the function ${name}`, span: scanner.span(start, end) });
    }
    const items = this.items(')', end);
    return { kind: 'call', name: name.toLowerCase(), items, span: scanner.span(start) };
  }

  private items(end: string, start: number): readonly Expression[] {
    const { scanner } = this;
    if (scanner.takes(end)) return [];
    const items = [this.expression()];
    while (scanner.takes(',')) items.push(this.expression());
    this.close(end, start);
    return items;
  }

  private close(bracket: string, opened: number): void {
    const { scanner } = this;
    if (scanner.takes(bracket)) return;
    // Neither of these words stands inside of brackets.
    if (scanner.isAtStop || /^(?:by|as)$/i.test(scanner.peekWord()?.text ?? '')) {
      const open = bracket === ')' ? '(' : '[';
      throw scanner.stop(`a ${open} is opened here that nothing closes`, opened, opened + 1, true);
    }
    throw this.unexpected(scanner.offset, bracket);
  }

  /** What comes next is not what has to come; at the end of a command that is certain. */
  unexpected(start: number, wanted: string): Error {
    const { scanner } = this;
    if (scanner.isAtStop) {
      const from = Math.max(0, Math.min(start, scanner.text.text.length) - 1);
      return scanner.stop(`the command ends where ${wanted} has to stand`, from, from + 1, true);
    }
    const letter = scanner.text.text[scanner.offset];
    if (letter === ')' || letter === ']') {
      return scanner.stop(`a ${letter} stands where ${wanted} has to stand`, start, start + 1, letter === ')');
    }
    return scanner.stop(`what stands in place of ${wanted}`, start, start + 1, false);
  }
}

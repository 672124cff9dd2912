import type { MappedText, Span } from '../../text';
import type { Problem } from '../problem';
import { lex } from './lexer';
import { stringContent } from './strings';
import type { AlloyBlock, AlloyExpression, AlloyField, AlloyFile, AlloyLiteral, AlloyStatement } from './syntax';
import { nameOfToken, type Operator, PRECEDENCE, type Token, type TokenKind } from './token';

/** Blocks, brackets and operators may be nested this deep; no written configuration comes near. */
const MAX_DEPTH = 200;
const IDENTIFIER = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const STATEMENT_END: ReadonlySet<TokenKind> = new Set<TokenKind>(['terminator', ')', '}', ']', ',', 'eof']);

/**
 * Reads Alloy configuration text.
 *
 * Accepts and refuses what the parser of `github.com/grafana/alloy/syntax` does (names of components and arguments are
 * not its matter). Never throws: faults become problems with the code `alloy-syntax`, or `too-deep`.
 */
export function parseAlloy(text: MappedText): AlloyFile {
  return new Parser(text).file();
}

/** Thrown and caught in this file only: unwinds from a nesting that is too deep. */
class TooDeep extends Error {}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly problems: Problem[] = [];
  private readonly result: Omit<AlloyFile, 'body'>;
  private index = 0;
  private depth = 0;
  private lastFaultLine = -1;

  constructor(private readonly source: MappedText) {
    const { tokens, comments, errors } = lex(source.text);
    this.tokens = tokens;
    for (const { message, start, end } of errors) this.report(message, source.span(start, end));
    this.result = {
      comments: comments.map(({ start, end }) => ({
        text: source.text.slice(start, end),
        span: source.span(start, end),
      })),
      problems: this.problems,
    };
  }

  file(): AlloyFile {
    const body: AlloyStatement[] = [];
    try {
      this.body('eof', body);
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      const span = this.spanOf(this.token);
      this.problems.push({ code: 'too-deep', message: `nested deeper than ${MAX_DEPTH} levels`, span });
    }
    return { body, ...this.result };
  }

  private get token(): Token {
    return this.tokens[this.index];
  }

  private next(): Token {
    const { token } = this;
    if (token.kind !== 'eof') this.index++;
    return token;
  }

  private textOf(token: Token): string {
    return this.source.text.slice(token.start, token.end);
  }

  private spanOf(token: Token): Span {
    return this.source.span(token.start, token.end);
  }

  /** The span from `start` to the end of the token before this one. */
  private spanFrom(start: number): Span {
    return this.source.span(start, Math.max(start, this.tokens[Math.max(0, this.index - 1)].end));
  }

  private report(message: string, span: Span): void {
    this.problems.push({ code: 'alloy-syntax', message, span });
  }

  /** Reports at the current token, once per line: what follows a fault on its line is an echo of it. */
  private fault(message: string, token: Token = this.token): void {
    const span = this.spanOf(token);
    const { line } = span.source.position(span.start);
    if (line === this.lastFaultLine) return;
    this.lastFaultLine = line;
    this.report(message, span);
  }

  private expect(kind: TokenKind): Token {
    const { token } = this;
    if (token.kind !== kind) {
      this.fault(`expected ${nameOfToken(kind)}, got ${nameOfToken(token.kind)}`);
    }
    return this.next();
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new TooDeep();
    const result = read();
    this.depth--;
    return result;
  }

  private skipTo(stop: (kind: TokenKind) => boolean): void {
    while (this.token.kind !== 'eof' && !stop(this.token.kind)) this.next();
  }

  /** Skips the rest of a statement, with whatever brackets it opens. */
  private skipStatement(): void {
    let open = 0;
    for (; this.token.kind !== 'eof'; this.next()) {
      const { kind } = this.token;
      if (kind === '{' || kind === '[' || kind === '(') open++;
      else if (kind === '}' || kind === ']' || kind === ')') open--;
      else if (kind === 'terminator' && open <= 0) return;
    }
  }

  private body(until: '}' | 'eof', into: AlloyStatement[]): void {
    while (this.token.kind !== until && this.token.kind !== 'eof') {
      const statement = this.statement();
      if (statement) into.push(statement);
      if (this.token.kind === until) return;
      if (this.token.kind !== 'terminator') {
        this.fault(`expected ${nameOfToken('terminator')}, got ${nameOfToken(this.token.kind)}`);
        this.skipStatement();
      }
      this.next();
    }
  }

  private statement(): AlloyStatement | undefined {
    const first = this.token;
    if (first.kind !== 'identifier') {
      this.fault(`expected an identifier, got ${nameOfToken(first.kind)}`);
      this.skipTo((kind) => kind === 'identifier');
      return undefined;
    }
    const fragments = this.dottedName();
    const nameSpan = this.spanFrom(first.start);
    const label = this.label();
    if (this.token.kind === '=') {
      this.next();
      if (fragments.length > 1) this.report('the name of an attribute has no "." in it', nameSpan);
      else if (label) this.report('an attribute has no label', label.span);
      const value = this.expression();
      return { kind: 'attribute', name: fragments[0], nameSpan, value, span: this.spanFrom(first.start) };
    }
    if (this.token.kind === '{') return this.block(first, fragments, nameSpan, label);
    const plain = fragments.length === 1 && !label;
    this.fault(`expected ${plain ? '"=" or "{"' : '"{"'}, got ${nameOfToken(this.token.kind)}`);
    this.skipTo((kind) => kind === 'identifier');
    return undefined;
  }

  private dottedName(): string[] {
    const fragments = [this.textOf(this.next())];
    while (this.token.kind === '.') {
      this.next();
      fragments.push(this.textOf(this.expect('identifier')));
    }
    return fragments;
  }

  private label(): { readonly text: string; readonly span: Span } | undefined {
    if (this.token.kind === '=' || this.token.kind === '{') return undefined;
    if (this.token.kind !== 'string') {
      this.fault(`expected "=", "{" or a label in quotes, got ${nameOfToken(this.token.kind)}`);
      this.next();
      return undefined;
    }
    const token = this.next();
    const literal = this.textOf(token);
    if (!literal.startsWith('"')) this.fault('a label is written with double quotes', token);
    const text = literal.slice(1, -1);
    if (text !== '' && !IDENTIFIER.test(text)) {
      this.fault(`a label is an identifier (letters, digits and "_", no digit first), got ${literal}`, token);
    }
    return { text, span: this.spanOf(token) };
  }

  private block(
    first: Token,
    fragments: readonly string[],
    nameSpan: Span,
    label: { readonly text: string; readonly span: Span } | undefined,
  ): AlloyBlock {
    const body: AlloyStatement[] = [];
    this.next();
    this.nested(() => this.body('}', body));
    this.expect('}');
    return {
      kind: 'block',
      name: fragments.join('.'),
      nameSpan,
      ...(label && label.text !== '' && { label: label.text, labelSpan: label.span }),
      body,
      span: this.spanFrom(first.start),
    };
  }

  private expression(): AlloyExpression {
    return this.nested(() => this.binary(1));
  }

  private binary(lowest: number): AlloyExpression {
    const { start } = this.token;
    let left = this.power();
    for (;;) {
      const precedence = PRECEDENCE.get(this.token.kind) ?? 0;
      if (precedence < lowest) return left;
      const operator = this.next().kind as Operator;
      const right = this.binary(precedence + 1);
      left = { kind: 'binary', operator, left, right, span: this.spanFrom(start) };
    }
  }

  private power(): AlloyExpression {
    const { start } = this.token;
    const left = this.unary();
    if (this.token.kind !== '^') return left;
    this.next();
    const right = this.nested(() => this.power());
    return { kind: 'binary', operator: '^', left, right, span: this.spanFrom(start) };
  }

  private unary(): AlloyExpression {
    const { kind, start } = this.token;
    if (kind !== '!' && kind !== '-') return this.postfix();
    this.next();
    const value = this.nested(() => this.unary());
    return { kind: 'unary', operator: kind, value, span: this.spanFrom(start) };
  }

  private postfix(): AlloyExpression {
    const { start } = this.token;
    let value = this.primary();
    for (;;) {
      switch (this.token.kind) {
        case '.': {
          this.next();
          const name = this.expect('identifier');
          const nameSpan = this.spanOf(name);
          value = { kind: 'access', of: value, name: this.textOf(name), nameSpan, span: this.spanFrom(start) };
          break;
        }
        case '[': {
          this.next();
          const index = this.expression();
          this.expect(']');
          value = { kind: 'index', of: value, index, span: this.spanFrom(start) };
          break;
        }
        case '(': {
          this.next();
          const list = this.list(')', () => this.expression());
          this.expect(')');
          value = { kind: 'call', callee: value, arguments: list, span: this.spanFrom(start) };
          break;
        }
        case 'string':
        case '{':
          this.blockAsValue(start);
          return value;
        default:
          return value;
      }
    }
  }

  /** Somebody gave a block to an attribute (`rule = x { … }`): read past it, so that only this is reported. */
  private blockAsValue(start: number): void {
    if (this.token.kind === 'string') this.next();
    if (this.expect('{').kind === '{') {
      this.nested(() => this.body('}', []));
      if (this.expect('}').kind === '}') {
        this.report('a block cannot be the value of an attribute', this.spanFrom(start));
        return;
      }
    }
    this.skipStatement();
  }

  private primary(): AlloyExpression {
    const { token } = this;
    const { start } = token;
    switch (token.kind) {
      case 'identifier':
        this.next();
        return { kind: 'identifier', name: this.textOf(token), span: this.spanOf(token) };
      case 'string':
      case 'number':
      case 'float':
      case 'bool':
      case 'null':
        this.next();
        return this.literal(token);
      case '(': {
        this.next();
        const inner = this.expression();
        this.expect(')');
        return { ...inner, span: this.spanFrom(start) };
      }
      case '[': {
        this.next();
        const items = this.list(']', () => this.expression());
        this.expect(']');
        return { kind: 'array', items, span: this.spanFrom(start) };
      }
      case '{': {
        this.next();
        const fields = this.list('}', () => this.field());
        this.expect('}');
        return { kind: 'object', fields, span: this.spanFrom(start) };
      }
      default:
        this.fault(`expected a value, got ${nameOfToken(token.kind)}`);
        this.skipTo((kind) => STATEMENT_END.has(kind));
        return { kind: 'literal', value: null, span: this.spanOf(token) };
    }
  }

  private literal(token: Token): AlloyLiteral {
    const span = this.spanOf(token);
    const text = this.textOf(token);
    if (token.kind === 'string') {
      const content = stringContent(this.source, token.start, token.end);
      return { kind: 'literal', value: content.text, text: content, span };
    }
    if (token.kind === 'bool') return { kind: 'literal', value: text === 'true', span };
    return { kind: 'literal', value: token.kind === 'null' ? null : Number(text), span };
  }

  private list<T>(until: ')' | ']' | '}', item: () => T): T[] {
    const items: T[] = [];
    while (this.token.kind !== until && this.token.kind !== 'eof') {
      items.push(item());
      if (this.token.kind === until) break;
      if (this.token.kind !== ',') this.fault(`expected "," or "${until}", got ${nameOfToken(this.token.kind)}`);
      this.next();
    }
    return items;
  }

  private field(): AlloyField {
    const { token } = this;
    let name = '';
    if (token.kind === 'string') name = this.textOf(token).length > 2 ? this.textOf(token).slice(1, -1) : '';
    else if (token.kind === 'identifier') name = this.textOf(token);
    if (token.kind === 'string' || token.kind === 'identifier') this.next();
    else {
      this.fault(`expected the name of a field, got ${nameOfToken(token.kind)}`);
      this.skipTo((kind) => kind === '=');
    }
    this.expect('=');
    const value = this.expression();
    return { name, nameSpan: this.spanOf(token), value };
  }
}

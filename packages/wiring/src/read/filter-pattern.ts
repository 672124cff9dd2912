import type { MappedText } from '../text';
import type { Expression, InsightsQuery } from './insights';

/**
 * The pattern of a metric filter or subscription (Amazon CloudWatch Logs User Guide, "Filter pattern syntax"), read as the
 * condition that it is. Patterns of plain terms look at the text of an event, and need no field.
 */
export function readFilterPattern(text: MappedText): InsightsQuery {
  const span = text.span(0, text.text.length);
  if (!/^\s*\{[\s\S]*\}\s*$/.test(text.text)) return { commands: [], problems: [], doubts: [] };
  // CloudWatch takes 1,024 letters (API reference, PutMetricFilter).
  const condition = text.text.length > 2048 ? undefined : new PatternReader(text).read();
  if (condition) return { commands: [{ kind: 'filter', condition, span }], problems: [], doubts: [] };
  return { commands: [], problems: [], doubts: [{ what: `the pattern ${text.text.trim()}`, span }] };
}

const MAX_DEPTH = 50;
const SELECTOR = /\$((?:\.[\w@-]+|\[(?:\d+|\*|'[^']*'|"[^"]*")\])+)/y;
const OPERATOR = /!=|<=|>=|=|<|>|IS TRUE|IS FALSE|IS NULL|NOT EXISTS|EXISTS/iy;
const VALUE = /"(?:\\.|[^"\\])*"|%[^%]*%|[^\s(){}&|"]+/y;

class PatternReader {
  private at: number;
  private readonly end: number;
  private depth = 0;

  constructor(private readonly text: MappedText) {
    this.at = text.text.indexOf('{') + 1;
    this.end = text.text.lastIndexOf('}');
  }

  /** `undefined`: it is not in the form that this version knows. */
  read(): Expression | undefined {
    const found = this.chain('||', () => this.chain('&&', () => this.term()));
    return found && this.isAtEnd() ? found : undefined;
  }

  private chain(symbol: '||' | '&&', next: () => Expression | undefined): Expression | undefined {
    let left = next();
    while (left && this.takes(symbol)) {
      const right = next();
      if (!right) return undefined;
      const operator = symbol === '||' ? 'or' : 'and';
      left = { kind: 'binary', operator, left, right, span: { ...left.span, end: right.span.end } };
    }
    return left;
  }

  private term(): Expression | undefined {
    if (this.takes('(')) {
      if (++this.depth > MAX_DEPTH) return undefined;
      const inner = this.chain('||', () => this.chain('&&', () => this.term()));
      this.depth--;
      return inner && this.takes(')') ? inner : undefined;
    }
    const selector = this.match(SELECTOR);
    const operator = selector && this.match(OPERATOR)?.text.toUpperCase();
    if (!selector || operator === undefined) return undefined;
    const span = this.text.span(selector.start, selector.end);
    const field: Expression = { kind: 'field', name: nameOf(selector.text), span };
    if (operator === 'NOT EXISTS' || operator === 'IS NULL') return { kind: 'not', of: field, span };
    if (operator === 'EXISTS') return { kind: 'call', name: 'ispresent', items: [field], span };
    if (operator.startsWith('IS ')) return { ...field };
    const value = this.match(VALUE);
    if (!value) return undefined;
    const written = value.text.replace(/^"(.*)"$/s, '$1');
    const place = this.text.span(value.start, value.end);
    const isPlain = !/[*%]/.test(written);
    const right: Expression = { kind: isPlain ? 'text' : 'variable', text: written, span: place };
    return { kind: 'binary', operator, left: field, right, span: { ...span, end: place.end } };
  }

  private isAtEnd(): boolean {
    return this.text.text.slice(this.at, this.end).trim() === '';
  }

  private takes(symbol: string): boolean {
    this.skipBlank();
    if (!this.text.text.startsWith(symbol, this.at)) return false;
    this.at += symbol.length;
    return true;
  }

  private match(pattern: RegExp): { text: string; start: number; end: number } | undefined {
    this.skipBlank();
    const start = this.at;
    pattern.lastIndex = start;
    const found = pattern.exec(this.text.text);
    if (!found || start + found[0].length > this.end) return undefined;
    this.at = start + found[0].length;
    return { text: found[0], start, end: this.at };
  }

  private skipBlank(): void {
    while (this.at < this.end && /\s/.test(this.text.text[this.at])) this.at++;
  }
}

/** `$.a.b[0]` as Insights calls it: `a.b.0`. */
function nameOf(selector: string): string {
  return selector
    .slice(1)
    .replace(/\[(?:'([^']*)'|"([^"]*)"|(\d+|\*))\]/g, (_, one, other, index) => `.${one ?? other ?? index}`)
    .slice(1);
}

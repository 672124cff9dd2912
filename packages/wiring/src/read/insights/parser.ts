import { type MappedText, nearestName } from '../../text';
import type { Problem } from '../problem';
import { ExpressionReader } from './expressions';
import { Scanner, Stop } from './scanner';
import type { Command, Doubt, InsightsQuery, Item, Name } from './syntax';
import { COMMANDS, FOREIGN_COMMANDS, FOREIGN_OPERATORS } from './vocabulary';

/** What CloudWatch takes (API reference, StartQuery). */
const LONGEST = 10_000;

/**
 * Reads a query of CloudWatch Logs Insights with the place of each field. What CloudWatch certainly refuses is a problem;
 * what this version does not know is a doubt, and ends the reading, for the rest might mean anything.
 */
export function readInsights(text: MappedText): InsightsQuery {
  const commands: Command[] = [];
  const problems: Problem[] = [];
  const doubts: Doubt[] = [];
  if (text.text.length > LONGEST) {
    return { commands, problems, doubts: [{ what: `a question of ${text.text.length} letters`, span: text.whole }] };
  }
  try {
    new QueryReader(new Scanner(text), commands, doubts).read();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    if (error.isCertain && doubts.length === 0) problems.push(error.problem());
    else doubts.push({ what: error.what, span: error.span });
  }
  return { commands, problems, doubts };
}

class QueryReader {
  private readonly expressions: ExpressionReader;

  constructor(
    private readonly scanner: Scanner,
    private readonly commands: Command[],
    private readonly doubts: Doubt[],
  ) {
    this.expressions = new ExpressionReader(scanner, doubts);
  }

  read(): void {
    const { scanner } = this;
    do {
      const start = scanner.offset;
      if (scanner.isAtStop) throw scanner.stop('a command that is empty', start, start + 1, false);
      const command = this.command(start);
      this.commands.push(command);
      if (!scanner.isAtStop) this.leftover(command.kind !== 'filter');
    } while (scanner.takes('|'));
  }

  /** @param isListOnly no comparison is to be expected */
  private leftover(isListOnly: boolean): never {
    const { scanner } = this;
    const start = scanner.offset;
    if (scanner.sees(')')) throw scanner.stop('a ) closes what nothing opens', start, start + 1, true);
    const word = scanner.peekWord();
    const name = word?.text.toLowerCase();
    // Two commands with a line break between them, and no pipe.
    if (word && name !== undefined && COMMANDS.includes(name) && this.isNewLine(start)) {
      const help = 'commands stand between pipes: put a | before it';
      throw scanner.stop(`the command ${name} begins before the one above it is ended`, start, word.end, true, help);
    }
    const other = name === undefined ? undefined : lookUp(FOREIGN_OPERATORS, name);
    if (word && other !== undefined && !isListOnly) {
      throw scanner.stop(`Insights has no operator ${word.text}`, start, word.end, true, `write ${other}`);
    }
    throw scanner.stop('what stands behind the command', start, word?.end ?? start + 1, false);
  }

  private isNewLine(start: number): boolean {
    return /\n\s*$/.test(this.scanner.text.text.slice(0, start));
  }

  private command(start: number): Command {
    const { scanner } = this;
    const word = scanner.word();
    const name = word?.text.toLowerCase() ?? '';
    const span = scanner.span(start, word?.end ?? start + 1);
    switch (name) {
      case 'fields':
      case 'display':
      case 'dedup':
      case 'pattern':
        return { kind: name, items: this.items(), span };
      case 'filter':
      case 'filterindex':
        return { kind: 'filter', condition: this.expressions.expression(), span };
      case 'stats':
        return { kind: 'stats', items: this.items(), by: scanner.keyword('by') ? this.items() : [], span };
      case 'sort':
        scanner.keyword('by');
        return { kind: 'sort', items: this.items(), span };
      case 'limit':
      case 'head':
      case 'tail':
        this.count(name);
        return { kind: 'limit', span };
      case 'diff':
        scanner.skipCommand();
        return { kind: 'diff', span };
      case 'parse':
        return this.parse(span);
      case 'unnest':
        return this.unnest(span);
      case 'source':
        return this.source(span);
      default:
        return this.other(word?.text, start, span);
    }
  }

  private other(name: string | undefined, start: number, span: Command['span']): Command {
    const { scanner } = this;
    if (name === undefined || /[$[]/.test(name)) throw scanner.stop('a command', start, start + 1, false);
    const lower = name.toLowerCase();
    if (!COMMANDS.includes(lower)) {
      const meant = lookUp(FOREIGN_COMMANDS, lower) ?? nearestName(lower, COMMANDS);
      if (meant === undefined) throw scanner.stop(`the command ${name}`, start, start + name.length, false);
      throw scanner.stop(`Insights has no command ${name}`, start, start + name.length, true, `is ${meant} meant?`);
    }
    this.doubts.push({ what: `the command ${lower}`, span });
    scanner.skipCommand();
    return { kind: 'other', name: lower, span };
  }

  private items(): readonly Item[] {
    const { scanner, expressions } = this;
    const items: Item[] = [];
    do {
      const value = expressions.expression();
      const alias = scanner.keyword('as') ? expressions.name() : undefined;
      scanner.keyword('asc', 'desc');
      items.push({ value, ...(alias && { alias }) });
    } while (scanner.takes(','));
    return items;
  }

  private count(command: string): void {
    const { scanner } = this;
    const start = scanner.offset;
    const number = scanner.number();
    if (number) return;
    const word = scanner.word();
    if (word && /[$[]/.test(word.text)) return;
    throw scanner.stop(`${command} wants a number`, start, word?.end ?? start + 1, word !== undefined);
  }

  private parse(span: Command['span']): Command {
    const { scanner, expressions } = this;
    const isPattern = () => scanner.sees('"') || scanner.sees("'") || scanner.sees('/');
    const from = isPattern() ? undefined : expressions.operand();
    if (!isPattern()) throw expressions.unexpected(scanner.offset, 'a pattern');
    const pattern = expressions.operand();
    const groups: Name[] =
      pattern.kind === 'regex'
        ? [...pattern.text.matchAll(/\(\?P?<([A-Za-z]\w*)>/g)].map(([, text]) => ({ text, span: pattern.span }))
        : [];
    const given: Name[] = [];
    if (scanner.keyword('as')) {
      do given.push(expressions.name());
      while (scanner.takes(','));
    }
    if (pattern.kind === 'text') this.compareGlob(pattern.text, given, pattern.span);
    return { kind: 'parse', pattern, names: [...groups, ...given], span, ...(from && { from }) };
  }

  /** A name for each star. */
  private compareGlob(text: string, given: readonly Name[], span: Command['span']): void {
    const stars = text.split('*').length - 1;
    if (stars === given.length) return;
    this.doubts.push({ what: `a pattern with ${stars} stars and ${given.length} names`, span });
  }

  private unnest(span: Command['span']): Command {
    const of = this.expressions.operand();
    const into = this.scanner.keyword('into') ? this.expressions.name() : undefined;
    return { kind: 'unnest', of, span, ...(into && { into }) };
  }

  private source(span: Command['span']): Command {
    const { scanner } = this;
    // OpenSearch's PPL begins so: another language, which nobody said.
    if (scanner.sees('='))
      throw scanner.stop('a question in another language', scanner.offset, scanner.offset + 1, false);
    const groups: Name[] = [];
    do {
      const name = scanner.quoted('"') ?? scanner.quoted("'") ?? scanner.quoted('`');
      if (!name) break;
      groups.push({ text: name.text, span: scanner.span(name.start + 1, name.end - 1) });
    } while (scanner.takes(','));
    if (scanner.isAtStop && groups.length > 0) return { kind: 'source', groups, span };
    scanner.skipCommand();
    return { kind: 'source', span };
  }
}

function lookUp(table: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

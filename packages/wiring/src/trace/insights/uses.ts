import type { Command, Expression, Item } from '../../read/insights';
import type { Span } from '../../text';

/** A field that a question needs. */
export interface Use {
  readonly name: string;
  readonly span: Span;
  /** Without it: `column`, a column is empty; `value`, there is nothing to count, sort or take apart. */
  readonly how: 'column' | 'value';
}

/** Calls that are there for fields that may be absent. */
const GUARDS = new Set(['coalesce', 'ispresent', 'isempty', 'isblank', 'if', 'case']);

/** Fields in an expression that have to be there for it to mean something. */
export function fieldsIn(expression: Expression, how: Use['how'] = 'value'): readonly Use[] {
  switch (expression.kind) {
    case 'field':
      return [{ name: expression.name, span: expression.span, how }];
    case 'list':
      return expression.items.flatMap((item) => fieldsIn(item));
    case 'call':
      return GUARDS.has(expression.name) ? [] : expression.items.flatMap((item) => fieldsIn(item));
    case 'not':
    case 'minus':
      return fieldsIn(expression.of);
    case 'binary':
      return [...fieldsIn(expression.left), ...fieldsIn(expression.right)];
    default:
      return [];
  }
}

/** What a command reads, but for conditions. */
export function usesOf(command: Command): readonly Use[] {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return command.items.flatMap(({ value, alias }) => fieldsIn(value, alias ? 'value' : 'column'));
    case 'dedup':
    case 'pattern':
    case 'sort':
      return command.items.flatMap(({ value }) => fieldsIn(value));
    case 'stats':
      return [...command.items, ...command.by].flatMap(({ value }) => fieldsIn(value));
    case 'parse':
      return command.from ? fieldsIn(command.from) : [];
    case 'unnest':
      return fieldsIn(command.of);
    default:
      return [];
  }
}

/** Names that there are behind a command and that were not there before it. */
export function namesOf(command: Command): readonly string[] {
  const aliases = (items: readonly Item[]) => items.flatMap(({ alias }) => (alias ? [alias.text] : []));
  switch (command.kind) {
    case 'fields':
    case 'display':
      return aliases(command.items);
    case 'stats': {
      const groups = command.by.flatMap(({ value, alias }) => (!alias && value.kind === 'field' ? [value.name] : []));
      return [...aliases(command.items), ...aliases(command.by), ...groups];
    }
    case 'parse':
      return command.names.map(({ text }) => text);
    case 'unnest':
      return command.into ? [command.into.text] : [];
    default:
      return [];
  }
}

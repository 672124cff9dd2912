import type { Truth } from '../../model';
import { any } from '../../model';
import { type Field, type LogRecord, loosened, OPEN } from '../log-source/record';

/** Does Insights find a field of this name in an event? Keys of maps are joined by dots, and keys may have dots of their own. */
export function hasField(record: LogRecord, name: string): Truth {
  const truths: Truth[] = [];
  for (const [key, field] of record.fields) {
    if (name === key) truths.push(field.kind === 'text' || field.kind === 'content' ? 'yes' : 'unknown');
    else if (name.startsWith(`${key}.`)) truths.push(inside(field, name.slice(key.length + 1), record.isOpen));
  }
  const found = any(truths);
  return found === 'no' && record.isOpen && !isKnownMap(record, name) ? 'unknown' : found;
}

/** Text is not looked into: JSON in a text stays a text until jsonParse, unless a merge made a map of it. */
function inside(field: Field, rest: string, isOpen: boolean): Truth {
  if (field.kind === 'map') return hasField(field.record, rest);
  return field.kind === 'maybe' || isOpen ? 'unknown' : 'no';
}

/** The name leads into a map that a filter makes, of which all keys are known: what an application writes does not get there. */
function isKnownMap(record: LogRecord, name: string): boolean {
  return [...record.fields].some(([key, field]) => field.kind === 'map' && name.startsWith(`${key}.`));
}

/** Every field that is there for certain, as Insights names it. */
export function fieldNames(record: LogRecord, prefix = ''): readonly string[] {
  return [...record.fields].flatMap(([key, field]) => {
    const name = `${prefix}${key}`;
    if (field.kind === 'map') return fieldNames(field.record, `${name}.`);
    return field.kind === 'maybe' ? [] : [name];
  });
}

/** The field of this name, when it is there for certain. */
export function fieldAt(record: LogRecord, name: string): Field | undefined {
  for (const [key, field] of record.fields) {
    if (name === key) return field;
    if (name.startsWith(`${key}.`) && field.kind === 'map') {
      const found = fieldAt(field.record, name.slice(key.length + 1));
      if (found) return found;
    }
  }
  return undefined;
}

/**
 * Only one key of the record is sent (`log_key`): the application's text, of which fields are found when it is JSON. The
 * maps of the collector stay behind.
 */
export function onlyKey(record: LogRecord, key: string): LogRecord {
  const field = record.fields.get(key);
  if (field?.kind === 'map') return field.record;
  if (field?.kind !== 'content') return loosened(record);
  const emptied = [...record.fields].filter(([, one]) => one.kind === 'map');
  const nothing: Field = { kind: 'map', record: { fields: new Map(), isOpen: false } };
  return { ...OPEN, fields: new Map(emptied.map(([name]) => [name, nothing])) };
}

import { concat, type Data, type DataEntry, dataOf, known, type PolicyDocument, textOf, type Value } from '../../model';
import { MappedText, type Span } from '../../text';
import { readJson } from '../json';
import { readPolicy } from '../policy';

/** Letters of the private use area stand for values in a text that have none of their own yet. */
const FIRST = 0xe000;
const STAND_IN = /[\ue000-\uf8ff]/;

/** Text in which variables stand, with what they are. */
export interface Part {
  readonly value: Value;
  readonly span: Span;
}

/** A policy that a shell writes: JSON once its variables are filled in. */
export function policyOf(parts: readonly Part[], whole: Span, label: string): PolicyDocument | undefined {
  const values: Value[] = [];
  const pieces = parts.map(({ value, span }) => {
    const text = textOf(value);
    if (text !== undefined) return { text, span };
    values.push(value);
    return { text: String.fromCharCode(FIRST + values.length - 1), span };
  });
  const { value } = readJson(MappedText.join(pieces, whole));
  const document = value && readPolicy(filled(dataOf(value), values), label);
  if (!document) return undefined;
  // A condition on a key that is not known yet cannot be judged, nor can its statement.
  const statements = document.statements.map((statement) =>
    statement.conditions.some(({ key }) => STAND_IN.test(key))
      ? { ...statement, unreadable: 'a condition is on a key that a script fills in' }
      : statement,
  );
  return { ...document, statements };
}

function filled(data: Data, values: readonly Value[]): Data {
  switch (data.kind) {
    case 'list':
      return { ...data, items: data.items.map((item) => filled(item, values)) };
    case 'map': {
      const entries = new Map<string, DataEntry>();
      for (const [key, entry] of data.entries) entries.set(key, { ...entry, value: filled(entry.value, values) });
      return { ...data, entries };
    }
    case 'known':
      return typeof data.value === 'string' && STAND_IN.test(data.value)
        ? restored(data.value, values, data.span)
        : data;
    default:
      return data;
  }
}

function restored(text: string, values: readonly Value[], span: Span | undefined): Value {
  const parts = [...text].map((letter) => values[letter.charCodeAt(0) - FIRST] ?? known(letter));
  return concat(parts, span);
}

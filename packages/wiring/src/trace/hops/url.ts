import { concat, known, textOf, type Value } from '../../model';

/**
 * Matches a value against an expression although parts of it are symbols: each symbol stands as one letter of the
 * private use area, which `.` and `[^/]` take in and no literal does.
 */
export function matchValue(value: Value, pattern: RegExp): readonly Value[] | undefined {
  const parts = value.kind === 'concat' ? value.parts : [value];
  const symbols: Value[] = [];
  const text = parts
    .map((part) => {
      const literal = textOf(part);
      if (literal !== undefined) return literal;
      symbols.push(part);
      return String.fromCharCode(FIRST + symbols.length - 1);
    })
    .join('');
  const found = pattern.exec(text);
  return found?.slice(1).map((group) => restore(group ?? '', symbols));
}

const FIRST = 0xe000;

function restore(text: string, symbols: readonly Value[]): Value {
  const parts: Value[] = [];
  for (const char of text) {
    const at = char.charCodeAt(0) - FIRST;
    parts.push(at >= 0 && at < symbols.length ? symbols[at] : known(char));
  }
  return concat(parts);
}

import { invalid } from '../core/check';

/** What stands in a set; a bracket that comes first stands for itself. */
const SET = String.raw`\[(?:\^(?:%.|[^%])|(?!\^)(?:%.|[^%]))(?:%.|[^%\]])*\]`;
const CLASS = '%[^A-Za-z0-9]|%[acdlpsuwxzACDLPSUWXZ]';
const CHARACTER = String.raw`[^%[\]()^$*+?-]`;

/** A frontier, or a balanced pair, a class, a set or a character with how often it may come. */
const ITEM = new RegExp(`%f${SET}|%b..|(?:${CLASS}|${SET}|${CHARACTER})([*+?-]?)`, 'y');

/**
 * Returns the pattern, or throws: Lua finds a fault only when it gets to it, in the middle of a line, and an empty find would put a mask
 * between all characters.
 */
export function checkedLuaPattern(prop: string, pattern: string): string {
  const allowed = 'a pattern of Lua without captures, of 1 to 200 printable ASCII characters';
  if (!/^[ -~]{1,200}$/.test(pattern)) {
    throw invalid(prop, pattern, allowed, 'Write other characters as classes, such as %s or [^%w].');
  }
  const inner = pattern.replace(/^\^/, '').replace(/(?<!%)\$$/, '');
  let certain = 0;
  ITEM.lastIndex = 0;
  while (ITEM.lastIndex < inner.length) {
    const from = ITEM.lastIndex;
    const [text, often] = ITEM.exec(inner) ?? [];
    if (text === undefined) {
      throw invalid(
        prop,
        pattern,
        allowed,
        `Mend it from ${JSON.stringify(inner.slice(from))} on; a percent sign makes a character stand for itself: %( or %-.`,
      );
    }
    certain += text.startsWith('%f') || /^[*?-]$/.test(often ?? '') ? 0 : 1;
  }
  if (certain === 0) {
    throw invalid(prop, pattern, 'a pattern that never finds the empty text', 'Put + in place of *, - or ?.');
  }
  return pattern;
}

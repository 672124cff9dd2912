import { RE2JS } from 're2js';
import type { Matcher } from './syntax';

const compiled = new Map<string, RE2JS | undefined>();
/** Queries of one estate have few expressions; a hostile input may have many. */
const MAX_KEPT = 2000;

/** A regular expression of a matcher: RE2, anchored, `.` takes in line breaks. `undefined`: it does not compile. */
export function labelRegex(pattern: string): RE2JS | undefined {
  if (!compiled.has(pattern)) {
    if (compiled.size > MAX_KEPT) compiled.clear();
    compiled.set(pattern, compile(pattern));
  }
  return compiled.get(pattern);
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(`^(?s:${pattern})$`);
  } catch {
    return undefined;
  }
}

/** Does a matcher take a value? An absent label has the empty one. What does not compile takes none. */
export function takesValue({ op, value }: Pick<Matcher, 'op' | 'value'>, text: string): boolean {
  switch (op) {
    case '=':
      return text === value;
    case '!=':
      return text !== value;
    case '=~':
      return labelRegex(value)?.test(text) ?? false;
    case '!~':
      return labelRegex(value)?.test(text) === false;
  }
}

import { type CST, Parser } from 'yaml';

/**
 * Where a YAML text is nested deeper than `limit`, if it is. The composer of the parser recurses and would end the
 * stack, at worst inside V8 itself, which ends the process: so depth is measured before, without recursion.
 */
export function tooDeepAt(text: string, limit: number): number | undefined {
  const suspicious = firstDeep(text, limit);
  if (suspicious === undefined) return undefined;
  try {
    for (const token of new Parser().parse(text)) {
      const found = deepToken(token, limit);
      if (found !== undefined) return found;
    }
    return undefined;
  } catch (error) {
    // The parser itself closes what is open by recursion; thousands of dashes in one line are too much for it.
    if (error instanceof RangeError) return suspicious;
    throw error;
  }
}

/** Cheap and never too low: no nesting is deeper than brackets that are open, or than a line's indentation and dashes. */
function firstDeep(text: string, limit: number): number | undefined {
  let open = 0;
  let lead = 0;
  let leading = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === NEWLINE) {
      lead = 0;
      leading = true;
    } else if (leading && (code === SPACE || code === DASH || code === QUESTION)) {
      if (++lead > limit) return i;
    } else {
      leading = false;
      if (code === BRACKET || code === BRACE) {
        if (++open > limit) return i;
      } else if ((code === CLOSING_BRACKET || code === CLOSING_BRACE) && open > 0) open--;
    }
  }
  return undefined;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DASH = 0x2d;
const QUESTION = 0x3f;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

function deepToken(root: CST.Token, limit: number): number | undefined {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > limit) return token.offset;
    for (const child of childrenOf(token)) waiting.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if ('items' in token) return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child != null));
  return token.type === 'document' && token.value ? [token.value] : [];
}

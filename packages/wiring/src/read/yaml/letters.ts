export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const SINGLE_QUOTE = 0x27;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const BRACKET = 0x5b;
export const CLOSING_BRACKET = 0x5d;
export const BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;
export const PIPE = 0x7c;
export const GREATER = 0x3e;
/** No plain scalar of ours begins with one of these. */
export const INDICATORS = new Set([...'-?:,[]{}#&*!|>\'"%@` \t\n'].map((letter) => letter.charCodeAt(0)));

export function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}

/** A space, the end of a line or of the text. */
export function isEnd(code: number): boolean {
  return code === SPACE || code === NEWLINE || Number.isNaN(code);
}

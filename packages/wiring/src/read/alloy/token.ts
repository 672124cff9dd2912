/** Kinds of token of the Alloy syntax. Operators and brackets are named by their text. */
export type TokenKind =
  | 'eof'
  | 'terminator'
  | 'illegal'
  | 'identifier'
  | 'number'
  | 'float'
  | 'string'
  | 'bool'
  | 'null'
  | Operator
  | '='
  | '!'
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.';

/** The binary operators. */
export type Operator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^';

/** One token; `start` inclusive and `end` exclusive are offsets into the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** How tightly a binary operator binds; a higher number binds tighter. `^` is the only one that is right-associative. */
export const PRECEDENCE: ReadonlyMap<TokenKind, number> = new Map<TokenKind, number>([
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['<', 3],
  ['<=', 3],
  ['>', 3],
  ['>=', 3],
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['%', 5],
  ['^', 6],
]);

const NAMES: ReadonlyMap<TokenKind, string> = new Map<TokenKind, string>([
  ['eof', 'end of file'],
  ['terminator', 'end of line'],
  ['illegal', 'an illegal character'],
  ['identifier', 'an identifier'],
  ['number', 'a number'],
  ['float', 'a number'],
  ['string', 'a string'],
  ['bool', 'a boolean'],
  ['null', 'null'],
]);

/** How messages name a token: in words, or the text of the operator in quotes. */
export function nameOfToken(kind: TokenKind): string {
  return NAMES.get(kind) ?? `"${kind}"`;
}

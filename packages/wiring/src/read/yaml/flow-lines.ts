import { CST, Lexer } from 'yaml';

/**
 * The text with its flow collections on one line each, where lines inside their brackets are indented too little; as
 * long as before, so that every place stays. `undefined`: there is none. The specification asks for the indentation
 * (YAML 1.2.2, 7.4), but libyaml, and so Go, Python and CloudFormation, never did, and people close brackets where
 * they like.
 */
export function straightened(text: string): string | undefined {
  let before = '';
  for (let from = 0; ; ) {
    const start = leftEarly(text, from);
    if (start === undefined) return before === '' ? undefined : before + text.slice(from);
    const line = onOneLine(text, start);
    if (line === undefined) return undefined;
    before += text.slice(from, start) + line;
    from = start + line.length;
  }
}

/** Where the first flow collection begins whose lines are indented too little. */
function leftEarly(text: string, from: number): number | undefined {
  const opened: number[] = [];
  let at = from;
  let isScalar = false;
  for (const token of new Lexer().lex(text.slice(from))) {
    if (isScalar) isScalar = false;
    else if (token === CST.FLOW_END) return opened[0];
    else if (token === CST.SCALAR) {
      isScalar = true;
      continue;
    } else if (token === CST.DOCUMENT) continue;
    else if (token === '[' || token === '{') opened.push(at);
    else if (token === ']' || token === '}') opened.pop();
    at += token.length;
  }
  return undefined;
}

/** Quoted scalars, indicators, what is no content, and words. */
const PIECE =
  /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^']*(?:''[^']*)*'|[[\]{},]|(?:\s|(?<=\s)#.*)+|[^\s[\]{},"'][^\s[\]{},]*/y;

/** Line breaks and comments become spaces. `undefined`: it is never closed, or a scalar goes on over lines. */
function onOneLine(text: string, start: number): string | undefined {
  let line = '';
  let last = '';
  let depth = 0;
  PIECE.lastIndex = start;
  for (let found = PIECE.exec(text); found; found = PIECE.exec(text)) {
    const [piece] = found;
    if (/^[\s#]/.test(piece)) {
      const isBetween = /[[{,:]$/.test(last) || /[,\]}]/.test(text.charAt(PIECE.lastIndex));
      if (!isBetween && /[\r\n]/.test(piece)) return undefined;
      line += ' '.repeat(piece.length);
      continue;
    }
    // A document ends here, whatever is open.
    if (/^(?:---|\.\.\.)$/.test(piece) && text.charAt(found.index - 1) === '\n') return undefined;
    line += piece;
    last = piece;
    if (piece === '[' || piece === '{') depth++;
    else if ((piece === ']' || piece === '}') && --depth === 0) return line;
  }
  return undefined;
}

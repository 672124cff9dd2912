import { CST, Lexer } from 'yaml';
import { MappedText } from '../../text';

/** Brackets and quotes further to the right than this are nobody's that writes by hand. */
const MAX_COLUMN = 1000;

/**
 * The text with every line inside brackets and quotes indented as far as they are, where some are indented too little;
 * `undefined` where none is. The specification asks for the indentation (YAML 1.2.2, 7.3 and 7.4), but libyaml, and so
 * Go, Python and CloudFormation, never did: people close brackets where they like, and `kubectl kustomize` itself folds
 * quoted text at the column of its key.
 */
export function indented(text: MappedText): MappedText | undefined {
  const source = text.text;
  const pieces: Piece[] = [];
  const keep = (from: number, to: number) => {
    if (to > from) pieces.push({ text: source.slice(from, to), span: text.span(from, to) });
  };
  let from = 0;
  for (let start = leftEarly(source, 0); start !== undefined; start = leftEarly(source, from)) {
    const end = endOf(source, start);
    const column = start - source.lastIndexOf('\n', start) - 1;
    if (end === undefined || column > MAX_COLUMN) return undefined;
    for (let line = source.indexOf('\n', start); line !== -1 && line < end; line = source.indexOf('\n', line + 1)) {
      keep(from, line + 1);
      from = line + 1;
      pieces.push({ text: ' '.repeat(column + 1), span: text.span(from, from) });
    }
    keep(from, end);
    from = end;
  }
  if (from === 0) return undefined;
  keep(from, source.length);
  return MappedText.join(pieces, text.whole);
}

type Piece = Parameters<typeof MappedText.join>[0][number];

/** Where the first flow collection or quoted scalar begins whose lines are indented too little. */
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
    else if (isUnended(token)) return opened[0] ?? at;
    at += token.length;
  }
  return undefined;
}

const QUOTED = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^']*(?:''[^']*)*'/y;

function isUnended(token: string): boolean {
  if (!/^["']/.test(token)) return false;
  QUOTED.lastIndex = 0;
  return QUOTED.exec(token)?.[0] !== token;
}

/** Quoted scalars, indicators, comments, space, and words. */
const PIECE = new RegExp(`${QUOTED.source}|[[\\]{},]|(?<=\\s)#.*|\\s+|[^\\s[\\]{},"'][^\\s[\\]{},]*`, 'y');

/** One past what closes it. `undefined`: nothing does, in its document. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  PIECE.lastIndex = start;
  for (let found = PIECE.exec(text); found; found = PIECE.exec(text)) {
    const [piece] = found;
    if (/^(?:---|\.\.\.)$/.test(piece) && text.charAt(found.index - 1) === '\n') return undefined;
    if (/^["'].*\n(?:---|\.\.\.)\s/s.test(piece)) return undefined;
    if (piece === '[' || piece === '{') depth++;
    else if (piece === ']' || piece === '}') depth--;
    if (depth === 0) return PIECE.lastIndex;
  }
  return undefined;
}

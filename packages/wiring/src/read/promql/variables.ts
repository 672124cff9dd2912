/** A Grafana variable in a text: `$name`, `${name}`, `${name:format}`, `[[name]]`. */
export interface Variable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const VARIABLE = /\$\{([\w.]+)(?:\.[\w.]+)?(?::[^}]*)?\}|\$(\w+)|\[\[([\w.]+)(?::\w+)?\]\]/g;

/** A value that only the deployment knows, in a text that is made of parts (read/embedded.ts). */
export const EMBEDDED = /\$\{(sightline_\d+)\}/g;

export function variablesIn(text: string, form: RegExp = VARIABLE): readonly Variable[] {
  return [...text.matchAll(form)].map((found) => ({
    name: found[1] ?? found[2] ?? found[3],
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** Where strings and comments stand, so that nothing in them is taken for syntax. */
function quotedUntil(text: string, at: number): number {
  const quote = text[at];
  if (quote === '#') {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (quote !== '"' && quote !== "'" && quote !== '`') return at;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote !== '`') i++;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

/**
 * The text with something of the same length, and of the right kind, in the place of each variable outside strings: a
 * length of time inside brackets and after `offset`, a name anywhere else. Positions stay what they were.
 */
export function withoutVariables(text: string, variables: readonly Variable[]): string {
  if (variables.length === 0) return text;
  const starts = new Map(variables.map((variable) => [variable.start, variable]));
  let out = '';
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const variable = starts.get(at);
    if (variable) {
      out += standIn(text, variable, depth > 0 || /\boffset\s*-?\s*$/.test(out.slice(-20)));
      at = variable.end;
      continue;
    }
    const end = quotedUntil(text, at);
    if (end > at) {
      out += text.slice(at, end);
      at = end;
      continue;
    }
    if (text[at] === '[') depth++;
    else if (text[at] === ']') depth--;
    out += text[at++];
  }
  return out;
}

function standIn(text: string, { start, end }: Variable, isTime: boolean): string {
  const length = end - start;
  if (isTime) {
    // `[${n}m]` has its unit already; `[$__interval:]` has none.
    const hasUnit = /^(?:[smhdwy]|ms)\b/.test(text.slice(end, end + 3));
    return hasUnit ? '1'.padStart(length, '0') : '1s'.padStart(length, '0');
  }
  return `_${text.slice(start + 1, end).replace(/\W/g, '_')}`;
}

const LONE_POINT = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*)|(?<![\w.:])(\d[\d_]*)\.(?![\w.])/g;

/** Prometheus takes numbers that end in a point (`5.`), the grammar of its editor does not. */
export function withoutLonePoints(text: string): string {
  return text.replace(LONE_POINT, (whole, quoted: string | undefined, digits: string) =>
    quoted === undefined ? `${digits} ` : whole,
  );
}

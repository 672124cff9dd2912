/** The content of a string of PromQL, as Go unquotes it; `undefined`: it is none. */
export function unquote(raw: string): string | undefined {
  const quote = raw[0];
  if (raw.length < 2 || raw[raw.length - 1] !== quote) return undefined;
  const inner = raw.slice(1, -1);
  if (quote === '`') return inner;
  if (inner.includes('\n')) return undefined;
  if (!inner.includes('\\')) return inner;
  let out = '';
  for (let at = 0; at < inner.length; ) {
    if (inner[at] !== '\\') {
      out += inner[at++];
      continue;
    }
    const found = ESCAPE.exec(inner.slice(at, at + 10));
    if (!found) return undefined;
    const [whole, simple, hex, octal] = found;
    const text = simple
      ? SIMPLE[simple]
      : character(hex ? Number.parseInt(hex.slice(1), 16) : Number.parseInt(octal, 8));
    if (text === undefined || (simple && `'"\``.includes(simple) && simple !== quote)) return undefined;
    out += text;
    at += whole.length;
  }
  return out;
}

const ESCAPE = /^\\(?:([abfnrtv\\'"])|(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|([0-3][0-7]{2}))/;
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function character(code: number): string | undefined {
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

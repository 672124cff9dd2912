import { RE2JS } from 're2js';

/** An expression of Fluent Bit (Onigmo, Ruby's syntax), tried in linear time; what RE2 does not know stays open. */
export interface LogRegex {
  /** The first match anywhere in the text. */
  readonly search: (text: string) => { readonly named: ReadonlyMap<string, string> } | undefined;
  /** Does it match, and more than nothing, from the first letter on? */
  readonly atStart: (text: string) => boolean;
}

const compiled = new Map<string, LogRegex | undefined>();
const MAX_KEPT = 1000;

/** `undefined`: not an expression that can be judged here. */
export function logRegex(pattern: string): LogRegex | undefined {
  if (!compiled.has(pattern)) {
    if (compiled.size > MAX_KEPT) compiled.clear();
    compiled.set(pattern, compile(pattern));
  }
  return compiled.get(pattern);
}

/** `/…/im`: slashes around it are taken off, letters behind them are options (Fluent Bit, src/flb_regex.c). */
function unwrap(pattern: string): { readonly text: string; readonly flags: string } {
  const [, inside, letters] = /^\/(.*)\/([imox]*)$/s.exec(pattern) ?? [];
  if (inside === undefined) return { text: pattern, flags: '' };
  // Ruby's m lets a dot match line breaks.
  return { text: inside, flags: letters.replace('m', 's').replace(/[ox]/g, '') };
}

function compile(pattern: string): LogRegex | undefined {
  const { text, flags } = unwrap(pattern);
  if (/\[[^\]]*\\h/.test(text)) return undefined;
  // In Ruby ^ and $ stand at every line; \h is a hexadecimal digit, and \Z and \z are ends of the text.
  const translated = text.replace(/\\([\s\S])/g, (whole, letter) => {
    if (letter === 'h') return '[0-9a-fA-F]';
    return letter === 'Z' ? '\\z' : /[<>/"'#:=@!~`%&,; -]/.test(letter) ? letter.replace(/[-]/, '\\-') : whole;
  });
  try {
    const search = RE2JS.compile(`(?m${flags})${translated}`);
    const start = RE2JS.compile(`(?m${flags})\\A(?:${translated})`);
    const names = Object.entries(search.namedGroups());
    return {
      search: (subject) => {
        const matcher = search.matcher(subject);
        if (!matcher.find()) return undefined;
        return { named: new Map(names.flatMap(([name, index]) => group(name, matcher.group(index)))) };
      },
      atStart: (subject) => {
        const matcher = start.matcher(subject);
        return matcher.find() && (matcher.group(0) ?? '') !== '';
      },
    };
  } catch {
    return undefined;
  }
}

function group(name: string, value: string | null): readonly (readonly [string, string])[] {
  return value === null ? [] : [[name, value]];
}

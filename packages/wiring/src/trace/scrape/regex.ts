import { RE2JS } from 're2js';

/** A regular expression of a relabelling rule: RE2, and fully anchored, as Prometheus and Alloy compile it. */
export interface RelabelRegex {
  /** The groups of a match, the whole of it first; `undefined` when the text does not match. */
  readonly match: (text: string) => Groups | undefined;
}

export interface Groups {
  readonly named: ReadonlyMap<string, string>;
  readonly numbered: readonly string[];
}

const compiled = new Map<string, RelabelRegex | undefined>();
/** A report about a large estate meets few expressions; a hostile input may have many. */
const MAX_KEPT = 2000;

/** `undefined`: RE2 refuses the expression. */
export function relabelRegex(pattern: string): RelabelRegex | undefined {
  if (!compiled.has(pattern)) {
    if (compiled.size > MAX_KEPT) compiled.clear();
    compiled.set(pattern, compile(pattern));
  }
  return compiled.get(pattern);
}

function compile(pattern: string): RelabelRegex | undefined {
  try {
    const re = RE2JS.compile(`^(?s:${pattern})$`);
    const names = Object.entries(re.namedGroups());
    return {
      match: kept((text) => {
        const matcher = re.matcher(text);
        if (!matcher.find()) return undefined;
        const group = (index: number) => matcher.group(index) ?? '';
        const numbered = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => group(index));
        return { numbered, named: new Map(names.map(([name, index]) => [name, group(index)])) };
      }),
    };
  } catch {
    return undefined;
  }
}

/** Pods of one cluster are much alike: the same few values are asked for again and again. */
function kept(match: RelabelRegex['match']): RelabelRegex['match'] {
  const seen = new Map<string, Groups | undefined>();
  return (text) => {
    if (!seen.has(text)) {
      if (seen.size > MAX_KEPT) seen.clear();
      seen.set(text, match(text));
    }
    return seen.get(text);
  };
}

/** Go's Expand: `$1`, `${1}`, `$name`, `${name}`, `$$`; a name is as long as it can be, and an unknown one is empty. */
export function expand(template: string, { named, numbered }: Groups): string {
  return template.replace(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, dollar, plain, braced) => {
    if (dollar) return '$';
    const name: string = plain ?? braced;
    return /^(?:0|[1-9]\d{0,7})$/.test(name) ? (numbered[Number(name)] ?? '') : (named.get(name) ?? '');
  });
}

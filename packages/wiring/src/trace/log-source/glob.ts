import { any, concat, known, matches, type Truth, textOf, type Value } from '../../model';

/** More alternatives than this are not worth the telling apart. */
const MAX_ALTERNATIVES = 64;

/** Does glob(3) find the path? Its wild-cards stop at slashes. */
export function globFinds(pattern: Value, path: Value): Truth {
  const wanted = segments(pattern);
  const there = segments(path);
  if (wanted.length !== there.length) return 'no';
  let result: Truth = 'yes';
  for (const [index, one] of wanted.entries()) {
    const truth = fits(one, there[index]);
    if (truth === 'no' || isHidden(one, there[index])) return 'no';
    if (truth === 'unknown') result = 'unknown';
  }
  return result;
}

/** Does fnmatch(3) without flags match the path? Its `*` goes through slashes. */
export function fnmatches(pattern: Value, path: Value): Truth {
  return fits(pattern, path);
}

/** No wild-card finds the dot that a hidden file begins with. */
function isHidden(pattern: Value, name: Value): boolean {
  const begin = (value: Value) => textOf(value.kind === 'concat' ? value.parts[0] : value) ?? '';
  return begin(name).startsWith('.') && /^[*?[]/.test(begin(pattern));
}

const split = new WeakMap<Value, readonly Value[]>();

/** A value between its slashes; symbols in names of files have none. Each pattern is tried on every file, and back. */
function segments(path: Value): readonly Value[] {
  const known = split.get(path) ?? segmentsOf(path);
  split.set(path, known);
  return known;
}

function segmentsOf(path: Value): readonly Value[] {
  const out: Value[][] = [[]];
  for (const part of path.kind === 'concat' ? path.parts : [path]) {
    const text = textOf(part);
    if (text === undefined) {
      out[out.length - 1].push(part);
      continue;
    }
    const [first, ...rest] = text.split('/');
    out[out.length - 1].push(known(first));
    for (const one of rest) out.push([known(one)]);
  }
  return out.map((parts) => concat(parts));
}

function fits(pattern: Value, subject: Value): Truth {
  const text = textOf(pattern);
  if (text === undefined) return matches(pattern, subject, { wildcards: true });
  return any(
    alternatives(text).map(({ pattern: one, isExact }) => {
      const truth = matches(known(one), subject, { wildcards: true });
      return isExact || truth === 'no' ? truth : 'unknown';
    }),
  );
}

interface Alternative {
  readonly pattern: string;
  readonly isExact: boolean;
}

/** `a[bc]` as `ab` and `ac`; a class that is left out or large is taken for any one letter, and no more than a maybe. */
function alternatives(pattern: string): readonly Alternative[] {
  if (!/[\\[]/.test(pattern)) return [{ pattern, isExact: true }];
  let rows: readonly Alternative[] = [{ pattern: '', isExact: true }];
  let from = 0;
  const add = (text: string) => {
    rows = rows.map((row) => ({ ...row, pattern: row.pattern + text }));
  };
  for (const found of pattern.matchAll(/\\.|\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]/g)) {
    add(pattern.slice(from, found.index));
    from = found.index + found[0].length;
    const letters = found[1] === '' && found[2] !== undefined ? lettersOf(found[2]) : undefined;
    if (found[0].startsWith('\\') && !/[*?]/.test(found[0])) add(found[0].slice(1));
    else if (letters && letters.length * rows.length <= MAX_ALTERNATIVES) {
      rows = rows.flatMap((row) => letters.map((letter) => ({ ...row, pattern: row.pattern + letter })));
    } else {
      add('?');
      rows = rows.map(({ pattern: one }) => ({ pattern: one, isExact: false }));
    }
  }
  add(pattern.slice(from));
  return rows;
}

/** `a-c1` as its letters; `undefined` for classes by name and ranges that are no letters or digits. */
function lettersOf(inside: string): readonly string[] | undefined {
  if (/[[\\*?]/.test(inside)) return undefined;
  const letters: string[] = [];
  for (const [, from, to, single] of inside.matchAll(/([a-z0-9])-([a-z0-9])|(.)/gi)) {
    if (single !== undefined) letters.push(single);
    else for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) letters.push(String.fromCharCode(code));
  }
  return letters;
}

import { any, type Truth } from './truth';
import { type Literal, textOf, type Value } from './value';

export interface MatchOptions {
  /** `*` and `?` in the known parts of the pattern stand for any text and any character; `star`: only `*` does. */
  readonly wildcards?: boolean | 'star';
  readonly ignoreCase?: boolean;
  /**
   * What a literal in the pattern is to an id that is generated when the resource is made (attribute `generated`).
   * Nobody can know such an id before, so where a literal stands for it the caller may settle on `no`.
   */
  readonly literalForGenerated?: 'no';
}

/** Stand for a `*` and a `?` that are no wildcards; in no script and no font, and so in no name. */
const PLAIN = { '*': '\uf8f0', '?': '\uf8f1' } as const;

/** The text for a pattern with wildcards in which it shall mean nothing but itself. */
export function literally(text: string): string {
  return text.replaceAll('*', PLAIN['*']).replaceAll('?', PLAIN['?']);
}

function same(wanted: string, got: string): boolean {
  return wanted === got || (got in PLAIN && wanted === PLAIN[got as keyof typeof PLAIN]);
}

/** Are the two the same text? Symbols are equal to themselves; a symbol against a literal stays open. */
export function equal(a: Value, b: Value, options: Pick<MatchOptions, 'ignoreCase'> = {}): Truth {
  const left = textOf(a);
  const right = textOf(b);
  if (left !== undefined && right !== undefined) return fold(left, options) === fold(right, options) ? 'yes' : 'no';
  return matches(a, b, options);
}

/** Does `subject` fit `pattern`? A wildcard takes in symbols and what is unknown: `…/workspace/*` fits any id. */
export function matches(pattern: Value, subject: Value, options: MatchOptions = {}): Truth {
  const patterns = alternatives(pattern);
  const subjects = alternatives(subject);
  const truths = patterns.flatMap((p) => subjects.map((s) => matchOne(p, s, options)));
  const [first] = truths;
  return truths.every((truth) => truth === first) ? first : 'unknown';
}

type Token = { readonly kind: 'char'; readonly char: string } | { readonly kind: 'any' | 'one' } | Opaque;

/** A value whose text nobody knows yet, but perhaps its form and the letters that can stand in it. */
interface Opaque {
  readonly kind: 'opaque';
  readonly id?: string;
  readonly form?: RegExp;
  readonly letters?: RegExp;
  readonly generated: boolean;
}

/** More alternatives than this say nothing useful any more. */
const MAX_ALTERNATIVES = 64;

/** A value with choices in it, as the list of values that it may be. */
export function alternatives(value: Value): readonly Value[] {
  if (value.kind === 'oneOf') {
    const found: Value[] = [];
    // Choices of choices may be more than can be counted.
    for (const choice of value.choices) if (found.length < MAX_ALTERNATIVES) found.push(...alternatives(choice));
    return found.slice(0, MAX_ALTERNATIVES);
  }
  if (value.kind !== 'concat' || !value.parts.some((p) => p.kind === 'oneOf')) return [value];
  let rows: Value[][] = [[]];
  for (const part of value.parts) {
    const choices = alternatives(part);
    rows = rows.flatMap((row) => choices.map((choice) => [...row, choice])).slice(0, MAX_ALTERNATIVES);
  }
  return rows.map((parts) => ({ kind: 'concat', parts }));
}

function matchOne(pattern: Value, subject: Value, options: MatchOptions): Truth {
  const [literalPattern, literalSubject] = [textOf(pattern), textOf(subject)];
  if (literalPattern !== undefined && literalSubject !== undefined) {
    return matchText(fold(literalPattern, options), fold(literalSubject, options), options) ? 'yes' : 'no';
  }
  const whole = tokens(pattern, options, options.wildcards ?? false);
  const got = tokens(subject, options, false);
  const ends = sameEnds(whole, got);
  if (!ends) return 'no';
  const p = whole.slice(ends.before, whole.length - ends.behind);
  const s = got.slice(ends.before, got.length - ends.behind);
  const opaque = [...p, ...s].filter(({ kind }) => kind === 'opaque').length;
  return p.length + s.length > MAX_TOKENS || opaque > MAX_OPAQUE ? 'unknown' : compareTokens(p, s, options);
}

/** No name, ARN or address is so long; and each step over a letter takes the stack. */
const MAX_TOKENS = 3000;
/** Each may stand for any run of letters; so many in one value leave nothing to compare. */
const MAX_OPAQUE = 50;

/** How many letters agree at both ends; `undefined` when two there do not. */
function sameEnds(p: readonly Token[], s: readonly Token[]): { before: number; behind: number } | undefined {
  const most = Math.min(p.length, s.length);
  let before = 0;
  let behind = 0;
  for (; before < most; before++) {
    const truth = sameLetter(p[before], s[before]);
    if (truth === 'no') return undefined;
    if (truth === 'unknown') break;
  }
  for (; behind < most; behind++) {
    const truth = sameLetter(p[p.length - 1 - behind], s[s.length - 1 - behind]);
    if (truth === 'no') return undefined;
    if (truth === 'unknown') break;
  }
  return { before, behind: Math.min(behind, most - before) };
}

function sameLetter(want: Token, got: Token): Truth {
  if (got.kind !== 'char' || want.kind === 'any' || want.kind === 'opaque') return 'unknown';
  return want.kind === 'one' || ('char' in want && same(want.char, got.char)) ? 'yes' : 'no';
}

function compareTokens(p: readonly Token[], s: readonly Token[], options: MatchOptions): Truth {
  const memo = new Map<number, Truth>();
  const step = (i: number, j: number): Truth => {
    const at = i * (s.length + 1) + j;
    const seen = memo.get(at);
    if (seen) return seen;
    const truth = compare(i, j);
    memo.set(at, truth);
    return truth;
  };
  const compare = (i: number, j: number): Truth => {
    const want = p[i];
    const got = s[j];
    if (!want) return !got ? 'yes' : rest(s, j);
    if (want.kind === 'any') return any(got ? [step(i + 1, j), step(i, j + 1)] : [step(i + 1, j)]);
    if (!got) return rest(p, i);
    if (want.kind === 'opaque' && got.kind === 'opaque' && want.id !== undefined && want.id === got.id) {
      return step(i + 1, j + 1);
    }
    if (want.kind === 'opaque') return opaqueAgainst(want, s, j, (to) => step(i + 1, to));
    if (got.kind === 'opaque') {
      if (got.generated && options.literalForGenerated === 'no') return 'no';
      return opaqueAgainst(got, p, i, (to) => step(to, j + 1));
    }
    if (want.kind === 'one' || (got.kind === 'char' && want.kind === 'char' && same(want.char, got.char))) {
      return step(i + 1, j + 1);
    }
    return 'no';
  };
  return step(0, 0);
}

/** Both sides are text: the usual case, and the quick one. On a mismatch the last `*` takes one letter more. */
function matchText(pattern: string, subject: string, { wildcards = false }: MatchOptions): boolean {
  if (!wildcards) return pattern === subject;
  const one = wildcards === 'star' ? undefined : '?';
  let [p, s, star, mark] = [0, 0, -1, 0];
  while (s < subject.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = s;
    } else if (p < pattern.length && (pattern[p] === one || same(pattern[p], subject[s]))) {
      p++;
      s++;
    } else if (star !== -1) {
      p = star + 1;
      s = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** The other side is at its end: what is left here must be empty. */
function rest(left: readonly Token[], from: number): Truth {
  const remaining = left.slice(from);
  if (remaining.every((t) => t.kind === 'any')) return 'yes';
  return remaining.every((t) => t.kind === 'any' || (t.kind === 'opaque' && !t.form)) ? 'unknown' : 'no';
}

/** The opaque token may stand for any run of the other side that it could be; never more than a maybe. */
function opaqueAgainst(opaque: Opaque, other: readonly Token[], from: number, then: (to: number) => Truth): Truth {
  for (let to = from; to <= other.length; to++) {
    if (mayBe(opaque, other, from, to) && then(to) !== 'no') return 'unknown';
    const next = other[to];
    // A letter that cannot stand in it ends every longer run as well.
    if (next?.kind === 'char' && opaque.letters?.test(next.char) === false) return 'no';
  }
  return 'no';
}

function mayBe({ form }: Opaque, other: readonly Token[], from: number, to: number): boolean {
  const run = other.slice(from, to);
  // Beside or around a `*` only a part of it has to be found in the run, so that its form says nothing.
  const loose = other[from - 1]?.kind === 'any' || other[to]?.kind === 'any' || run.some(({ kind }) => kind !== 'char');
  return !form || loose || form.test(run.map((token) => (token.kind === 'char' ? token.char : '')).join(''));
}

const ANY: Token = { kind: 'any' };
const ONE: Token = { kind: 'one' };
const letters = new Map<string, Token>();
const expressions = new Map<string, RegExp>();

/** One token for each letter, however often it stands somewhere. */
function letter(char: string): Token {
  const known = letters.get(char) ?? { kind: 'char', char };
  letters.set(char, known);
  return known;
}

/** There are as many forms as kinds of symbols. */
function expression(source: string): RegExp {
  const known = expressions.get(source) ?? new RegExp(source);
  expressions.set(source, known);
  return known;
}

function tokens(value: Value, options: MatchOptions, wildcards: boolean | 'star'): readonly Token[] {
  if (value.kind === 'concat') return value.parts.flatMap((part) => tokens(part, options, wildcards));
  if (value.kind === 'known') {
    return [...fold(literal(value.value), options)].map((char) => {
      if (wildcards && char === '*') return ANY;
      if (wildcards === true && char === '?') return ONE;
      return letter(char);
    });
  }
  if (value.kind !== 'symbol') return [{ kind: 'opaque', generated: false }];
  const form = textOf(value.attributes?.form);
  const inside = textOf(value.attributes?.letters);
  return [
    {
      kind: 'opaque',
      id: `${value.space}\n${value.key}`,
      generated: value.attributes?.generated !== undefined,
      ...(form && { form: expression(`^(?:${form})$`) }),
      ...(inside && { letters: expression(`[${inside}]`) }),
    },
  ];
}

function literal(value: Literal): string {
  return value === null ? '' : `${value}`;
}

function fold(text: string, options: Pick<MatchOptions, 'ignoreCase'>): string {
  return options.ignoreCase ? text.toLowerCase() : text;
}

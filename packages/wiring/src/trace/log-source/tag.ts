import { any, concat, known, matches, type Truth, textOf, type Value } from '../../model';
import { samplesOf } from './log-files';
import { logRegex } from './regex';

/**
 * The tag of a file: `*` in the input's tag becomes its path, slashes become dots, doubled dots are one, and none stands
 * at the end (Fluent Bit, plugins/in_tail/tail_file.c, tag_compose).
 */
export function tagOfFile(tag: string, path: Value): Value {
  const star = tag.indexOf('*');
  if (star === -1) return known(tag);
  const parts = concat([known(tag.slice(0, star)), path, known(tag.slice(star + 1))]);
  let last = '';
  const clean: Value[] = [];
  for (const part of parts.kind === 'concat' ? parts.parts : [parts]) {
    const text = textOf(part);
    if (text === undefined) {
      clean.push(part);
      last = 'x';
      continue;
    }
    let out = '';
    for (const letter of text) {
      const one = /[/\\:]/.test(letter) ? '.' : letter;
      const isFirst = last === '';
      if (one === '*' || (one === '.' && (last === '.' || (isFirst && letter !== '.')))) continue;
      out += one;
      last = one;
    }
    clean.push(known(out));
  }
  const end = clean.at(-1);
  const tail = textOf(end);
  if (tail?.endsWith('.')) clean[clean.length - 1] = known(tail.slice(0, -1));
  return concat(clean);
}

/** `Tag <a>.<b>` with `Tag_Regex`: the groups of the expression in the path, `_` for one that is not there. */
export function tagByRegex(tag: string, pattern: string, path: Value, pieces: readonly Value[]): Value | undefined {
  const regex = logRegex(pattern);
  const samples = samplesOf(path);
  if (!regex || !samples) return undefined;
  const groups = samples.map((sample) => regex.search(sample)?.named);
  const parts: Value[] = [];
  for (const [, name, text] of tag.matchAll(/<([^<>]*)>|([^<]+)/g)) {
    if (name === undefined) {
      parts.push(known(text));
      continue;
    }
    const found = groups.map((one) => (one ? (one.get(name) ?? '_') : undefined));
    const value = pieceOf(found, pieces);
    if (!value) return undefined;
    parts.push(value);
  }
  return concat(parts);
}

/** The value that has just these examples: a text that is always the same, or a piece of the file's name. */
export function pieceOf(found: readonly (string | undefined)[], pieces: readonly Value[]): Value | undefined {
  const [first] = found;
  if (first !== undefined && found.every((one) => one === first)) {
    const samples = pieces.find((piece) => textOf(piece) === first);
    return samples ?? known(first);
  }
  return pieces.find((piece) => {
    const samples = samplesOf(piece);
    return samples?.every((sample, index) => sample === found[index]);
  });
}

/** `Match` and `Match_Regex` of a filter or an output; one that matches is enough. */
export interface TagPattern {
  readonly match?: Value;
  readonly regex?: Value;
}

/** Is what has this tag taken? Only `*` is a wild-card, and an expression is tried from the first letter on. */
export function takes({ match, regex }: TagPattern, tag: Value): Truth {
  const truths: Truth[] = [];
  if (match) truths.push(matches(match, tag, { wildcards: 'star' }));
  if (regex) truths.push(regexTakes(regex, tag));
  return any(truths);
}

function regexTakes(pattern: Value, tag: Value): Truth {
  const text = textOf(pattern);
  const regex = text === undefined ? undefined : logRegex(text);
  const samples = samplesOf(tag);
  if (!regex || !samples) return 'unknown';
  const [first, ...rest] = samples.map((sample) => regex.atStart(sample));
  if (rest.some((one) => one !== first)) return 'unknown';
  return first ? 'yes' : 'no';
}

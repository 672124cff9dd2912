import { concat, known, type Missing, type Truth, textOf, type Value } from '../../model';
import { find, type LogRecord } from './record';

/** A part of a text with variables, `/eks/$kubernetes['namespace_name']` (Fluent Bit's record accessor). */
export type AccessorPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'key'; readonly path: readonly string[]; readonly written: string }
  | { readonly kind: 'tag' }
  | { readonly kind: 'tag part' | 'capture'; readonly index: number };

const KEY = /^([_A-Za-z][\w./-]*)((?:\[(?:'(?:[^']|'')*'|\d+)\])*)$/;

/**
 * The parts of a template; `undefined` when Fluent Bit refuses it. A key ends at a dot, a comma, a blank or a quotation
 * mark outside of its brackets and nowhere else: what else stands behind it is taken for a part of its name, or an error.
 */
export function parseAccessor(text: string): readonly AccessorPart[] | undefined {
  const parts: AccessorPart[] = [];
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) {
      parts.push({ kind: 'text', text: text.slice(at) });
      break;
    }
    if (dollar > at) parts.push({ kind: 'text', text: text.slice(at, dollar) });
    const rest = text.slice(dollar + 1);
    const short = /^(?:(\d)|TAG\[(\d+)\]|(TAG))/.exec(rest);
    if (short) {
      if (short[3]) parts.push({ kind: 'tag' });
      else parts.push({ kind: short[1] ? 'capture' : 'tag part', index: Number(short[1] ?? short[2]) });
      at = dollar + 1 + short[0].length;
      continue;
    }
    const end = endOfKey(rest);
    const [, name, brackets] = KEY.exec(rest.slice(0, end)) ?? [];
    if (name === undefined) return undefined;
    const inner = [...brackets.matchAll(/\['((?:[^']|'')*)'\]|\[(\d+)\]/g)];
    const path = [name, ...inner.map(([, quoted, index]) => (quoted ?? index).replace(/''/g, "'"))];
    parts.push({ kind: 'key', path, written: `$${rest.slice(0, end)}` });
    at = dollar + 1 + end;
  }
  return parts;
}

/**
 * The same for the older plugin in Go, `cloudwatch`, which writes `$(tag)`, `$(tag[1])` and `$(kubernetes['pod_name'])`;
 * `undefined` when there is no variable in it.
 */
export function parseGoTemplate(text: string): readonly AccessorPart[] | undefined {
  const parts: AccessorPart[] = [];
  let at = 0;
  for (const found of text.matchAll(/\$\(([^()]*)\)/g)) {
    if (found.index > at) parts.push({ kind: 'text', text: text.slice(at, found.index) });
    at = found.index + found[0].length;
    const [, tag] = /^tag(?:\[(\d+)\])?$/.exec(found[1]) ?? [undefined, null];
    if (tag !== null) parts.push(tag === undefined ? { kind: 'tag' } : { kind: 'tag part', index: Number(tag) });
    else {
      const path = found[1].split(/\['|'\]/).filter((one) => one !== '');
      parts.push({ kind: 'key', path, written: found[0] });
    }
  }
  if (at === 0) return undefined;
  return at < text.length ? [...parts, { kind: 'text', text: text.slice(at) }] : parts;
}

function endOfKey(text: string): number {
  let quotes = 0;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (letter === "'") quotes++;
    else if (letter === '.' && quotes % 2 === 1) continue;
    else if ('., "'.includes(letter)) return index;
  }
  return text.length;
}

/** What a template comes to for a record: a text, or the first key that keeps it from one. */
export type Translated =
  | { readonly kind: 'text'; readonly value: Value }
  | { readonly kind: 'absent'; readonly key: string }
  | { readonly kind: 'open'; readonly missing: Missing };

export function translate(parts: readonly AccessorPart[], tag: Value, record: LogRecord): Translated {
  const out: Value[] = [];
  for (const part of parts) {
    if (part.kind === 'text') out.push(known(part.text));
    else if (part.kind === 'tag') out.push(tag);
    else if (part.kind === 'key') {
      const { isThere, field } = find(record, part.path);
      if (isThere === 'no') return { kind: 'absent', key: part.written };
      if (field?.kind !== 'text') return open(part.written, isThere);
      out.push(field.value);
    } else if (part.kind === 'tag part') {
      const piece = tagPart(tag, part.index);
      if (!piece) return open(`$TAG[${part.index}]`, 'yes');
      out.push(piece);
    } else return open(`$${part.index}`, 'yes');
  }
  return { kind: 'text', value: concat(out) };
}

function open(key: string, isThere: Truth): Translated {
  const what = isThere === 'yes' ? `what ${key} holds in a record` : `whether records have ${key}`;
  return { kind: 'open', missing: { kind: 'record', what } };
}

/** The tag between its dots, from 0 on. */
function tagPart(tag: Value, index: number): Value | undefined {
  const pieces: Value[][] = [[]];
  for (const part of tag.kind === 'concat' ? tag.parts : [tag]) {
    const text = textOf(part);
    if (text === undefined) {
      pieces[pieces.length - 1].push(part);
      continue;
    }
    const [first, ...rest] = text.split('.');
    pieces[pieces.length - 1].push(known(first));
    for (const one of rest) pieces.push([known(one)]);
  }
  const found = pieces[index];
  return found && concat(found);
}

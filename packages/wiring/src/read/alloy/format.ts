import { concat, known, type Value } from '../../model/value';
import type { Span } from '../../text';
import { cannot } from './value';

const VERB = /%(%|[-+# 0]*\d*(?:\.\d+)?[a-zA-Z])/g;

/** `string.format`, Go's Sprintf, with the verbs `%s`, `%v`, `%d` and `%%`. Strings not known yet keep their place. */
export function formatText(list: readonly Value[], span: Span): Value {
  const [format, ...rest] = list;
  if (format?.kind !== 'known' || typeof format.value !== 'string')
    return cannot('string.format with this format', span);
  const parts: Value[] = [];
  let plain = 0;
  let used = 0;
  for (const match of format.value.matchAll(VERB)) {
    parts.push(known(format.value.slice(plain, match.index)));
    plain = match.index + match[0].length;
    if (match[1] === '%') {
      parts.push(known('%'));
      continue;
    }
    const value = rest[used++];
    const text = value && formatted(match[1], value);
    if (!text) return cannot(`string.format with "${match[0]}" here`, span);
    parts.push(text);
  }
  parts.push(known(format.value.slice(plain)));
  return used === rest.length ? concat(parts, span) : cannot('string.format with more values than verbs', span);
}

function formatted(verb: string, value: Value): Value | undefined {
  if (verb === 'v') return value.kind === 'known' && value.value === null ? undefined : value;
  if (verb === 's') return value.kind !== 'known' || typeof value.value === 'string' ? value : undefined;
  if (verb === 'd') return value.kind === 'known' && Number.isInteger(value.value) ? value : undefined;
  return undefined;
}

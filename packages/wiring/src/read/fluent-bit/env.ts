import { concat, known, oneOf, type Value } from '../../model/value';
import type { MappedText, Span } from '../../text';

/** What a variable holds: `''` when it is certainly not set. */
export type Lookup = (name: string, span: Span) => Value;

/**
 * Expands `${NAME}` and `${NAME:-default}` as Fluent Bit does: a variable that is not set is nothing, and text that does
 * not close its brace ends the expansion.
 */
export function expandVariables(text: MappedText, lookup: Lookup): Value {
  const { text: source } = text;
  const parts: Value[] = [];
  const add = (from: number, to: number) => {
    if (to > from) parts.push(known(source.slice(from, to), text.span(from, to)));
  };
  let at = 0;
  let end = -1;
  let expanded = false;
  while (at < source.length) {
    const start = source.indexOf('${', at);
    if (start === -1) break;
    end = source.indexOf('}', at);
    // A "}" before the "${" ends the expansion too: that is how Fluent Bit searches.
    if (end === -1 || end <= start + 2) break;
    add(at, start);
    parts.push(variable(source.slice(start + 2, end), text.span(start, end + 1), lookup));
    expanded = true;
    at = end + 1;
  }
  if (!expanded) return known(source, text.whole);
  if (end !== -1) add(end + 1, source.length);
  return concat(parts, text.whole);
}

/** A value that does not say where it comes from stands where it is used. */
function placed(value: Value, span: Span): Value {
  return value.span ? value : { ...value, span };
}

function variable(inner: string, span: Span, lookup: Lookup): Value {
  const colon = inner.indexOf(':');
  if (colon === -1 || inner[colon + 1] !== '-') return placed(lookup(inner, span), span);
  const value = placed(lookup(inner.slice(0, colon), span), span);
  const fallback = known(inner.slice(colon + 2), span);
  if (value.kind === 'known') return value.value === '' ? fallback : value;
  // What is not known yet may turn out empty; then the default counts.
  return value.kind === 'concat' && value.parts.some((part) => part.kind === 'known')
    ? value
    : oneOf([value, fallback], span);
}

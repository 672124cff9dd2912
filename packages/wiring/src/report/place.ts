import type { SourceText, Span } from '../text';
import type { Place } from './verdict';

/** Longer lines are cut around the place, so that minified JSON stays readable. */
const MAX_QUOTE = 120;

/** A line that may hold a credential is never quoted. */
const DELICATE =
  /passw|secret|token|bearer|api_?key|access_?key|authorization|:\/\/[^/\s"']*@|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/i;

const places = new WeakMap<Span, Place>();

/** The same for the same span: hops of one collector stand in all of its paths. */
export function placeOf(span: Span): Place {
  const known = places.get(span) ?? read(span);
  places.set(span, known);
  return known;
}

function read(span: Span): Place {
  const { source, start, end } = span;
  const { line, column } = source.position(start);
  const text = source.line(line);
  const place = { file: source.file, line, column };
  if (DELICATE.test(text) || holdsSecret(span)) return place;
  const length = Math.max(1, Math.min(end - start, text.length - column + 1));
  return { ...place, quote: { line: text, length } };
}

/** Reports have many places in one file. */
const secretive = new WeakMap<SourceText, boolean>();

/** Documents of kind Secret are not quoted, whatever the line says. */
function holdsSecret({ source }: Span): boolean {
  const seen = secretive.get(source);
  if (seen !== undefined) return seen;
  const found = /["']?kind["']?\s*:\s*["']?Secret\b/.test(source.text);
  secretive.set(source, found);
  return found;
}

/** The quoted line cut to what fits, and where the place begins in it. */
export function cut(line: string, column: number): { readonly text: string; readonly column: number } {
  const clean = line.replaceAll('\t', ' ');
  if (clean.length <= MAX_QUOTE) return { text: clean, column };
  const from = Math.max(0, Math.min(column - 1 - MAX_QUOTE / 3, clean.length - MAX_QUOTE));
  const start = Math.floor(from);
  const head = start > 0 ? '…' : '';
  const tail = start + MAX_QUOTE < clean.length ? '…' : '';
  return { text: head + clean.slice(start, start + MAX_QUOTE) + tail, column: column - start + head.length };
}

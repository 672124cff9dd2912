import { type CollectionTag, Document, isScalar, type ScalarTag, type Tags } from 'yaml';
import type { MappedText, Node, Span } from '../../text';
import type { Problem } from '../problem';
import { blockText, flowText } from '../scalar-text';

// Scalars outlive the parser's tree. They are made here, and not in whatever reads that, because a function keeps all
// that it was made beside alive.

export function textNode(text: MappedText, start: number, end: number, value: string, isBlock: boolean): Node {
  const written = isBlock ? () => blockText(text, start, end, value) : () => flowText(text, start, end, value);
  return { kind: 'scalar', span: text.span(start, end), value, text: written };
}

/** A scalar that is no text, as it is written. */
export function literalNode(text: MappedText, start: number, end: number, value: number | boolean | null): Node {
  const written = () => flowText(text, start, end, text.text.slice(start, end));
  return { kind: 'scalar', span: text.span(start, end), value, text: written };
}

export function emptyNode(text: MappedText, at: number): Node {
  return { kind: 'scalar', span: text.span(at, at), value: null, text: () => flowText(text, at, at, '') };
}

export function duplicateKey(name: string, first: Span, again: Span): Problem {
  return {
    code: 'yaml-duplicate-key',
    message: `the key ${name} is given twice`,
    span: again,
    related: [{ span: first, message: 'it is given here first, and this value is lost' }],
  };
}

/** Where `yaml` and Go differ, Go counts, for it is what reads the file in the end. */
export function plainValue(value: unknown, source: string): string | number | boolean | null {
  // The 1.1 pattern for floats lets `.` through, which has no digit.
  if (Number.isNaN(value) && !/nan/i.test(source)) return source;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** A block at the end of a text that has no last line break has none either. */
export function blockValue(value: string, end: number, { text }: MappedText): string {
  return end >= text.length && !text.endsWith('\n') ? value.replace(/\n$/, '') : value;
}

/** YAML 1.1 as Kubernetes reads it: dates stay strings and `1:30` is no number of minutes. */
export const OPTIONS = {
  version: '1.1',
  prettyErrors: false,
  uniqueKeys: false,
  logLevel: 'silent',
  customTags: (tags: Tags): Tags =>
    tags.filter((tag) => {
      if (typeof tag === 'string') return tag !== 'timestamp' && tag !== 'intTime' && tag !== 'floatTime';
      const { tag: name, format } = tag as ScalarTag & CollectionTag;
      return name !== 'tag:yaml.org,2002:timestamp' && format !== 'TIME';
    }),
} as const;

const { options: PARSING, schema } = new Document(null, OPTIONS);
const RESOLVED = schema.tags.filter((tag): tag is ScalarTag => tag.default === true && 'test' in tag && !!tag.test);

/** What begins otherwise is text for every tag of YAML 1.1. */
const MAY_BE_LITERAL = /^[-+.~0-9nNyYtTfFoO]/;
const known = new Map<string, string | number | boolean | null>();
const MOST_KNOWN = 10_000;

/** What a scalar without quotes says, by the parser's own tags. */
export function resolved(source: string): string | number | boolean | null {
  if (!MAY_BE_LITERAL.test(source)) return source;
  const seen = known.get(source);
  if (seen !== undefined) return seen;
  const tag = RESOLVED.find(({ test }) => test?.test(source));
  const said = tag ? tag.resolve(source, () => {}, PARSING) : source;
  const value = plainValue(isScalar(said) ? said.value : said, source);
  if (known.size < MOST_KNOWN) known.set(source, value);
  return value;
}

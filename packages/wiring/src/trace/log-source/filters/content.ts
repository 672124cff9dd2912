import { textOf, type Value } from '../../../model';
import type { FluentBitProperty } from '../../../read/fluent-bit';
import { type AccessorPart, parseAccessor } from '../accessor';
import { type Filter, goesOn, lacking, saw } from '../flow';
import { samplesOf } from '../log-files';
import { type Found, find, type LogRecord } from '../record';
import { logRegex } from '../regex';

/** A key and an expression: `log ERROR`, `$kubernetes['namespace_name'] ^shop$`. */
interface Condition {
  readonly key: string;
  readonly path: readonly string[];
  readonly pattern: string;
}

/** Does the field match for certain, certainly not, or by what the application writes? */
type Outcome = 'yes' | 'no' | 'by content' | 'open';

/** Keeps or drops records by what stands in them. What depends on the text of a line is meant to. */
export const grep: Filter = (flow, section) => {
  const rules = section.properties.flatMap((property) =>
    property.key === 'regex' || property.key === 'exclude' ? [{ property, condition: conditionOf(property) }] : [],
  );
  const judged = rules.map(({ property, condition }) => ({
    property,
    outcome: condition ? outcomeOf(flow.record, condition) : ('open' as const),
  }));
  const op = textOf(section.get('logical_op')?.value)?.toLowerCase();
  const { property, outcome } = op === 'and' || op === 'or' ? combined(judged, op) : inTurn(judged);
  if (!property || outcome === 'yes') return goesOn(flow);
  const rule = property.text.text;
  if (outcome === 'no') {
    const why = `grep ${property.key === 'regex' ? 'keeps only' : 'drops'} ${rule}`;
    return goesOn(flow, { dropped: { section, why, span: property.span, isAsked: false } });
  }
  if (outcome === 'open') return goesOn(lacking(flow, { kind: 'record', what: `which records grep keeps by ${rule}` }));
  return goesOn(saw(flow, `grep picks records by ${rule}`, property.span));
};

interface Judged {
  readonly property?: FluentBitProperty;
  /** Of a rule: does it match? In the end: is the record kept? */
  readonly outcome: Outcome;
}

/** Without an operator each rule is asked in turn, and the first that is against a record drops it. */
function inTurn(judged: readonly Judged[]): Judged {
  const kept = judged.map(({ property, outcome }) => ({
    property,
    outcome: property?.key === 'exclude' ? negated(outcome) : outcome,
  }));
  const worst = (wanted: Outcome) => kept.find(({ outcome }) => outcome === wanted);
  return worst('no') ?? worst('open') ?? worst('by content') ?? { outcome: 'yes' };
}

function combined(judged: readonly Judged[], op: 'and' | 'or'): Judged {
  const order: readonly Outcome[] =
    op === 'and' ? ['no', 'open', 'by content', 'yes'] : ['yes', 'open', 'by content', 'no'];
  const sorted = judged.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  const [first] = sorted;
  if (!first) return { outcome: 'yes' };
  return first.property?.key === 'exclude' ? { ...first, outcome: negated(first.outcome) } : first;
}

function negated(outcome: Outcome): Outcome {
  if (outcome === 'yes') return 'no';
  return outcome === 'no' ? 'yes' : outcome;
}

/** The first word is the key, the rest is the expression. */
function conditionOf({ value }: FluentBitProperty): Condition | undefined {
  const written = textOf(value);
  const [, key, pattern] = /^(\S+)\s+(.+)$/s.exec(written ?? '') ?? [];
  if (key === undefined) return undefined;
  const path = pathOf(key);
  return path && { key, path, pattern };
}

/** The path of `$kubernetes['namespace_name']`, or of a plain name. */
export function pathOf(key: string): readonly string[] | undefined {
  const parts = parseAccessor(key.startsWith('$') ? key : `$${key}`);
  const [only] = parts ?? [];
  return parts?.length === 1 && isKey(only) ? only.path : undefined;
}

function isKey(part: AccessorPart | undefined): part is AccessorPart & { readonly kind: 'key' } {
  return part?.kind === 'key';
}

function outcomeOf(record: LogRecord, { path, pattern }: Condition): Outcome {
  return matchField(find(record, path), pattern);
}

export function matchField({ isThere, field }: Found, pattern: string): Outcome {
  if (isThere === 'no') return 'no';
  if (isThere === 'unknown') return 'open';
  if (field?.kind !== 'text') return field?.kind === 'content' ? 'by content' : 'open';
  const matched = matchedBy(field.value, pattern);
  return matched ?? 'open';
}

function matchedBy(value: Value, pattern: string): 'yes' | 'no' | undefined {
  const regex = logRegex(pattern);
  const samples = samplesOf(value);
  if (!regex || !samples) return undefined;
  const [first, ...rest] = samples.map((sample) => regex.search(sample) !== undefined);
  if (rest.some((one) => one !== first)) return undefined;
  return first ? 'yes' : 'no';
}

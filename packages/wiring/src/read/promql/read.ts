import { parser } from '@prometheus-io/lezer-promql';
import type { Missing } from '../../model';
import type { MappedText } from '../../text';
import type { Problem } from '../problem';
import { type TypeFault, typeOf } from './check';
import { AGGREGATIONS, FORMER, FUNCTIONS } from './functions';
import { labelRegex } from './matching';
import type { PromqlQuery } from './syntax';
import { expressionsIn, TreeReader } from './tree';
import { EMBEDDED, type Variable, variablesIn, withoutLonePoints, withoutVariables } from './variables';

export interface PromqlReading {
  /** Absent: the text is none that Prometheus takes, or `open` says why nobody knows. */
  readonly query?: PromqlQuery;
  /** Code `promql-syntax` or `promql-type`. */
  readonly problems: readonly Problem[];
  /** The text becomes an expression only when something in it has a value. */
  readonly open?: Missing;
}

export interface PromqlOptions {
  /** The text has Grafana's variables in it. @default false */
  readonly variables?: boolean;
  /** The text has stand-ins for values that only a deployment knows. @default false */
  readonly values?: boolean;
}

/** Longer texts are nobody's query. */
const MAX_LENGTH = 100_000;
/** Nested deeper than any query; recursion has an end. */
const MAX_DEPTH = 200;

/**
 * Reads a PromQL expression with the grammar of Prometheus's own editor, and checks it as Prometheus does. Functions that
 * Prometheus has behind a feature flag are taken.
 */
export function readPromql(text: MappedText, options: PromqlOptions = {}): PromqlReading {
  if (text.text.length > MAX_LENGTH || isDeep(text.text)) {
    return { problems: [], open: { kind: 'query', what: 'an expression that is too long or too deep to be read' } };
  }
  const form = options.values ? EMBEDDED : undefined;
  const variables = options.variables || form ? variablesIn(text.text, form) : [];
  const shown = withoutLonePoints(withoutVariables(text.text, variables));
  const faults = faultsOf(shown, text, variables);
  if ('query' in faults) return { query: faults.query, problems: [] };
  // Grafana's own are always lengths of time and numbers, so that what stands around them can be judged.
  const outside = variables.filter(
    ({ start, end, name }) => shown.slice(start, end) !== text.text.slice(start, end) && !name.startsWith('__'),
  );
  if (outside.length > 0) {
    const names = [...new Set(outside.map(({ name }) => `$${name}`))].join(', ');
    return { problems: [], open: { kind: 'query', what: `the expression, which depends on ${names}` } };
  }
  if (FORMER.test(shown)) {
    return { problems: [], open: { kind: 'query', what: 'whether the store still knows holt_winters' } };
  }
  return { problems: faults.problems };
}

function faultsOf(
  shown: string,
  text: MappedText,
  variables: readonly Variable[],
): { readonly query: PromqlQuery } | { readonly problems: readonly Problem[] } {
  const syntax = (message: string, from: number, to: number): { problems: readonly Problem[] } => ({
    problems: [{ code: 'promql-syntax', message, span: text.span(from, to) }],
  });
  const tree = parser.parse(shown);
  let error: { readonly from: number; readonly to: number } | undefined;
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) error ??= { from, to };
      return error === undefined;
    },
  });
  if (error) return syntax(said(shown, error), error.from, Math.max(error.to, error.from));
  const [root] = expressionsIn(tree.topNode);
  if (!root) return syntax('there is no expression', 0, 0);
  const reader = new TreeReader(shown, text, variables);
  const expr = reader.expr(root);
  const [first] = reader.faults;
  if (first) return syntax(first.message, first.from, first.to);
  for (const { op, value, valueSpan, isOpen } of reader.selectors.flatMap(({ matchers }) => matchers)) {
    if (!isOpen && op.endsWith('~') && !labelRegex(value)) {
      const message = `the expression ${JSON.stringify(value)} does not compile`;
      return { problems: [{ code: 'promql-syntax', message, span: valueSpan }] };
    }
  }
  const wrong: TypeFault[] = [];
  const type = typeOf(expr, wrong);
  if (wrong.length > 0) return { problems: wrong.map((fault) => ({ code: 'promql-type', ...fault })) };
  const { selectors, groupings } = reader;
  const names = new Set(variables.map(({ name }) => name));
  return { query: { expr, text, type, selectors, groupings, variables: names } };
}

function said(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
  if (text.trim() === '') return 'there is no expression';
  const [, called] = text[from] === '(' ? (/([A-Za-z_]\w*)\s*$/.exec(text.slice(0, from)) ?? []) : [];
  if (called !== undefined && !FUNCTIONS.has(called) && !AGGREGATIONS.has(called))
    return `there is no function ${called}`;
  const rest = text.slice(from, to > from ? to : from + 20).trim();
  if (rest === '' || from >= text.trimEnd().length) return 'the expression ends too early';
  return `${JSON.stringify(rest.split(/\s/)[0])} does not belong here`;
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return /[-+]{200}/.test(text.replace(/\s/g, '')) || text.split(/[-+*/%^<>=!]|\b(?:and|or|unless)\b/).length > 2000;
}

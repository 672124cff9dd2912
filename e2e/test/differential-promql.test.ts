import { MappedText, readPromql, SourceText } from '@eks-sightline/wiring';
import { type Expr, type Grouping, walkExpr } from '@eks-sightline/wiring/lib/read/promql';
import { typeOf } from '@eks-sightline/wiring/lib/read/promql/check';
import { howMany, randomCases, told } from '../kit/differential/cases';
import { type Parsed, PromqlParser } from '../kit/differential/promql/oracle';
import { query } from '../kit/differential/promql/queries';

/** Our reading of PromQL against the parser of a real Prometheus. */
const COUNT = howMany(2000);

let parser: PromqlParser;

beforeAll(async () => {
  parser = await PromqlParser.start();
}, 90_000);

afterAll(() => parser?.stop());

test(`${COUNT} random queries, right and damaged: taken or refused alike, with the same selectors, labels and functions`, async () => {
  const texts = randomCases(COUNT, query);
  const different: string[] = [];
  const counts = { queries: COUNT, taken: 0, refused: 0, open: 0, known: 0 };
  for (let at = 0; at < texts.length; at += 50) {
    const some = texts.slice(at, at + 50);
    const answers = await Promise.all(some.map((text) => parser.parse(text)));
    for (const [index, text] of some.entries()) {
      const wanted = answers[index] ?? 'no answer';
      const got = ours(text);
      if (typeof wanted === 'string') counts.refused += 1;
      else counts.taken += 1;
      if (got === 'open') counts.open += 1;
      // Known: a metric called `offset`, which the editor's grammar does not take, and `1dAND`, which it does.
      else if (
        /^refused: "offset|bad number or duration syntax/.test(printed(typeof got === 'string' ? got : wanted, true))
      )
        counts.known += 1;
      else if (printed(got) !== printed(wanted))
        different.push(`${text}\n  ours ${printed(got, true)}\n  real ${printed(wanted, true)}`);
    }
  }
  told('PromQL', 'Prometheus, parse_query', { ...counts, differences: different.length });
  expect(different.slice(0, 10)).toEqual([]);
  expect(counts.refused).toBeGreaterThan(COUNT / 10);
  expect(counts.taken).toBeGreaterThan(COUNT / 3);
}, 1_800_000);

function ours(text: string): Parsed | string | 'open' {
  const { query: read, problems, open } = readPromql(MappedText.whole(new SourceText('query', text)));
  if (open) return 'open';
  if (!read) return problems[0]?.message ?? 'refused';
  const functions = [...walkExpr(read.expr)].flatMap((expr) =>
    expr.kind === 'aggregate' ? [expr.op] : expr.kind === 'call' ? [expr.function] : [],
  );
  const clauses = [...walkExpr(read.expr)]
    .flatMap(groupingsOf)
    .map(({ kind, labels }) => ({ kind, labels: labels.map((word) => word.text).sort() }));
  return {
    selectors: read.selectors
      .map(({ name, matchers }) => [
        ...(name ? [`__name__=${JSON.stringify(name.text)}`] : []),
        ...matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`),
      ])
      .map((texts) => texts.sort().join(','))
      .sort(),
    // `sum by ()` is `sum`, and `ignoring ()` is nothing.
    groupings: clauses
      .filter(({ kind, labels }) => labels.length > 0 || kind === 'without' || kind === 'on')
      .map(({ kind, labels }) => `${kind} ${labels.join(',')}`)
      .sort(),
    functions: functions.sort(),
  };
}

/** Prometheus forgets how series are matched where one side is a number. */
function groupingsOf(expr: Expr): readonly Grouping[] {
  if (expr.kind === 'aggregate') return expr.grouping ? [expr.grouping] : [];
  if (expr.kind !== 'binary' || [expr.left, expr.right].some((side) => typeOf(side, []) === 'scalar')) return [];
  return [expr.matching, expr.include].flatMap((one) => one ?? []);
}

/** What it says against a text is its own affair. */
function printed(parsed: Parsed | string, isWhole = false): string {
  return typeof parsed === 'string' ? (isWhole ? `refused: ${parsed}` : 'refused') : JSON.stringify(parsed);
}

import { type Expr, readPromql, type Selector } from '../../../src/read/promql';
import { MappedText, SourceText } from '../../../src/text';

const read = (text: string, variables = false) =>
  readPromql(MappedText.whole(new SourceText('rules.yaml', text)), { variables });

const NOWHERE = { source: new SourceText('', ''), start: 0, end: 0 };

const shown = ({ name, matchers, isOpen }: Selector) =>
  `${name?.text ?? ''}${isOpen ? '?' : ''}{${matchers.map((m) => `${m.label}${m.op}${m.value}${m.isOpen ? '?' : ''}`).join(',')}}`;

describe('expressions that Prometheus takes', () => {
  const ACCEPTED: [text: string, selectors: string[], type?: string][] = [
    ['up', ['up{}']],
    ['up{job="shop"}', ['up{job=shop}']],
    ['up{"job"="shop"}', ['up{job=shop}']],
    ['{"http.requests", job="shop"}', ['http.requests{job=shop}']],
    ['{__name__=~"http_.+",job!~"a|b"}', ['{__name__=~http_.+,job!~a|b}']],
    ["up{job='sh\\'op',}", ["up{job=sh'op}"]],
    ['up{job=`a\\d`}', ['up{job=a\\d}']],
    ['sum by (job, "pod.name") (rate(http_requests_total[5m] offset -1m))', ['http_requests_total{}']],
    ['sum(up) without (instance)', ['up{}']],
    ['a / on (job) group_left (zone) b > bool 1', ['a{}', 'b{}']],
    ['a and on () b unless c or d', ['a{}', 'b{}', 'c{}', 'd{}']],
    ['topk(3, up) + quantile(0.5, up)', ['up{}', 'up{}']],
    ['count_values("version", build_info)', ['build_info{}']],
    ['histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))', ['x_bucket{}']],
    ['label_replace(up, "a", "$1", "b", "(.*)")', ['up{}']],
    ['label_join(up, "a", "-")', ['up{}']],
    ['max_over_time(sum(up)[1h:1m])', ['up{}']],
    ['up @ end() offset 5m', ['up{}']],
    ['rate(up[5m] @ 1609746000)', ['up{}']],
    ['-up ^ 2', ['up{}']],
    ['sum', ['sum{}']],
    ['hour()', []],
    ['round(up, 0.5)', ['up{}']],
    ['vector(1)', [], 'vector'],
    ['1 + 2 * 3', [], 'scalar'],
    ['1 == bool 2', [], 'scalar'],
    ['"text"', [], 'string'],
    ['up[5m]', ['up{}'], 'matrix'],
    ['absent(up{job="x"}) # nobody is there', ['up{job=x}']],
    ['up * 5. > bool 1.', ['up{}']],
    ['foo[300]', ['foo{}'], 'matrix'],
  ];
  test.each(ACCEPTED)('%s', (text, selectors, type = 'vector') => {
    const { query, problems } = read(text);
    expect(problems).toEqual([]);
    expect(query?.selectors.map(shown)).toEqual(selectors);
    expect(query?.type).toBe(type);
  });
});

test('offset, @ and ranges belong to what stands right before them', () => {
  const shape = (expr: Expr): string =>
    expr.kind === 'binary'
      ? `(${shape(expr.left)} ${expr.op} ${shape(expr.right)})`
      : expr.kind === 'range'
        ? `${shape(expr.of)}[]`
        : expr.kind === 'selector'
          ? `${expr.name?.text}`
          : expr.kind;
  const of = (text: string) => shape(read(text).query?.expr ?? { kind: 'number', text, span: { ...NOWHERE } });
  expect(of('a or b offset 5m and c')).toBe('(a or (b and c))');
  expect(of('a + b offset 5m * c ^ d ^ e')).toBe('(a + (b * (c ^ (d ^ e))))');
  expect(of('-a offset 5m - b @ end() > c')).toBe('((a - b) > c)');
  expect(of('a / on (x) b / on (y) c')).toBe('((a / b) / c)');
});

describe('expressions that Prometheus refuses', () => {
  const REFUSED: readonly (readonly [string, string, string])[] = [
    ['', 'there is no expression', ''],
    ['sum(', 'the expression ends too early', ''],
    ['rate(foo[5m]', 'the expression ends too early', ''],
    ['foo bar', '"bar" does not belong here', 'bar'],
    ['foo{a=b}', '"b" does not belong here', 'b'],
    ['foo{a="b}', 'the expression ends too early', ''],
    ['foo{a="\\d"}', '"\\d" is no valid string', '"\\d"'],
    ['foo{a=~"("}', 'the expression "(" does not compile', '('],
    ['{}', 'a selector needs a matcher that does not take an empty value', '{}'],
    ['{a=~".*"}', 'a selector needs a matcher that does not take an empty value', '{a=~".*"}'],
    ['foo{__name__="bar"}', 'the metric is named twice: foo and bar', 'foo{__name__="bar"}'],
    ['rate(foo)', 'rate takes a range vector, not an instant vector', 'foo'],
    ['sum(foo[5m])', 'sum takes an instant vector, not a range vector', 'foo[5m]'],
    ['rate(sum(foo)[5m])', 'a range is only of a selector', 'sum(foo)[5m]'],
    ['foo offset 5m [5m]', 'a range stands before offset and @, not after them', 'foo offset 5m [5m]'],
    ['(foo) offset 5m', 'offset must follow a selector or a subquery', '(foo) offset 5m'],
    ['foo[0s]', 'a range is longer than 0', '0s'],
    ['topk(foo)', 'topk needs a number before what it aggregates', 'topk(foo)'],
    ['sum(1, foo)', 'sum has no parameter', 'sum(1, foo)'],
    ['clamp(foo, 1)', 'clamp takes 3 arguments, not 2', 'clamp(foo, 1)'],
    ['time(foo)', 'time takes 0 arguments, not 1', 'time(foo)'],
    ['1e333', '1e333 is out of the range of numbers', '1e333'],
    ['1 > 2', 'a comparison of two numbers needs bool', '1 > 2'],
    ['a + bool b', 'bool stands only after a comparison', 'a + bool b'],
    ['a and 1', 'and stands only between two instant vectors', 'a and 1'],
    ['a * on (x) 1', '* matches labels only of two vectors', 'a * on (x) 1'],
    ['a and on (x) group_left b', 'and takes no group_left and no group_right', 'a and on (x) group_left b'],
    ['a * on (x) group_left (x) b', 'label x stands in on and in the grouping at once', 'a * on (x) group_left (x) b'],
    ['-foo[5m]', 'a sign stands only before numbers and instant vectors', 'foo[5m]'],
    ['rates(foo[5m])', 'there is no function rates', '('],
    ['foo[5 minutes]', '"minutes" does not belong here', 'minutes'],
  ];
  test.each(REFUSED)('%s', (text, message, at) => {
    const { query, problems } = read(text);
    expect(query).toBeUndefined();
    expect(problems[0]?.message).toBe(message);
    const { span } = problems[0];
    if (at !== '') expect(text.slice(span?.start, span?.end)).toBe(at);
  });
});

describe("Grafana's variables", () => {
  const WITH: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['rate(foo{job="$job"}[$__rate_interval])', ['foo{job=$job?}'], ['job', '__rate_interval']],
    ['sum by ($by) (foo{ns=~"${ns:regex}"})', ['foo{ns=~${ns:regex}?}'], ['by', 'ns']],
    ['foo_$suffix{a="b"}', ['foo__suffix?{a=b}'], ['suffix']],
    ['foo > $limit', ['foo{}', '_limit?{}'], ['limit']],
    ['topk($n, foo)', ['_n?{}', 'foo{}'], ['n']],
    ['avg_over_time(foo[${range}m:$step] offset $shift)', ['foo{}'], ['range', 'step', 'shift']],
    ['foo{job=~"[[job]]"}', ['foo{job=~[[job]]?}'], ['job']],
    ['increase(foo[${__range_s}s])', ['foo{}'], ['__range_s']],
  ];
  test.each(WITH)('%s', (text, selectors, variables) => {
    const { query, problems } = read(text, true);
    expect(problems).toEqual([]);
    expect(query?.selectors.map(shown)).toEqual(selectors);
    expect([...(query?.variables ?? [])]).toEqual(variables);
  });

  test.each(['foo{$filters}', '$query by (x)', 'foo{a$op"x"}'])('%s is read only when they have values', (text) => {
    const { query, problems, open } = read(text, true);
    expect([query, problems]).toEqual([undefined, []]);
    expect(open?.what).toContain('$');
  });

  test('a fault beside lengths of time that Grafana fills in is told', () => {
    expect(read('rate(foo{a="b"[$__rate_interval])', true).problems).toHaveLength(1);
  });

  test('a fault beside variables in strings is told', () => {
    expect(read('rate(foo{job="$job"}', true).problems).toHaveLength(1);
  });

  test('without them a dollar is a fault', () => {
    expect(read('foo[$__interval]').problems).toHaveLength(1);
  });
});

test('positions are those of the outer file', () => {
  const source = new SourceText('a.yaml', 'expr: sum(rate(foo{a="b"}[5m]))');
  const text = MappedText.join([{ text: source.text.slice(6), span: { source, start: 6, end: source.text.length } }], {
    source,
    start: 6,
    end: source.text.length,
  });
  const [selector] = readPromql(text).query?.selectors ?? [];
  expect(source.text.slice(selector.matchers[0].valueSpan.start, selector.matchers[0].valueSpan.end)).toBe('b');
  expect(source.text.slice(selector.name?.span.start, selector.name?.span.end)).toBe('foo');
});

test.each([
  `${'('.repeat(100_000)}up`,
  `${'-'.repeat(5000)}1`,
  `up${'+up'.repeat(50_000)}`,
  `sum(${'sum('.repeat(190)}up${')'.repeat(191)}`,
])('a hostile expression ends (%#)', (text) => {
  const { query, open, problems } = read(text);
  expect(query !== undefined || open !== undefined || problems.length > 0).toBe(true);
});

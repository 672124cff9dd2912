import { readMetricPage } from '../../src/read/metric-page';
import { SourceText } from '../../src/text';

const read = (text: string) => readMetricPage(new SourceText('page.prom', text));
const shown = (text: string) =>
  [...read(text).series.values()].map(
    ({ name, type, shapes }) => `${name} ${type} ${shapes.map(({ labels }) => `{${labels.join(',')}}`).join(' ')}`,
  );

describe('pages that are taken', () => {
  it.each<[what: string, text: string, series: string[]]>([
    ['a sample', 'up 1\n', ['up unknown {}']],
    ['labels in any order', 'a{y="2",x="1"} 1\na{x="3", y="4",} 2\n', ['a unknown {x,y}']],
    ['shapes apart', 'a{x="1"} 1\na 2\n', ['a unknown {x} {}']],
    ['types', '# HELP a What it is.\n# TYPE a counter\na 1 1700000000000\n', ['a counter {}']],
    ['untyped', '# TYPE a untyped\na 1', ['a unknown {}']],
    [
      'histograms',
      '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_sum 0.5\nh_count 2\n',
      ['h_bucket histogram {le}', 'h_sum histogram {}', 'h_count histogram {}'],
    ],
    [
      'summaries',
      '# TYPE s summary\ns{quantile="0.5"} NaN\ns_sum 0\ns_count 0\n',
      ['s summary {quantile}', 's_sum summary {}', 's_count summary {}'],
    ],
    [
      'OpenMetrics with its end and exemplars',
      '# TYPE a counter\n# UNIT a seconds\na_total{x="1"} 3 # {trace_id="7"} 1.0\na_created{x="1"} 1.7e9\n# EOF\nnothing more',
      ['a_total counter {x}', 'a_created counter {x}'],
    ],
    ['names in quotes', '{"http.requests",method="GET"} 4\n', ['http.requests unknown {method}']],
    ['escapes and Windows', 'a{x="say \\"hi\\"\\n{}"} +Inf\r\nb -1.5e-3\r\n', ['a unknown {x}', 'b unknown {}']],
    [
      'a family that has no series yet',
      '# TYPE h histogram\n# TYPE c counter\nx 1\n',
      [
        'x unknown {}',
        'h_bucket histogram {}',
        'h_sum histogram {}',
        'h_count histogram {}',
        'c_total counter {}',
        'c counter {}',
      ],
    ],
  ])('%s', (_, text, series) => {
    expect(read(text).problems).toEqual([]);
    expect(shown(text)).toEqual(series);
  });
});

describe('pages that are none', () => {
  it.each<[what: string, text: string, message: RegExp, at: string]>([
    ['nothing', '', /no sample/, ''],
    ['comments only', '# TYPE a counter\n', /no sample/, ''],
    ['a web page', '<!doctype html>\n<p>404</p>\n', /no line of a \/metrics page/, '<!doctype html>'],
    ['a value that is no number', 'a 1\nb three\n', /"three" is no value/, 'three'],
    ['no value', 'a{x="1"}\n', /"" is no value/, ''],
    ['labels that do not end', 'a{x="1" 3\n', /not closed/, 'x="1" 3'],
    ['a label without quotes', 'a{x=1} 3\n', /not closed/, 'x=1} 3'],
    ['a type that is none', '# TYPE a count\na 1\n', /"count" is no type/, 'count'],
  ])('%s', (_, text, message, at) => {
    const { problems, series } = read(text);
    expect(series.size).toBe(0);
    expect(problems).toHaveLength(1);
    expect(problems[0].message).toMatch(message);
    const { span } = problems[0];
    if (at !== '') expect(text.slice(span?.start, span?.end)).toBe(at);
  });
});

it('reads a large page in a moment', () => {
  const page = Array.from({ length: 50_000 }, (_, i) => `requests_total{path="/p${i}",code="200"} ${i}`).join('\n');
  const start = Date.now();
  expect(read(page).series.get('requests_total')?.shapes[0].examples).toHaveLength(40);
  expect(Date.now() - start).toBeLessThan(5000);
});

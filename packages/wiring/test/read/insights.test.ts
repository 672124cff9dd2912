import { type Expression, type InsightsQuery, readInsights } from '../../src/read/insights';
import { MappedText, SourceText } from '../../src/text';

function read(query: string): InsightsQuery {
  return readInsights(MappedText.whole(new SourceText('query', query)));
}

/** Names of all fields of an expression. */
function fieldsOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'field':
      return [expression.name];
    case 'list':
    case 'call':
      return expression.items.flatMap(fieldsOf);
    case 'not':
    case 'minus':
      return fieldsOf(expression.of);
    case 'binary':
      return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
    default:
      return [];
  }
}

const GOOD: readonly string[] = [
  'fields @timestamp, @message | sort @timestamp desc | limit 20',
  'fields @timestamp, @message\n| filter @message like /(?i)(error|fail)/\n| sort @timestamp desc',
  "filter kubernetes.namespace_name = 'shop' and not (level in ['debug', 'trace'] or status >= 500)",
  'filter log not like "healthz" and status not in [200, 204] | stats count(*) as hits by bin(5m), `kubernetes.labels.app.kubernetes.io/name`',
  'stats avg(duration), pct(duration, 99) as p99, count_distinct(user) by bin(1h) as hour | sort p99 desc, hour asc',
  'parse @message "user=*, method:*, latency := *" as user, method, latency | display user, latency',
  'parse log /status=(?<status>\\d{3}) path=(?<path>[^ /]+)/ | filter ispresent(status) | dedup path',
  'fields jsonParse(@message) as one | unnest one.items into item | fields item.id, one["items"][0], a.b.0.c',
  '# the busiest\nfields strcontains(log, "x # no comment") as found # one more\n| filter found = 1 | limit 5',
  "SOURCE '/eks/shop', '/eks/data' | fields @message",
  "SOURCE logGroups(namePrefix: ['/eks']) START=-3600s END=0s | fields @message",
  'filter @message like /a|b/ | pattern @message | diff previousDay',
  'filterIndex region = "us-east-1" | stats sum(bytes) / 1024 / 1024 as mib by bin(1d)',
  'fields @timestamp | filter $__contains and level = "${level}" | limit $count',
  'stats max(size / 1e6) as mb, sum(x * 1.5e-3)',
  'fields -(a + 2) * 3 ^ 2 % 5 as x, concat("a", \'b"\', "it\'s")',
  'FIELDS @message | FILTER a = 1 AND b LIKE "x"',
];

const BAD: readonly (readonly [query: string, message: string, at: string])[] = [
  ['fields @message | fliter a = 1', 'no command fliter', 'fliter'],
  ['stats cuont(*) by bin(5m)', 'no function cuont', 'cuont'],
  ['filter (a = 1 or b = 2 | limit 5', 'a ( is opened here', '(a = 1'],
  ['filter a = 1) | limit 5', 'a ) closes what nothing opens', ')'],
  ['stats count(* by bin(5m)', 'a ( is opened here', '(*'],
  ['fields @message | order by @timestamp', 'no command order', 'order'],
  ['filter a is "x"', 'no operator is', 'is'],
  ['filter a = "x | limit 5', 'opens a text here that nothing closes', '"x'],
  ['filter a = | limit 5', 'the command ends where a value has to stand', ' | limit'],
  ['fields a, ', 'the command ends where a value has to stand', ' '],
  ['filter a in [1, 2 | limit 5', 'a [ is opened here', '[1'],
  ['fields @message | limit many', 'limit wants a number', 'many'],
  ['fields @message\nfilter a = 1', 'begins before the one above it is ended', 'filter'],
];

const DOUBTFUL: readonly string[] = [
  'fields @message | join x',
  'teleport @message',
  'fields @message | | limit 5',
  '| fields @message',
  '',
  'filter a == 1',
  'filter a && b',
  'fields shuffle(a)',
  'parse @message "a * b *" as one',
  'fields a b',
  'source = logs-* | where a = 1 | head 5',
  '$query',
  'filter a = "x\\" | limit 5',
  `filter ${'('.repeat(300)}a${')'.repeat(300)}`,
  `filter ${'not '.repeat(300)}a`,
  `fields ${'-'.repeat(3000)}a`,
];

describe('a query of Logs Insights', () => {
  it.each(GOOD)('is read: %s', (query) => {
    const { problems, doubts, commands } = read(query);
    expect({ problems, doubts }).toEqual({ problems: [], doubts: [] });
    expect(commands.length).toBeGreaterThan(0);
  });

  it.each(BAD)('%s: %s', (query, message, at) => {
    const { problems } = read(query);
    expect(problems.map((problem) => problem.message).join()).toContain(message);
    const { start } = problems[0].span ?? { start: -1 };
    expect(query.slice(start)).toMatch(new RegExp(`^${at.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });

  it.each(DOUBTFUL)('is nobody’s fault when it is not known: %s', (query) => {
    const { problems, doubts } = read(query);
    expect(problems).toEqual([]);
    expect(doubts.length).toBeGreaterThan(0);
  });

  it('gives the fields of each command with their places', () => {
    const query = 'filter `a-b`.c[0]["d"] = kubernetes.labels.app and ispresent(x)';
    const [filter] = read(query).commands;
    const condition = filter.kind === 'filter' ? filter.condition : undefined;
    expect(condition && fieldsOf(condition)).toEqual(['a-b.c.0.d', 'kubernetes.labels.app', 'x']);
    const comparison = condition?.kind === 'binary' ? condition.left : undefined;
    const right = comparison?.kind === 'binary' ? comparison.right.span : undefined;
    expect(right && query.slice(right.start, right.end)).toBe('kubernetes.labels.app');
  });

  it('binds "or" looser than "and", and "and" looser than "not"', () => {
    const [filter] = read('filter not a = 1 and b = 2 or c = 3').commands;
    const condition = filter.kind === 'filter' ? filter.condition : undefined;
    expect(condition).toMatchObject({
      operator: 'or',
      left: { operator: 'and', left: { kind: 'not', of: { operator: '=' } } },
      right: { operator: '=' },
    });
  });

  it('names what parse adds: names behind "as", or groups of the expression', () => {
    const { commands } = read('parse @message /(?<a>x)(?<b>y)/ | parse z "* *" as c, d | parse "*" as e');
    expect(commands.map((one) => (one.kind === 'parse' ? one.names.map(({ text }) => text) : []))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
  });
});

describe('any text', () => {
  const PIECES = [
    'fields ',
    'filter ',
    '| ',
    'a',
    '.',
    '@message',
    '`',
    '"',
    "'",
    '/',
    '[',
    ']',
    '(',
    ')',
    '\\',
    ' like ',
    ' in ',
    'not ',
    '=',
    ',',
    '#',
    '\n',
    '${x}',
    '5m',
    'stats ',
    'count',
    '*',
    ' by ',
    'parse ',
    ' as ',
    'SOURCE ',
    '-',
    'é',
    '\uFFFC',
  ];

  it('is read in a moment, without a crash, and its places lie inside of it', () => {
    let state = 7;
    const below = (limit: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % limit;
    };
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: below(40) }, () => PIECES[below(PIECES.length)]).join('');
      const { problems, doubts, commands } = read(text);
      const spans = [...problems, ...doubts, ...commands].flatMap(({ span }) => (span ? [span] : []));
      for (const { start, end } of spans) expect(start >= 0 && start <= end && end <= text.length + 1).toBe(true);
    }
  });

  it.each([
    ['classes that nothing closes', `filter a like /${'[x]'.repeat(2000)}`],
    ['brackets', `filter a like /${'['.repeat(5000)}`],
    ['a long list', `filter a in [${'1, '.repeat(20000)}2]`],
    ['blanks and comments', `${' # x\n'.repeat(20000)}fields a`],
    ['many commands', 'fields a | '.repeat(10000)],
    ['a chain of conditions', `filter ${'a = 1 and '.repeat(20000)}b = 2`],
    ['a chain of signs', `fields ${'a+'.repeat(4900)}a`],
    ['classes', `filter a like /${'[x]'.repeat(3000)}`],
  ])('of %s is read in a moment', (_, text) => {
    const start = Date.now();
    read(text);
    expect(Date.now() - start).toBeLessThan(3000);
  });
});

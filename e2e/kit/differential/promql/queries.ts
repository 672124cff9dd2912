import type { Chance } from '../cases';

/** A query that is right, or was before something happened to it. */
export function query(random: Chance): string {
  const whole = vector(random, 3);
  if (random.maybe(0.6)) return whole;
  return damaged(random.maybe(0.3) ? scalar(random, 2) : whole, random);
}

const METRICS = [
  'up',
  'http_requests_total',
  'node:cpu:rate5m',
  'a',
  'by',
  'sum_total',
  'on',
  'offset_x',
  'NaNs',
  'inf_x',
];
const LABELS = ['job', 'pod', 'le', 'instance', 'by', 'on', 'sum', 'bool', 'offset', '__name__', 'and', 'a_b', 'start'];
const UTF8 = ['"a.b"', '"ä"', "'x y'"];
const VALUES = [
  '"web"',
  '""',
  "'web'",
  '`a\\b`',
  '"a\\"b"',
  '"ä\\u00e4\\x41"',
  '"a|b"',
  '".+"',
  '".*"',
  '"[a-z]+"',
  "'\\''",
];
const REGEXES = [
  '"a(b"',
  '"(?i)x"',
  '"a{2}"',
  '"(?P<x>a)"',
  '"a**"',
  '"\\\\d+"',
  '"(?=a)"',
  '"[[:alpha:]]"',
  '"\\\\pL"',
];
const DURATIONS = ['5m', '1h30m', '30s', '1d', '2w', '1y', '100ms', '300', '1h2m3s', '0x10', '1.5', '1e2'];
const OFFSETS = [
  'offset 5m',
  'offset -1h',
  '@ 1600000000',
  '@ start()',
  '@ end() offset 1d',
  'offset 1d @ 1.5',
  'offset 300',
];
const NUMBERS = [
  '1',
  '0',
  '0.5',
  '.5',
  '5.',
  '1e3',
  '1E-3',
  '0x1F',
  'NaN',
  'Inf',
  'inf',
  '1_000',
  '5m',
  '-1',
  '+2',
  '017',
  '1.',
];
const GROUPED = ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar', 'SUM'];
const WITH_NUMBER = ['topk', 'bottomk', 'quantile', 'limitk', 'limit_ratio'];
const OF_RANGE = [
  'rate',
  'irate',
  'increase',
  'delta',
  'avg_over_time',
  'max_over_time',
  'count_over_time',
  'changes',
  'absent_over_time',
  'last_over_time',
  'mad_over_time',
];
const OF_VECTOR = [
  'abs',
  'ceil',
  'floor',
  'absent',
  'sort',
  'sort_desc',
  'sqrt',
  'timestamp',
  'hour',
  'histogram_count',
  'ln',
  'round',
  'sgn',
  'info',
];
const OPERATORS = ['+', '-', '*', '/', '%', '^', 'atan2', '==', '!=', '>', '<', '>=', '<='];
const SETS = ['and', 'or', 'unless', 'AND'];

export function vector(random: Chance, depth: number): string {
  if (depth === 0) return instant(random);
  const inner = () => vector(random, depth - 1);
  switch (random.below(12)) {
    case 0:
    case 1:
      return instant(random);
    case 2:
    case 3:
      return `${random.pick(OF_RANGE)}(${matrix(random, depth - 1)})`;
    case 4:
      return aggregated(random, random.pick(GROUPED), inner());
    case 5:
      return aggregated(random, random.pick(WITH_NUMBER), `${scalar(random, depth - 1)}, ${inner()}`);
    case 6:
      return `${random.pick(OF_VECTOR)}(${inner()})`;
    case 7:
      return `${inner()} ${random.pick(OPERATORS)} ${matching(random, false)}${inner()}`;
    case 8:
      return `${inner()} ${random.pick(SETS)} ${matching(random, true)}${inner()}`;
    case 9:
      return `${inner()} ${random.pick(OPERATORS)} ${random.maybe(0.2) ? 'bool ' : ''}${scalar(random, depth - 1)}`;
    case 10:
      return random.pick([
        `(${inner()})`,
        `-${inner()}`,
        `(${inner()}) # said`,
        `(\n${inner()}\n)`,
        `vector(${scalar(random, depth - 1)})`,
      ]);
    default:
      return special(random, inner, depth);
  }
}

function special(random: Chance, inner: () => string, depth: number): string {
  return random.pick<() => string>([
    () => `histogram_quantile(${scalar(random, depth - 1)}, ${aggregated(random, 'sum', inner())})`,
    () => `label_replace(${inner()}, "dst", "$1", "src", "(.*)")`,
    () => `label_join(${inner()}, "dst", "-", "a", "b")`,
    () => `clamp(${inner()}, 0, ${scalar(random, depth - 1)})`,
    () => `clamp_max(${inner()}, 1)`,
    () => `predict_linear(${matrix(random, depth - 1)}, 3600)`,
    () => `quantile_over_time(0.9, ${matrix(random, depth - 1)})`,
    () => `count_values("version", ${inner()})`,
    () => `sort_by_label(${inner()}, "a")`,
    () => `round(${inner()}, 0.1)`,
    () => random.pick(['hour()', 'year()', 'days_in_month()']),
  ])();
}

function instant(random: Chance): string {
  const offset = random.maybe(0.15) ? ` ${random.pick(OFFSETS)}` : '';
  const name = random.pick(METRICS);
  if (random.maybe(0.35)) return `${name}${offset}`;
  const matchers = Array.from({ length: random.below(4) }, () => matcher(random));
  const comma = random.maybe(0.1) && matchers.length > 0 ? ',' : '';
  if (random.maybe(0.1)) return `{${[...matchers, 'job="x"'].join(',')}}${offset}`;
  if (random.maybe(0.05)) return `{${[...random.some(UTF8, 2, 1), ...matchers].join(', ')}}${offset}`;
  return `${name}{${matchers.join(random.pick([',', ', ']))}${comma}}${offset}`;
}

function matcher(random: Chance): string {
  const label = random.maybe(0.07) ? random.pick(UTF8) : random.pick(LABELS);
  if (random.maybe(0.15)) return `${label}${random.pick(['=~', '!~'])}${random.pick(REGEXES)}`;
  return `${label}${random.pick(['=', '!=', '=~', '!~'])}${random.pick(VALUES)}`;
}

function matrix(random: Chance, depth: number): string {
  const range = random.pick(DURATIONS);
  const offset = random.maybe(0.15) ? ` ${random.pick(OFFSETS)}` : '';
  if (depth > 0 && random.maybe(0.3))
    return `(${vector(random, depth - 1)})[${range}:${random.maybe(0.5) ? random.pick(DURATIONS) : ''}]${offset}`;
  return `${instant(random).replace(/ (?:offset|@).*$/, '')}[${range}]${offset}`;
}

function scalar(random: Chance, depth: number): string {
  if (depth <= 0 || random.maybe(0.6)) return random.pick(NUMBERS);
  const inner = () => scalar(random, depth - 1);
  return random.pick<() => string>([
    () => `scalar(${vector(random, depth - 1)})`,
    () => `${inner()} ${random.pick(OPERATORS.slice(0, 6))} ${inner()}`,
    () => `${inner()} ${random.pick(OPERATORS.slice(7))} bool ${inner()}`,
    () => `(${inner()})`,
    () => random.pick(['time()', 'pi()']),
  ])();
}

function aggregated(random: Chance, name: string, args: string): string {
  const labels = random.maybe(0.05) ? [random.pick(UTF8)] : random.some(LABELS, 3);
  const clause = `${random.pick(['by', 'without', 'BY'])} (${labels.join(', ')}${random.maybe(0.05) && labels.length > 0 ? ',' : ''})`;
  return random.pick([`${name}(${args})`, `${name} ${clause} (${args})`, `${name}(${args}) ${clause}`]);
}

function matching(random: Chance, isSet: boolean): string {
  const bool = !isSet && random.maybe(0.1) ? 'bool ' : '';
  if (random.maybe(0.5)) return bool;
  const labels = (most: number) => random.some(LABELS, most).join(', ');
  const group =
    !isSet && random.maybe(0.5)
      ? `${random.pick(['group_left', 'group_right'])}${random.maybe(0.6) ? `(${labels(2)})` : ''} `
      : '';
  return `${bool}${random.pick(['on', 'ignoring'])} (${labels(3)}) ${group}`;
}

const TOKENS = /[A-Za-z_:][\w:]*|\d[\w.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|=~|!~|!=|==|>=|<=|\s+|./gs;
const STRAY = [
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ',',
  '=',
  '=~',
  '"',
  '5m',
  'by',
  'on',
  'offset',
  '@',
  'bool',
  ':',
  '[5m]',
  '[5m:]',
  '#',
  '\\',
  '$x',
  'sum',
  'rate',
  'gone',
  '!',
  'and',
  '0',
  '-',
];

/** One or two tokens are lost, doubled, changed for others or put in. */
function damaged(text: string, random: Chance): string {
  const tokens = text.match(TOKENS) ?? [];
  for (const _ of Array.from({ length: 1 + random.below(2) })) {
    const at = random.below(tokens.length + 1);
    const token = random.pick(random.maybe(0.5) ? STRAY : [...tokens, ' ']);
    random.pick([
      () => tokens.splice(at, 1),
      () => tokens.splice(at, 0, token),
      () => tokens.splice(at, 1, token),
      () => tokens.splice(at, 0, tokens[at] ?? ''),
    ])();
  }
  return tokens.join('');
}

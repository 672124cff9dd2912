import type { ValueType } from './syntax';

export interface Signature {
  readonly args: readonly ValueType[];
  /** How many more arguments of the last type may follow or, counting it, be left out; -1: any number. */
  readonly variadic: number;
  readonly result: ValueType;
}

const TYPES: Readonly<Record<string, ValueType>> = { v: 'vector', m: 'matrix', s: 'scalar', t: 'string' };

/** Functions by their arguments (promql/parser/functions.go): v(ector), m(atrix), s(calar), t(ext). */
const TABLE: Readonly<Record<string, string>> = {
  v: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_sum
    histogram_stddev histogram_stdvar ln log10 log2 rad sgn sin sinh sort sort_desc sqrt start_timestamp tan tanh timestamp`,
  m: `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
    last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time
    stdvar_over_time sum_over_time ts_of_first_over_time ts_of_max_over_time ts_of_min_over_time ts_of_last_over_time`,
  vss: 'clamp',
  vs: 'clamp_max clamp_min',
  ssv: 'histogram_fraction',
  sv: 'histogram_quantile',
  mss: 'double_exponential_smoothing',
  ms: 'predict_linear',
  sm: 'quantile_over_time',
  vtttt: 'label_replace',
};

const OPTIONAL: Readonly<Record<string, readonly [string, number]>> = {
  days_in_month: ['v', 1],
  day_of_month: ['v', 1],
  day_of_week: ['v', 1],
  day_of_year: ['v', 1],
  hour: ['v', 1],
  minute: ['v', 1],
  month: ['v', 1],
  year: ['v', 1],
  round: ['vs', 1],
  info: ['vv', 1],
  label_join: ['vttt', -1],
  sort_by_label: ['vt', -1],
  sort_by_label_desc: ['vt', -1],
  histogram_quantiles: ['vtss', 9],
};

const SCALARS: Readonly<Record<string, string>> = {
  end: '',
  pi: '',
  range: '',
  start: '',
  step: '',
  time: '',
  max_of: 'ss',
  min_of: 'ss',
  scalar: 'v',
};

export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map([
  ...Object.entries(TABLE).flatMap(([args, names]) => names.split(/\s+/).map((name) => entry(name, args, 0, 'vector'))),
  ...Object.entries(OPTIONAL).map(([name, [args, variadic]]) => entry(name, args, variadic, 'vector')),
  ...Object.entries(SCALARS).map(([name, args]) => entry(name, args, 0, 'scalar')),
  entry('vector', 's', 0, 'vector'),
]);

function entry(name: string, args: string, variadic: number, result: ValueType): readonly [string, Signature] {
  return [name, { args: [...args].map((letter) => TYPES[letter]), variadic, result }];
}

/** Aggregations, with the type of the parameter that stands before what is aggregated. */
export const AGGREGATIONS: ReadonlyMap<string, ValueType | undefined> = new Map<string, ValueType | undefined>([
  ...['avg', 'count', 'group', 'max', 'min', 'stddev', 'stdvar', 'sum'].map((op) => [op, undefined] as const),
  ...['bottomk', 'topk', 'limitk', 'limit_ratio', 'quantile'].map((op) => [op, 'scalar'] as const),
  ['count_values', 'string'],
]);

/** Functions of older versions, which some stores still know. */
export const FORMER = /\bholt_winters\s*\(/;

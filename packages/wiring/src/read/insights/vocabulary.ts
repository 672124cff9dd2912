/**
 * Words of CloudWatch Logs Insights (Amazon CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax"
 * and "Boolean, comparison, numeric, datetime, and other functions").
 */
export const COMMANDS: readonly string[] = [
  'addtotals',
  'anomaly',
  'dedup',
  'diff',
  'display',
  'fields',
  'filter',
  'filterindex',
  'head',
  'join',
  'limit',
  'lookup',
  'parse',
  'pattern',
  'sort',
  'source',
  'stats',
  'tail',
  'unmask',
  'unnest',
];

export const FUNCTIONS: ReadonlySet<string> = new Set(
  `abs ceil floor greatest least log sqrt
  bin datefloor dateceil frommillis tomillis now queryruntime
  ispresent coalesce jsonparse jsonstringify if case
  isvalidip isvalidipv4 isvalidipv6 isipinsubnet isipv4insubnet isipv6insubnet
  isempty isblank concat ltrim rtrim trim strlen toupper tolower substr replace strcontains
  avg count count_distinct max min pct stddev sum median mode values list earliest latest sortsfirst sortslast
  anomaly unmask cidrmatch strftime strptime`
    .trim()
    .split(/\s+/),
);

/** What CloudWatch itself adds to every event of a group, whoever writes it. */
export const SYSTEM_FIELDS: readonly string[] = [
  '@message',
  '@timestamp',
  '@ingestionTime',
  '@logStream',
  '@log',
  '@ptr',
  '@entity',
];

/** Fields of the results of `pattern`, `anomaly` and `diff`. */
export const RESULT_FIELDS: readonly string[] = [
  '@pattern',
  '@sampleCount',
  '@regexString',
  '@ratio',
  '@severityLabel',
  '@differencePercent',
  '@differenceDescription',
  '@patternId',
  '@relatedPattern',
  '@visualization',
  '@logSamples',
];

/** Commands of other languages for logs, and what Insights has in place of them. */
export const FOREIGN_COMMANDS: Readonly<Record<string, string>> = {
  eval: 'fields … as',
  extend: 'fields … as',
  group: 'stats … by',
  order: 'sort',
  project: 'fields',
  rename: 'fields … as',
  search: 'filter',
  select: 'fields',
  summarize: 'stats … by',
  take: 'limit',
  where: 'filter',
};

/** Operators of other languages, and what Insights has in place of them. */
export const FOREIGN_OPERATORS: Readonly<Record<string, string>> = {
  between: '>= and <=',
  contains: 'like',
  equals: '=',
  has: 'like',
  ilike: 'like /(?i)…/',
  is: '=',
  matches: 'like',
  rlike: 'like',
  regexp: 'like',
};

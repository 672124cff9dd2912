import type { Chance } from '../cases';

/** A policy as JSON has it; random ones have every element, well-formed or next to it. */
export interface WrittenPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** One request and the policies that it meets. */
export interface PolicyCase {
  readonly action: string;
  readonly resource: string;
  /** Keys as AWS writes them; what is not in it is not in the request. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly policies: readonly WrittenPolicy[];
}

const WORKSPACE = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1';
const STREAM = 'arn:aws:logs:eu-west-1:111122223333:log-group:/eks/game:log-stream:pod-a';

export const REQUESTS: readonly (readonly [action: string, resource: string])[] = [
  ['aps:RemoteWrite', WORKSPACE],
  ['aps:QueryMetrics', WORKSPACE],
  ['logs:PutLogEvents', STREAM],
];

const ACTIONS = [
  'aps:RemoteWrite',
  'APS:remotewrite',
  'aps:Remote*',
  'aps:Remote?rite',
  'aps:*Write',
  'aps:QueryMetrics',
  'aps:*',
  '*',
  'logs:*',
  'logs:PutLogEvents',
  'logs:Put*Events',
  'logs:?utLogEvents',
  's3:*',
];

const RESOURCES = [
  '*',
  WORKSPACE,
  'arn:aws:aps:eu-west-1:111122223333:workspace/ws-2',
  'arn:aws:aps:*:111122223333:workspace/*',
  'arn:aws:aps:eu-west-?:111122223333:workspace/ws-?',
  'arn:aws:aps:eu-west-1:444455556666:workspace/*',
  'arn:aws:aps:*',
  'arn:aws:aps:${aws:RequestedRegion}:111122223333:workspace/*',
  'arn:aws:aps:*:*:workspace/ws-${aws:PrincipalTag/number}',
  "arn:aws:aps:*:*:workspace/${aws:PrincipalTag/workspace, 'ws-1'}",
  STREAM,
  'arn:aws:logs:eu-west-1:111122223333:log-group:/eks/game:*',
  'arn:aws:logs:eu-west-1:111122223333:log-group:/eks/*',
  'arn:aws:logs:eu-west-1:111122223333:log-group:/eks/game',
  'arn:aws:logs:*:*:log-group:*:log-stream:pod-*',
  'arn:aws:logs:*:*:*',
  'arn:aws:logs',
  'arn:aws:s3:::x',
];

/** What each key of a condition may have as its value, in the request or in the policy. */
const KEYS: Readonly<
  Record<string, { readonly values: readonly string[]; readonly many?: true; readonly type?: Type }>
> = {
  'aws:ResourceTag/env': { values: ['prod', 'dev', 'Prod', ''] },
  'aws:PrincipalTag/team': { values: ['a', 'b', 'prod'] },
  'aws:PrincipalTag/number': { values: ['1', '2'] },
  'aws:PrincipalTag/workspace': { values: ['ws-1', 'ws-2', '*'] },
  'aws:RequestedRegion': { values: ['eu-west-1', 'us-east-1'] },
  'aws:SecureTransport': { values: ['true', 'false'], type: 'bool' },
  'aws:SourceArn': {
    values: ['arn:aws:eks:eu-west-1:111122223333:cluster/one', 'arn:aws:eks:eu-west-1:111122223333:cluster/a:b'],
    type: 'arn',
  },
  'aws:SourceIp': { values: ['10.0.0.1', '203.0.113.7'], type: 'ip' },
  'aws:MultiFactorAuthAge': { values: ['10', '300', '3600'], type: 'number' },
  'aws:CalledVia': { values: ['athena.amazonaws.com', 'cloudformation.amazonaws.com'], many: true },
  'aws:PrincipalOrgPaths': { values: ['o-1/r-1/ou-1/', 'o-1/r-1/ou-2/'], many: true },
};

type Type = 'bool' | 'arn' | 'ip' | 'number';

const STAR = '${*}';
const TEXT_PATTERNS = [
  '*',
  'pro*',
  '?rod',
  'eu-*',
  'ws-?',
  'a',
  '',
  '*.amazonaws.com',
  'o-1/*',
  ...['${aws:PrincipalTag/team}', STAR, 'ws-${aws:PrincipalTag/number}', "${aws:PrincipalTag/team, 'prod'}"],
];
const ARN_PATTERNS = [
  'arn:aws:eks:*:111122223333:cluster/*',
  'arn:aws:eks:eu-west-1:111122223333:cluster/one',
  'arn:*:111122223333:cluster/one',
  'arn:aws:eks:*:*:*',
  '*',
  'arn:aws:eks:eu-west-?:1111*:cluster/a:?',
];
const TEXT_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
];
const OPERATORS: Readonly<Record<Type, readonly string[]>> = {
  bool: ['Bool', 'StringEquals'],
  arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike', 'StringEquals'],
  ip: ['IpAddress', 'NotIpAddress'],
  number: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
};

export function policyCase(random: Chance): PolicyCase {
  const [action, resource] = random.pick(REQUESTS);
  return {
    action,
    resource,
    context: context(random),
    policies: Array.from({ length: 1 + random.below(2) }, () => ({
      Version: '2012-10-17',
      Statement: Array.from({ length: 1 + random.below(3) }, () => statement(random)),
    })),
  };
}

function context(random: Chance): PolicyCase['context'] {
  const keys = random.subset(Object.entries(KEYS), 0.6);
  return Object.fromEntries(
    keys.map(([key, { values, many }]) => [key, many ? random.some(values, 2, 1) : random.pick(values)]),
  );
}

function statement(random: Chance): WrittenPolicy['Statement'][number] {
  const condition = random.maybe(0.7) ? conditions(random) : undefined;
  return {
    Effect: random.maybe(0.75) ? 'Allow' : 'Deny',
    [random.maybe(0.85) ? 'Action' : 'NotAction']: oneOrMore(random, ACTIONS),
    ...(random.maybe(0.85)
      ? { Resource: oneOrMore(random, RESOURCES) }
      : // The evaluator does not complete ARNs in NotResource, which AWS does.
        { NotResource: oneOrMore(random, RESOURCES.filter(isWhole)) }),
    ...(condition && { Condition: condition }),
  };
}

function isWhole(arn: string): boolean {
  return arn.split(':').length >= 6;
}

function oneOrMore(random: Chance, choices: readonly string[]): string | readonly string[] {
  return random.maybe(0.5) ? random.pick(choices) : [...new Set(random.some(choices, 3, 1))];
}

function conditions(random: Chance): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const result: Record<string, Record<string, unknown>> = {};
  for (const _ of Array.from({ length: 1 + random.below(2) })) {
    const [key, { values, many, type }] = random.pick(Object.entries(KEYS));
    if (random.maybe(0.1)) {
      result.Null = { [key]: random.pick(['true', 'false']) };
      continue;
    }
    // AWS does not say what keys of many values are without a set operator, nor the evaluator what others are with one.
    const set = many ? random.pick(['ForAnyValue:', 'ForAllValues:']) : '';
    const operator = `${set}${random.pick(type ? OPERATORS[type] : TEXT_OPERATORS)}${random.maybe(0.25) ? 'IfExists' : ''}`;
    // The evaluator knows `${*}` under these only.
    const patterns = operator.includes('Like') ? TEXT_PATTERNS : TEXT_PATTERNS.filter((text) => text !== STAR);
    const choices =
      type === 'arn'
        ? [...values, ...ARN_PATTERNS]
        : type === 'ip'
          ? ['10.0.0.0/8', ...values]
          : type
            ? values
            : [...values, ...patterns];
    result[operator] = { ...result[operator], [spelled(random, key)]: oneOrMore(random, choices) };
  }
  return result;
}

/** Names of keys are the same in any case, names of tags in them are not said to be. */
function spelled(random: Chance, key: string): string {
  const [name = '', ...tag] = key.split('/');
  return random.maybe(0.2) ? [name.toLowerCase(), ...tag].join('/') : key;
}

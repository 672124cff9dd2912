import { parse } from 'yaml';
import {
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  FluentBit,
  type FluentBitProps,
  LogPattern,
  type LogRedaction,
  type MultilineRule,
  StackTrace,
} from '../../src';
import { at, only, render } from '../render';

const PROPS: FluentBitProps = {
  namespace: 'monitoring',
  identity: AwsIdentity.podIdentity(),
  target: CloudWatchLogsTarget.logGroup({
    region: EnvironmentValue.literal('ap-northeast-2'),
    logGroupName: EnvironmentValue.literal('/eks/tictactoe'),
  }),
};

const config = (changes: Partial<FluentBitProps>) => {
  const objects = render((scope) => new FluentBit(scope, 'fluent-bit', { ...PROPS, ...changes }));
  return parse(String(at(only(objects, 'ConfigMap'), 'data', 'fluent-bit.yaml')));
};

describe('redaction', () => {
  const filters = (redaction: LogRedaction, more: Partial<FluentBitProps> = {}) =>
    config({ redaction, ...more }).pipeline.filters as { name: string; code?: string }[];
  const code = (redaction: LogRedaction) => filters(redaction)[0]?.code ?? '';

  test('comes after lines are joined and before the metadata, so that the buffer on the node has no secret either', () => {
    const names = filters({ maskFields: ['password'] }, { stackTraces: [StackTrace.JAVA] }).map(({ name }) => name);
    expect(names).toEqual(['multiline', 'lua', 'kubernetes']);
  });

  test.each([[undefined], [{}], [{ maskFields: [], dropFields: [], patterns: [] }]])(
    'of nothing (%j) adds nothing',
    (redaction) => {
      expect(config({ redaction }).pipeline.filters).toHaveLength(1);
    },
  );

  test('tells fields by their names in small letters, once each', () => {
    expect(code({ maskFields: ['Token', 'token'], dropFields: ['SSN'] })).toMatch(
      /^local NAMES = \{ 'token', 'ssn' \}\nlocal ACTIONS = \{ \['token'\] = 'mask', \['ssn'\] = 'drop' \}\n/,
    );
  });

  test('no pattern can leave its place in the script', () => {
    const hostile = LogPattern.matching('a\'}} os%.execute%("x"%) %-%-%[%[ %${HOME}');
    const [line] = code({ patterns: [hostile] })
      .split('\n')
      .filter((one) => one.includes('execute'));
    expect(line).toBe(
      "  { 'a\\039\\125\\125 os%.execute%\\040\\034x\\034%\\041 %-%-%[%[ %\\036\\123HOME\\125', '[redacted]' },",
    );
  });

  test('holds nothing that Fluent Bit would take for a variable', () => {
    expect(code({ maskFields: ['a'], patterns: [LogPattern.assignment('b')] })).not.toContain('${');
  });

  test.each([
    ['maskFields', { maskFields: ['a"b'] }],
    ['maskFields', { maskFields: [''] }],
    ['dropFields', { dropFields: ['a\\b'] }],
    ['dropFields', { maskFields: ['A'], dropFields: ['a'] }],
  ])('%s: refuses %j', (prop, redaction) => {
    expect(() => config({ redaction })).toThrow(`FluentBitProps.redaction.${prop}: got`);
  });
});

describe('LogPattern.matching', () => {
  test.each([
    '%f[%d]%d%d%d%f[%D]',
    'x-y',
    '[]a]+',
    '[^^]',
    '[^]%]]b',
    '%bxy',
    'a.c',
    '%%',
    '^a$',
    '[%w_]+@',
    '%-%-+',
    'a%$',
  ])('takes %s', (pattern) => {
    expect(() => LogPattern.matching(pattern)).not.toThrow();
  });

  test.each([
    '',
    'a[',
    'a[]',
    'a[^]',
    '[',
    'a%',
    '(a)',
    'a(',
    '%b',
    '%bx',
    '%f',
    '%fx',
    '%1',
    '*a',
    'a**',
    'ä',
    'a\nb',
    'a^b',
    ']',
  ])('refuses %j, in which Lua would find a fault once it gets there, or that is no pattern', (pattern) => {
    expect(() => LogPattern.matching(pattern)).toThrow('LogPattern.matching: got');
  });

  test.each(['a*', '%s*', '[ab]-', 'a?b*', '%f[%w]', '^', '$'])('refuses %s, which finds the empty text', (pattern) => {
    expect(() => LogPattern.matching(pattern)).toThrow('never finds the empty text');
  });

  test.each(['', 'a b', 'a=', '-a'])('LogPattern.assignment refuses the name %j', (name) => {
    expect(() => LogPattern.assignment(name)).toThrow('LogPattern.assignment: got');
  });
});

describe('multi-line rules', () => {
  const rules: MultilineRule[] = [
    { name: 'dotnet', start: '^Unhandled exception\\.', continuation: '^\\s+at [^\'"/]+' },
    { name: 'dated', start: '^\\d{4}-[[:digit:]]{2}: "x" #\\$' },
  ];

  test('stand in the configuration as they are given, and before the languages that Fluent Bit knows', () => {
    const { multiline_parsers, pipeline } = config({ multilineRules: rules, stackTraces: [StackTrace.GO] });
    expect(multiline_parsers).toEqual([
      {
        name: 'dotnet',
        type: 'regex',
        rules: [
          { state: 'start_state', regex: '/^Unhandled exception\\./', next_state: 'further' },
          { state: 'further', regex: '/^\\s+at [^\'"/]+/', next_state: 'further' },
        ],
      },
      {
        name: 'dated',
        type: 'regex',
        rules: [
          { state: 'start_state', regex: '/^\\d{4}-[[:digit:]]{2}: "x" #\\$/', next_state: 'further' },
          { state: 'further', regex: '/^(?!.*(?:^\\d{4}-[[:digit:]]{2}: "x" #\\$))/', next_state: 'further' },
        ],
      },
    ]);
    expect(pipeline.filters[0]['multiline.parser']).toBe('dotnet,dated,go');
  });

  test.each([
    ['name', { name: 'java', start: 'a' }],
    ['name', { name: 'cri', start: 'a' }],
    ['name', { name: 'A', start: 'a' }],
    ['name', { name: 'a,b', start: 'a' }],
    ['start', { name: 'a', start: '' }],
    ['start', { name: 'a', start: '(a' }],
    ['start', { name: 'a', start: 'a)' }],
    ['start', { name: 'a', start: '[a' }],
    ['start', { name: 'a', start: 'a\\' }],
    ['start', { name: 'a', start: 'a\nb' }],
    ['continuation', { name: 'a', start: 'a', continuation: '' }],
  ])('%s: refuses %j', (prop, rule) => {
    expect(() => config({ multilineRules: [rule] })).toThrow(`FluentBitProps.multilineRules.${prop}: got`);
  });

  test('refuses a name twice', () => {
    const rule = { name: 'a', start: 'a' };
    expect(() => config({ multilineRules: [rule, rule] })).toThrow('allowed: a name of its own');
  });
});

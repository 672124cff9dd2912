import { parse } from 'yaml';
import {
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  FluentBit,
  type FluentBitProps,
  type LogRoute,
  StackTrace,
} from '../../src';
import { at, container, only, render } from '../render';

const PROPS: FluentBitProps = {
  namespace: 'monitoring',
  identity: AwsIdentity.podIdentity(),
  target: CloudWatchLogsTarget.logGroup({
    region: EnvironmentValue.literal('ap-northeast-2'),
    logGroupName: EnvironmentValue.literal('/eks/tictactoe'),
  }),
};

const fluentBit = (changes: Partial<FluentBitProps> = {}) =>
  render((scope) => new FluentBit(scope, 'fluent-bit', { ...PROPS, ...changes }));

const pipeline = (changes: Partial<FluentBitProps> = {}) =>
  parse(String(at(only(fluentBit(changes), 'ConfigMap'), 'data', 'fluent-bit.yaml'))).pipeline;

describe('stack traces', () => {
  test('are joined before anything else looks at a line, and buffered on disk', () => {
    const { filters } = pipeline({ stackTraces: [StackTrace.PYTHON, StackTrace.JAVA, StackTrace.JAVA] });
    expect(filters.map(({ name }: { name: string }) => name)).toEqual(['multiline', 'kubernetes']);
    expect(filters[0]).toMatchObject({
      match: 'kube.*',
      'multiline.key_content': 'log',
      'multiline.parser': 'java,python',
      'emitter_storage.type': 'filesystem',
    });
  });

  test('are left as they are unless asked for', () => {
    expect(pipeline().filters).toHaveLength(1);
  });
});

describe('routes', () => {
  const routes: LogRoute[] = [
    { namespaces: ['payments', 'audit'], logGroupName: EnvironmentValue.literal('/eks/audit') },
    { namespaces: ['games'], logGroupName: EnvironmentValue.literal('/eks/games') },
  ];
  const tag = (namespace: string) => `kube.var.log.containers.pod-1_${namespace}_web-0123.log`;
  const groups = (namespace: string) =>
    pipeline({ routes })
      .outputs.filter((output: { match_regex: string }) => new RegExp(output.match_regex).test(tag(namespace)))
      .map((output: { log_group_name: string }) => output.log_group_name);

  test.each([
    ['payments', '${LOG_GROUP_NAME_1}'],
    ['audit', '${LOG_GROUP_NAME_1}'],
    ['games', '${LOG_GROUP_NAME_2}'],
    ['games-dev', '${LOG_GROUP_NAME}'],
    ['my-games', '${LOG_GROUP_NAME}'],
    ['default', '${LOG_GROUP_NAME}'],
  ])('lines of %s go to exactly one log group', (namespace, group) => {
    expect(groups(namespace)).toEqual([group]);
  });

  test('the names of the log groups reach the container as variables', () => {
    expect(at(container(only(fluentBit({ routes }), 'DaemonSet')), 'env')).toEqual([
      { name: 'LOG_GROUP_NAME', value: '/eks/tictactoe' },
      { name: 'AWS_REGION', value: 'ap-northeast-2' },
      { name: 'LOG_GROUP_NAME_1', value: '/eks/audit' },
      { name: 'LOG_GROUP_NAME_2', value: '/eks/games' },
    ]);
  });

  test('every output delivers at least once', () => {
    for (const output of pipeline({ routes }).outputs) {
      expect(output).toMatchObject({ retry_limit: 'no_limits', 'storage.total_limit_size': '1024M' });
    }
  });

  const group = EnvironmentValue.literal('/eks/x');
  test.each<[string, LogRoute[], string]>([
    [
      'a route without namespaces',
      [{ namespaces: [], logGroupName: group }],
      'FluentBitProps.routes.namespaces: got []',
    ],
    ['a wildcard', [{ namespaces: ['a*'], logGroupName: group }], 'FluentBitProps.routes.namespaces: got "a*"'],
    [
      'a namespace in two routes',
      [
        { namespaces: ['a'], logGroupName: group },
        { namespaces: ['a'], logGroupName: group },
      ],
      'got "a", allowed: each namespace once',
    ],
    [
      'an ARN as log group',
      [{ namespaces: ['a'], logGroupName: EnvironmentValue.literal('arn:aws:logs:x') }],
      'FluentBitProps.routes.logGroupName: got "arn:aws:logs:x"',
    ],
    [
      'a ConfigMap that the pods cannot read',
      [
        {
          namespaces: ['a'],
          logGroupName: EnvironmentValue.configMapKey({ namespace: 'other', name: 'x', key: 'y' }),
        },
      ],
      'FluentBitProps.routes.logGroupName: got a key of ConfigMap "other/x"',
    ],
  ])('%s is refused', (_, bad, message) => {
    expect(() => fluentBit({ routes: bad })).toThrow(message);
  });
});

describe('network policy', () => {
  test('there is none unless it is asked for', () => {
    expect(fluentBit().map(({ kind }) => kind)).not.toContain('NetworkPolicy');
  });

  test('lets metrics collectors in, and keeps the instance metadata out of reach', () => {
    const policy = only(fluentBit({ networkPolicy: true }), 'NetworkPolicy');
    expect(at(policy, 'spec', 'podSelector', 'matchLabels')).toEqual({ app: 'fluent-bit' });
    expect(at(policy, 'spec', 'ingress', 0, 'ports')).toEqual([{ protocol: 'TCP', port: 2020 }]);
    expect(at(policy, 'spec', 'ingress', 0, 'from', 0, 'podSelector', 'matchExpressions', 0, 'values')).toContain(
      'metrics-collector',
    );
    expect(at(policy, 'spec', 'egress', 1, 'to', 0, 'ipBlock', 'except')).toEqual(['169.254.169.254/32']);
    expect(at(policy, 'spec', 'egress')).toHaveLength(3);
  });
});

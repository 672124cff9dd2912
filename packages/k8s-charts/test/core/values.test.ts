import { Size } from 'cdk8s';
import {
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  ObservabilityNamespace,
  PodDiscovery,
  PodSecurityLevel,
  PrometheusRemoteWriteTarget,
} from '../../src';
import { quantity } from '../../src/core/container-parts';
import { at, only, render } from '../render';

const TOKEN = '${Token[AWS.AccountId.4]}';
const literal = EnvironmentValue.literal;

describe('EnvironmentValue', () => {
  test('is a literal or a reference, never both', () => {
    expect(literal('x')).toMatchObject({ literalValue: 'x', source: undefined });
    const source = { name: 'map', key: 'key' };
    expect(EnvironmentValue.configMapKey(source)).toMatchObject({ literalValue: undefined, source });
  });

  test.each(['', '  '])('a blank literal %j is refused, with the way to say "not known yet"', (value) => {
    expect(() => literal(value)).toThrow(/got "\s*", allowed: text that is not blank\..*configMapKey/);
  });

  test.each([
    [{ name: 'A', key: 'k' }, 'ConfigMapKeyProps.name: got "A"'],
    [{ name: 'a', key: 'k/x' }, 'ConfigMapKeyProps.key: got "k/x"'],
    [{ name: 'a', key: 'k', namespace: 'n_s' }, 'ConfigMapKeyProps.namespace: got "n_s"'],
  ])('a reference %j that cannot exist is refused', (props, message) => {
    expect(() => EnvironmentValue.configMapKey(props)).toThrow(message);
  });
});

describe('AwsIdentity', () => {
  test.each([
    'arn:aws:iam::111122223333:role/GrafanaAgentAMPRole',
    'arn:aws-cn:iam::111122223333:role/path/name',
    'arn:aws-us-gov:iam::111122223333:role/a',
    `arn:aws:iam::${TOKEN}:role/a`,
  ])('takes %s', (arn) => {
    expect(AwsIdentity.role(arn).roleArn).toBe(arn);
  });

  test.each([
    'GrafanaAgentAMPRole',
    'arn:aws:iam::1111:role/a',
    'arn:aws:iam::111122223333:policy/a',
    'arn:aws:iam::111122223333:role/',
  ])('refuses %s', (arn) => {
    expect(() => AwsIdentity.role(arn)).toThrow(`AwsIdentity.role: got "${arn}", allowed: an ARN`);
  });

  test('of Pod Identity names no role', () => {
    expect(AwsIdentity.podIdentity().roleArn).toBeUndefined();
  });
});

describe('targets', () => {
  const workspaceId = literal('ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95');
  const region = literal('ap-northeast-2');

  test.each(['Seoul', 'ap-northeast-2a', 'ap_northeast_2'])('region %j is refused', (value) => {
    const expected = `region: got "${value}", allowed: the code of an AWS region`;
    expect(() => PrometheusRemoteWriteTarget.ampWorkspace({ region: literal(value), workspaceId })).toThrow(expected);
    const logGroupName = literal('/eks/x');
    expect(() => CloudWatchLogsTarget.logGroup({ region: literal(value), logGroupName })).toThrow(expected);
  });

  test.each(['eks-metrics', 'ws-REPLACE_ME', 'arn:aws:aps:ap-northeast-2:111122223333:workspace/ws-1'])(
    'workspace id %j is refused',
    (value) => {
      const make = () => PrometheusRemoteWriteTarget.ampWorkspace({ region, workspaceId: literal(value) });
      expect(make).toThrow(`AmpWorkspaceAttributes.workspaceId: got "${value}"`);
    },
  );

  test('a domain with a scheme is refused', () => {
    const make = () => PrometheusRemoteWriteTarget.ampWorkspace({ region, workspaceId, dnsSuffix: 'https://x.y' });
    expect(make).toThrow('AmpWorkspaceAttributes.dnsSuffix: got "https://x.y"');
  });

  test.each(['arn:aws:logs:ap-northeast-2:111122223333:log-group:/eks/x', '', 'a b'])(
    'log group %j is refused',
    (name) => {
      expect(() => CloudWatchLogsTarget.logGroup({ region, logGroupName: literal(name) })).toThrow(`got "${name}"`);
    },
  );

  test('a fallback stream that needs a value of the line is refused', () => {
    const make = () =>
      CloudWatchLogsTarget.logGroup({ region, logGroupName: literal('/eks/x'), fallbackStream: '$TAG' });
    expect(make).toThrow('LogGroupAttributes.fallbackStream: got "$TAG"');
  });

  test('tokens and values that are read at run time are not examined', () => {
    const late = EnvironmentValue.configMapKey({ name: 'a', key: 'b' });
    expect(() => PrometheusRemoteWriteTarget.ampWorkspace({ region: late, workspaceId: late })).not.toThrow();
    expect(() => CloudWatchLogsTarget.logGroup({ region: literal(TOKEN), logGroupName: literal(TOKEN) })).not.toThrow();
  });
});

describe('PodDiscovery', () => {
  test.each([0, 65536, 80.5, Number.NaN])('default port %p is refused', (defaultPort) => {
    expect(() => PodDiscovery.annotations({ defaultPort })).toThrow('allowed: an integer from 1 to 65535');
  });

  test('an empty list of namespaces is refused, as it could mean all or none', () => {
    expect(() => PodDiscovery.annotations({ namespaces: [] })).toThrow('got [], allowed: one namespace or more');
  });

  test('a namespace with a wildcard is refused', () => {
    expect(() => PodDiscovery.annotations({ namespaces: ['tictactoe-*'] })).toThrow('got "tictactoe-*"');
    expect(() => PodDiscovery.annotations({ namespaces: [TOKEN] })).not.toThrow();
  });
});

describe('ObservabilityNamespace', () => {
  const labels = (enforce?: PodSecurityLevel) => {
    const objects = render((scope) => new ObservabilityNamespace(scope, 'ns', { name: 'monitoring', enforce }));
    return at(only(objects, 'Namespace'), 'metadata', 'labels');
  };

  test('enforces the level restricted unless told otherwise', () => {
    expect(labels()).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  test('still warns of anything beyond restricted where it cannot enforce it', () => {
    expect(labels(PodSecurityLevel.PRIVILEGED)).toEqual({
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
    });
  });

  test('a name that cannot exist is refused', () => {
    expect(() => render((scope) => new ObservabilityNamespace(scope, 'ns', { name: 'Kube System' }))).toThrow(
      'ObservabilityNamespaceProps.name: got "Kube System"',
    );
  });
});

test.each([
  [Size.kibibytes(1500), '1500Ki'],
  [Size.mebibytes(96), '96Mi'],
  [Size.gibibytes(2), '2Gi'],
  [Size.tebibytes(1024), '1024Ti'],
])('a size is written in the largest unit that keeps it whole', (size, expected) => {
  expect(quantity(size)).toBe(expected);
});

import { AwsIdentity, CloudWatchLogsTarget, EnvironmentValue, FluentBit, type FluentBitProps } from '../../src';
import { at, only, render } from '../render';

const PROPS: FluentBitProps = {
  name: 'logs',
  namespace: 'monitoring',
  identity: AwsIdentity.podIdentity(),
  target: CloudWatchLogsTarget.logGroup({
    region: EnvironmentValue.literal('ap-northeast-2'),
    logGroupName: EnvironmentValue.literal('/eks/tictactoe'),
  }),
};

const objects = (changes: Partial<FluentBitProps>) =>
  render((scope) => new FluentBit(scope, 'logs', { ...PROPS, ...changes }));

test('the policy is for pods of its namespace, and names the account and the folders that the DaemonSet mounts', () => {
  const rendered = objects({ hostPathPolicy: true, stateHostPath: '/data/logs' });
  const policy = only(rendered, 'ValidatingAdmissionPolicy');
  expect(at(policy, 'spec', 'validations', 0, 'expression')).toBe(
    '!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath) || ' +
      "(has(object.spec.serviceAccountName) && object.spec.serviceAccountName == 'logs' && " +
      "v.hostPath.path in ['/var/log/containers', '/var/log/pods', '/data/logs']))",
  );
  expect(at(only(rendered, 'ValidatingAdmissionPolicyBinding'), 'spec')).toEqual({
    policyName: 'logs-host-paths',
    validationActions: ['Deny'],
    matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
  });
});

test('there is none unless asked for', () => {
  expect(objects({}).map(({ kind }) => kind)).not.toContain('ValidatingAdmissionPolicy');
});

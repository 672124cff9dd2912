import { Size } from 'cdk8s';
import { parse } from 'yaml';
import { AwsIdentity, CloudWatchLogsTarget, EnvironmentValue, FluentBit, type FluentBitProps } from '../../src';
import { at, container, only, podSpec, render } from '../render';

const PROPS: FluentBitProps = {
  namespace: 'monitoring',
  identity: AwsIdentity.role('arn:aws:iam::111122223333:role/FluentBitRole'),
  path: '/var/log/containers/*tictactoe*.log',
  target: CloudWatchLogsTarget.logGroup({
    region: EnvironmentValue.literal('ap-northeast-2'),
    logGroupName: EnvironmentValue.literal('/eks/tictactoe'),
  }),
};

const fluentBit = (changes: Partial<FluentBitProps> = {}) =>
  render((scope) => new FluentBit(scope, 'fluent-bit', { ...PROPS, ...changes }));

const text = (changes: Partial<FluentBitProps> = {}) =>
  String(at(only(fluentBit(changes), 'ConfigMap'), 'data', 'fluent-bit.yaml'));

const config = (changes: Partial<FluentBitProps> = {}) => parse(text(changes));
const input = (changes?: Partial<FluentBitProps>) => config(changes).pipeline.inputs[0];
const filter = (changes?: Partial<FluentBitProps>) => config(changes).pipeline.filters[0];
const output = (changes?: Partial<FluentBitProps>) => config(changes).pipeline.outputs[0];

describe('configuration', () => {
  test('is the same text for every region, log group and role', () => {
    const target = CloudWatchLogsTarget.logGroup({
      region: EnvironmentValue.literal('eu-west-1'),
      logGroupName: EnvironmentValue.literal('/eks/other'),
    });
    expect(text({ target, identity: AwsIdentity.podIdentity() })).toBe(text());
    expect(output()).toMatchObject({ region: '${AWS_REGION}', log_group_name: '${LOG_GROUP_NAME}' });
  });

  test('reads the lines of CRI runtimes, whose parts it joins, from the head of every new file', () => {
    expect(input()).toMatchObject({
      name: 'tail',
      path: '/var/log/containers/*tictactoe*.log',
      'multiline.parser': 'cri',
      read_from_head: true,
    });
    expect(input()).not.toHaveProperty('parser');
  });

  test('the filter knows the tag that the input gives', () => {
    const tag = String(input().tag).replace('*', 'var.log.containers.pod_ns_container-id.log');
    expect(tag.startsWith(filter().kube_tag_prefix)).toBe(true);
    expect(filter().match).toBe(input().tag);
    expect(output().match).toBe(input().tag);
  });

  test('parses JSON lines below a key of their own, and keeps the text of others only', () => {
    expect(filter()).toMatchObject({ merge_log: true, merge_log_key: 'log_processed', keep_log: false });
  });

  test('gets the metadata of pods of any size', () => {
    expect(filter().buffer_size).toBe(0);
  });

  test('has one stream per namespace and a named one for lines without a namespace', () => {
    expect(output()).toMatchObject({
      log_stream_template: "$kubernetes['namespace_name']",
      log_stream_name: 'without-metadata',
    });
    expect(output()).not.toHaveProperty('log_stream_prefix');
  });

  test('delivers at least once: state and buffer on the mounted folder, retries without limit', () => {
    const state = at(container(only(fluentBit(), 'DaemonSet')), 'volumeMounts', 3, 'mountPath');
    expect(config().service['storage.path']).toBe(`${state}/buffer`);
    expect(input()).toMatchObject({ db: `${state}/tail.db`, 'storage.type': 'filesystem' });
    expect(output().retry_limit).toBe('no_limits');
    expect(config().service['scheduler.cap']).toBe(15);
  });

  test('bounds disk and memory', () => {
    expect(output()['storage.total_limit_size']).toBe('1024M');
    expect(output({ bufferSize: Size.gibibytes(5) })['storage.total_limit_size']).toBe('5120M');
    expect(config().service['storage.max_chunks_up']).toBe(64);
  });

  test('makes no log group', () => {
    expect(output().auto_create_group).toBe(false);
  });

  test('adds pod labels only when asked to', () => {
    expect(filter().labels).toBe(false);
    expect(filter({ podLabels: true }).labels).toBe(true);
  });
});

describe('workload', () => {
  test('starts Fluent Bit itself with the mounted configuration', () => {
    expect(at(container(only(fluentBit(), 'DaemonSet')), 'command')).toEqual([
      '/fluent-bit/bin/fluent-bit',
      '-c',
      '/etc/fluent-bit/fluent-bit.yaml',
    ]);
  });

  test('region and log group reach the container as variables', () => {
    expect(at(container(only(fluentBit(), 'DaemonSet')), 'env')).toEqual([
      { name: 'LOG_GROUP_NAME', value: '/eks/tictactoe' },
      { name: 'AWS_REGION', value: 'ap-northeast-2' },
    ]);
  });

  test('reads the logs and writes its state on the node, and nothing else', () => {
    const daemonSet = only(fluentBit(), 'DaemonSet');
    expect(at(podSpec(daemonSet), 'volumes')).toEqual([
      { name: 'config', configMap: { name: 'fluent-bit-config' } },
      { name: 'container-logs', hostPath: { path: '/var/log/containers', type: 'Directory' } },
      { name: 'pod-logs', hostPath: { path: '/var/log/pods', type: 'Directory' } },
      { name: 'state', hostPath: { path: '/var/lib/fluent-bit', type: 'DirectoryOrCreate' } },
    ]);
    expect(at(container(daemonSet), 'volumeMounts')).toEqual([
      { name: 'config', mountPath: '/etc/fluent-bit', readOnly: true },
      { name: 'container-logs', mountPath: '/var/log/containers', readOnly: true },
      { name: 'pod-logs', mountPath: '/var/log/pods', readOnly: true },
      { name: 'state', mountPath: '/var/lib/fluent-bit' },
    ]);
  });

  test('is root without capabilities and with a read-only root file system', () => {
    const daemonSet = only(fluentBit(), 'DaemonSet');
    expect(at(podSpec(daemonSet), 'securityContext')).toEqual({
      runAsUser: 0,
      runAsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(container(daemonSet), 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('runs on tainted nodes unless told not to', () => {
    const tolerations = (tolerateAllTaints?: boolean) =>
      at(podSpec(only(fluentBit({ tolerateAllTaints }), 'DaemonSet')), 'tolerations');
    expect(tolerations()).toEqual([{ operator: 'Exists' }]);
    expect(tolerations(false)).toBeUndefined();
  });

  test('is probed on the port that the configuration opens', () => {
    const daemonSet = only(fluentBit(), 'DaemonSet');
    expect(config().service).toMatchObject({ http_server: true, health_check: true, http_port: 2020 });
    expect(at(container(daemonSet), 'ports', 0, 'containerPort')).toBe(2020);
    expect(at(container(daemonSet), 'livenessProbe', 'httpGet')).toEqual({
      path: '/api/v1/health',
      port: 'http-metrics',
    });
  });

  test('a changed configuration changes the pod template', () => {
    const sum = (changes: Partial<FluentBitProps>) =>
      at(only(fluentBit(changes), 'DaemonSet'), 'spec', 'template', 'metadata', 'annotations', 'checksum/config');
    expect(sum({ podLabels: true })).not.toBe(sum({}));
    expect(sum({ priorityClassName: 'system-node-critical' })).toBe(sum({}));
  });

  test('takes a priority class', () => {
    const daemonSet = only(fluentBit({ priorityClassName: 'system-node-critical' }), 'DaemonSet');
    expect(at(podSpec(daemonSet), 'priorityClassName')).toBe('system-node-critical');
  });
});

test('the service account may get single pods and nothing else', () => {
  const objects = fluentBit();
  expect(at(only(objects, 'ClusterRole'), 'rules')).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]);
  expect(at(only(objects, 'ServiceAccount'), 'metadata', 'annotations')).toEqual({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/FluentBitRole',
  });
});

test('two installations on one node keep their state apart', () => {
  expect(at(podSpec(only(fluentBit({ name: 'audit-logs' }), 'DaemonSet')), 'volumes', 3, 'hostPath', 'path')).toBe(
    '/var/lib/audit-logs',
  );
});

describe('what is refused', () => {
  test.each<[string, Partial<FluentBitProps>, string]>([
    ['a path outside of the container logs', { path: '/var/log/*.log' }, 'FluentBitProps.path: got "/var/log/*.log"'],
    ['a path with a variable', { path: '/var/log/containers/${X}.log' }, 'allowed: globs directly below'],
    ['a state folder above others', { stateHostPath: '/var/lib/../../etc' }, 'FluentBitProps.stateHostPath: got'],
    ['the root folder for state', { stateHostPath: '/' }, 'FluentBitProps.stateHostPath: got "/"'],
    ['a buffer that holds nothing', { bufferSize: Size.mebibytes(1) }, 'got 1, allowed: an integer from 64 to'],
    ['a namespace that cannot exist', { namespace: '-x' }, 'FluentBitProps.namespace: got "-x"'],
    ['a name that cannot be a label', { name: 'Fluent' }, 'FluentBitProps.name: got "Fluent"'],
  ])('%s', (_, changes, message) => {
    expect(() => fluentBit(changes)).toThrow(message);
  });

  test('a ConfigMap that the pods cannot read', () => {
    const target = CloudWatchLogsTarget.logGroup({
      region: EnvironmentValue.literal('ap-northeast-2'),
      logGroupName: EnvironmentValue.configMapKey({ namespace: 'ack-system', name: 'log-group', key: 'name' }),
    });
    expect(() => fluentBit({ target })).toThrow('got a key of ConfigMap "ack-system/log-group"');
  });
});

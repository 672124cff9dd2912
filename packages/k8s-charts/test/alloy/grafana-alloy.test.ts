import { Duration, Size } from 'cdk8s';
import {
  AwsIdentity,
  EnvironmentValue,
  GrafanaAlloy,
  type GrafanaAlloyProps,
  PodDiscovery,
  PrometheusRemoteWriteTarget,
} from '../../src';
import { at, container, only, podSpec, render } from '../render';

const REGION = EnvironmentValue.literal('ap-northeast-2');
const WORKSPACE_ID = EnvironmentValue.configMapKey({
  namespace: 'monitoring',
  name: 'amp-workspace',
  key: 'workspaceId',
});

const PROPS: GrafanaAlloyProps = {
  namespace: 'monitoring',
  identity: AwsIdentity.role('arn:aws:iam::111122223333:role/GrafanaAgentAMPRole'),
  clusterName: EnvironmentValue.literal('tictactoe-dev'),
  remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({ region: REGION, workspaceId: WORKSPACE_ID }),
};

const alloy = (changes: Partial<GrafanaAlloyProps> = {}) =>
  render((scope) => new GrafanaAlloy(scope, 'alloy', { ...PROPS, ...changes }));

const config = (changes: Partial<GrafanaAlloyProps> = {}) =>
  String(at(only(alloy(changes), 'ConfigMap'), 'data', 'config.alloy'));

describe('configuration', () => {
  test('writes to the workspace of the environment, signed for its region, with the cluster as external label', () => {
    expect(config()).toContain(
      [
        'prometheus.remote_write "amp" {',
        '\texternal_labels = {',
        '\t\tcluster = sys.env("CLUSTER_NAME"),',
        '\t}',
        '',
        '\tendpoint {',
        '\t\turl = "https://aps-workspaces." + sys.env("AWS_REGION") + ".amazonaws.com/workspaces/" + sys.env("AMP_WORKSPACE_ID") + "/api/v1/remote_write"',
        '',
        '\t\tsigv4 {',
        '\t\t\tregion = sys.env("AWS_REGION")',
        '\t\t}',
        '\t}',
        '}',
      ].join('\n'),
    );
  });

  test('is the same text for every cluster, region, workspace and role', () => {
    const other = config({
      identity: AwsIdentity.role('arn:aws:iam::444455556666:role/other'),
      clusterName: EnvironmentValue.literal('tictactoe-prod'),
      remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({
        region: EnvironmentValue.literal('eu-west-1'),
        workspaceId: EnvironmentValue.literal('ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95'),
      }),
    });
    expect(other).toBe(config());
  });

  test('looks at all namespaces unless some are named', () => {
    expect(config()).not.toContain('namespaces');
    expect(config({ discovery: PodDiscovery.annotations({ namespaces: ['b', 'a', 'b'] }) })).toContain(
      '\tnamespaces {\n\t\tnames = ["a", "b"]\n\t}',
    );
  });

  test('takes default port, interval and timeout from the props', () => {
    const text = config({
      discovery: PodDiscovery.annotations({ defaultPort: 8081 }),
      scrapeInterval: Duration.seconds(15),
      scrapeTimeout: Duration.seconds(5),
    });
    expect(text).toContain('replacement  = "8081"');
    expect(text).toContain('scrape_interval = "15s"');
    expect(text).toContain('scrape_timeout  = "5s"');
  });

  test('the timeout never exceeds a short interval', () => {
    expect(config({ scrapeInterval: Duration.seconds(5) })).toContain('scrape_timeout  = "5s"');
  });

  test('uses the domain of another partition', () => {
    const remoteWrite = PrometheusRemoteWriteTarget.ampWorkspace({
      region: EnvironmentValue.literal('cn-north-1'),
      workspaceId: WORKSPACE_ID,
      dnsSuffix: 'amazonaws.com.cn',
    });
    expect(config({ remoteWrite })).toContain('".amazonaws.com.cn/workspaces/"');
  });
});

describe('workload', () => {
  test('values of the environment reach the container as variables, the id by a reference that is not optional', () => {
    expect(at(container(only(alloy(), 'Deployment')), 'env')).toEqual([
      { name: 'CLUSTER_NAME', value: 'tictactoe-dev' },
      { name: 'AWS_REGION', value: 'ap-northeast-2' },
      { name: 'AMP_WORKSPACE_ID', valueFrom: { configMapKeyRef: { name: 'amp-workspace', key: 'workspaceId' } } },
    ]);
  });

  test('one replica that is replaced, never overlapped', () => {
    const deployment = only(alloy(), 'Deployment');
    expect(at(deployment, 'spec', 'replicas')).toBe(1);
    expect(at(deployment, 'spec', 'strategy')).toEqual({ type: 'Recreate' });
  });

  test('a changed configuration changes the pod template', () => {
    const sum = (changes: Partial<GrafanaAlloyProps>) =>
      at(only(alloy(changes), 'Deployment'), 'spec', 'template', 'metadata', 'annotations', 'checksum/config');
    expect(sum({})).toMatch(/^[0-9a-f]{64}$/);
    expect(sum({ scrapeInterval: Duration.seconds(30) })).not.toBe(sum({}));
    expect(sum({ clusterName: EnvironmentValue.literal('other') })).toBe(sum({}));
  });

  test('runs as the user of the image, with nothing that the level restricted forbids', () => {
    const deployment = only(alloy(), 'Deployment');
    expect(at(podSpec(deployment), 'securityContext')).toEqual({
      runAsNonRoot: true,
      runAsUser: 473,
      runAsGroup: 473,
      fsGroup: 473,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(container(deployment), 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('the only writable place is the volume of the write-ahead log, which survives the container', () => {
    const deployment = only(alloy({ walSizeLimit: Size.mebibytes(512) }), 'Deployment');
    expect(at(podSpec(deployment), 'volumes')).toEqual([
      { name: 'config', configMap: { name: 'grafana-alloy-config' } },
      { name: 'wal', emptyDir: { sizeLimit: '512Mi' } },
    ]);
    expect(at(container(deployment), 'volumeMounts')).toEqual([
      { name: 'config', mountPath: '/etc/alloy', readOnly: true },
      { name: 'wal', mountPath: '/var/lib/alloy/data' },
    ]);
    expect(at(container(deployment), 'args')).toContain('--storage.path=/var/lib/alloy/data');
  });

  test('listens beyond the pod, where the probes and the scrape of itself find it', () => {
    const deployment = only(alloy(), 'Deployment');
    expect(at(container(deployment), 'args')).toEqual(
      expect.arrayContaining(['--server.http.listen-addr=0.0.0.0:12345', '--disable-reporting']),
    );
    expect(at(container(deployment), 'readinessProbe', 'httpGet')).toEqual({ path: '/-/ready', port: 'http-metrics' });
    expect(at(container(deployment), 'ports')).toEqual([
      { name: 'http-metrics', containerPort: 12345, protocol: 'TCP' },
    ]);
    expect(at(deployment, 'spec', 'template', 'metadata', 'annotations', 'prometheus.io/port')).toBe('12345');
  });

  test('labels of the user do not replace the selector', () => {
    const deployment = only(alloy({ labels: { app: 'other', team: 'games' } }), 'Deployment');
    expect(at(deployment, 'spec', 'selector', 'matchLabels')).toEqual({ app: 'grafana-alloy' });
    expect(at(deployment, 'spec', 'template', 'metadata', 'labels')).toMatchObject({
      app: 'grafana-alloy',
      team: 'games',
    });
  });
});

describe('service account', () => {
  test('carries the role, and may read pods and nothing else', () => {
    const objects = alloy();
    expect(at(only(objects, 'ServiceAccount'), 'metadata')).toMatchObject({
      name: 'grafana-alloy',
      namespace: 'monitoring',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/GrafanaAgentAMPRole' },
    });
    expect(at(only(objects, 'ClusterRole'), 'rules')).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(at(only(objects, 'ClusterRoleBinding'), 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: 'grafana-alloy', namespace: 'monitoring' },
    ]);
    expect(at(podSpec(only(objects, 'Deployment')), 'serviceAccountName')).toBe('grafana-alloy');
  });

  test('names no role where Pod Identity does', () => {
    const account = only(alloy({ identity: AwsIdentity.podIdentity() }), 'ServiceAccount');
    expect(at(account, 'metadata', 'annotations')).toBeUndefined();
  });

  test('another name is used for every object', () => {
    const names = alloy({ name: 'collector' }).map((object) => at(object, 'metadata', 'name'));
    expect(new Set(names)).toEqual(new Set(['collector', 'collector-config']));
  });
});

describe('network policy', () => {
  test('there is none unless it is asked for', () => {
    expect(alloy().map((object) => object.kind)).not.toContain('NetworkPolicy');
  });

  test('keeps the instance metadata out of reach and opens the namespaces of the targets', () => {
    const discovery = PodDiscovery.annotations({ namespaces: ['tictactoe-dev'] });
    const policy = only(alloy({ networkPolicy: true, discovery }), 'NetworkPolicy');
    expect(at(policy, 'spec', 'egress', 1, 'to', 0, 'ipBlock', 'except')).toEqual(['169.254.169.254/32']);
    expect(at(policy, 'spec', 'egress', 3, 'to', 0, 'namespaceSelector', 'matchExpressions', 0, 'values')).toEqual([
      'tictactoe-dev',
    ]);
    expect(at(policy, 'spec', 'policyTypes')).toEqual(['Ingress', 'Egress']);
  });

  test('opens all namespaces where all are discovered', () => {
    const policy = only(alloy({ networkPolicy: true }), 'NetworkPolicy');
    expect(at(policy, 'spec', 'egress', 3, 'to')).toEqual([{ namespaceSelector: {} }]);
  });
});

describe('what is refused', () => {
  test.each<[string, Partial<GrafanaAlloyProps>, string]>([
    ['a namespace that cannot exist', { namespace: 'Monitoring' }, 'GrafanaAlloyProps.namespace: got "Monitoring"'],
    ['a name that cannot be a label', { name: 'a.b' }, 'GrafanaAlloyProps.name: got "a.b"'],
    ['an interval of zero', { scrapeInterval: Duration.seconds(0) }, 'got 0, allowed: an integer from 1 to 300'],
    [
      'a timeout beyond the interval',
      { scrapeTimeout: Duration.seconds(90) },
      'got 90, allowed: 1 to the scrape interval, 60',
    ],
    [
      'a ConfigMap that the pods cannot read',
      { namespace: 'other' },
      'got a key of ConfigMap "monitoring/amp-workspace", allowed: ConfigMaps of namespace "other"',
    ],
    ['a CPU request in words', { resources: { cpuRequest: 'half' } }, 'resources.cpuRequest: got "half"'],
    [
      'a limit below the request',
      { resources: { memoryLimit: Size.mebibytes(64) } },
      'got "64Mi", allowed: at least the memory request, 384Mi',
    ],
  ])('%s', (_, changes, message) => {
    expect(() => alloy(changes)).toThrow(message);
  });

  test('a token of another framework passes, as its value is not known yet', () => {
    const token = '${Token[TOKEN.42]}';
    const identity = AwsIdentity.role(token);
    const remoteWrite = PrometheusRemoteWriteTarget.ampWorkspace({
      region: EnvironmentValue.literal(token),
      workspaceId: EnvironmentValue.literal(token),
    });
    expect(() => alloy({ namespace: token, name: token, identity, remoteWrite })).not.toThrow();
  });
});

import {
  AdotCollector,
  AdotDelivery,
  AlloyDelivery,
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  FluentBit,
  GrafanaAlloy,
  KubeStateMetrics,
  PrometheusAgent,
  PrometheusServer,
} from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, container, only, podSpec, render } from '../render';

type Overrides = { [key: string]: unknown };
type Make = (overrides?: Overrides) => ReturnType<typeof render>;

const target = CloudWatchLogsTarget.logGroup({
  region: EnvironmentValue.literal('ap-northeast-2'),
  logGroupName: EnvironmentValue.literal('/eks/x'),
});
const { namespace } = PROPS;
const identity = AwsIdentity.podIdentity();

/** Props' type, kind of the workload, its container, a variable that it sets, the component. */
const WORKLOADS: [string, string, string, string, Make][] = [
  [
    'GrafanaAlloyProps',
    'Deployment',
    'alloy',
    'AMP_WORKSPACE_ID',
    (overrides) => render((scope) => new GrafanaAlloy(scope, 'c', { ...PROPS, overrides })),
  ],
  [
    'GrafanaAlloyProps',
    'DaemonSet',
    'alloy',
    'NODE_NAME',
    (overrides) =>
      render((scope) => new GrafanaAlloy(scope, 'c', { ...PROPS, delivery: AlloyDelivery.DAEMON_SET, overrides })),
  ],
  [
    'PrometheusServerProps',
    'StatefulSet',
    'prometheus',
    'CLUSTER_NAME',
    (overrides) => render((scope) => new PrometheusServer(scope, 'c', { ...PROPS, overrides })),
  ],
  [
    'KubeStateMetricsProps',
    'Deployment',
    'kube-state-metrics',
    'AWS_REGION',
    (overrides) => render((scope) => new KubeStateMetrics(scope, 'c', { namespace, overrides })),
  ],
  [
    'PrometheusAgentProps',
    'Deployment',
    'prometheus',
    'CLUSTER_NAME',
    (overrides) => render((scope) => new PrometheusAgent(scope, 'c', { ...PROPS, overrides })),
  ],
  [
    'AdotCollectorProps',
    'Deployment',
    'adot-collector',
    'AMP_WORKSPACE_ID',
    (overrides) => render((scope) => new AdotCollector(scope, 'c', { ...PROPS, overrides })),
  ],
  [
    'FluentBitProps',
    'DaemonSet',
    'fluent-bit',
    'LOG_GROUP_NAME',
    (overrides) => render((scope) => new FluentBit(scope, 'c', { namespace, identity, target, overrides })),
  ],
];

const ofPod = (spec: Overrides) => ({ spec: { template: { spec } } });
const withAnnotation = (key: string, value: string) => ({
  spec: { template: { metadata: { annotations: { [key]: value } } } },
});

describe.each(WORKLOADS)('%s.overrides of a %s', (struct, kind, name, variable, make) => {
  const inContainer = (changes: Overrides) => ofPod({ containers: [{ name, ...changes }] });
  const withVariable = (env: Overrides) => inContainer({ env: [env] });

  test('adds and changes what the component has no prop for, and leaves the rest', () => {
    const changed = only(
      make(
        ofPod({
          affinity: { nodeAffinity: {} },
          containers: [{ name, env: [{ name: 'GOGC', value: '50' }], imagePullPolicy: 'Always' }],
        }),
      ),
      kind,
    );
    const plain = only(make(), kind);
    expect(at(podSpec(changed), 'affinity')).toEqual({ nodeAffinity: {} });
    expect(container(changed)).toEqual({
      ...(container(plain) as object),
      imagePullPolicy: 'Always',
      env: [...((at(container(plain), 'env') ?? []) as object[]), { name: 'GOGC', value: '50' }],
    });
    expect(at(podSpec(changed), 'volumes')).toEqual(at(podSpec(plain), 'volumes'));
  });

  test.each<[string, Overrides]>([
    ['service account', ofPod({ serviceAccountName: 'other' })],
    ['service account', ofPod({ serviceAccount: 'other' })],
    ['service account', ofPod({ automountServiceAccountToken: false })],
    ['variable AWS_REGION', withVariable({ name: 'AWS_REGION', value: 'eu-west-1' })],
    ['variable AWS_DEFAULT_REGION', withVariable({ name: 'AWS_DEFAULT_REGION', value: 'eu-west-1' })],
    ['variable AWS_ROLE_ARN', withVariable({ name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::111122223333:role/other' })],
    ['variable AWS_PROFILE', withVariable({ name: 'AWS_PROFILE', value: 'other' })],
    ['variable AWS_ENDPOINT_URL', withVariable({ name: 'AWS_ENDPOINT_URL', value: 'https://example.com' })],
    [`variable ${variable}`, withVariable({ name: variable, value: 'other' })],
    ['variables from elsewhere', inContainer({ envFrom: [{ configMapRef: { name: 'x' } }] })],
    ['command', inContainer({ args: ['--other'] })],
    ['command', inContainer({ command: ['sh'] })],
    ['configuration volume', ofPod({ volumes: [{ name: 'config', configMap: { name: 'other' } }] })],
    ['mounts of configuration', inContainer({ volumeMounts: [{ name: 'x', mountPath: '/var/run/secrets/x' }] })],
    ['mounts of configuration', inContainer({ volumeMounts: [{ name: 'x', mountPath: '/etc/resolv.conf' }] })],
    ['mounts of configuration', inContainer({ volumeMounts: [{ name: 'x', mountPath: '/etc/ssl/certs' }] })],
    ['mounts of configuration', inContainer({ volumeMounts: [{ name: 'x', mountPath: '/var/run' }] })],
    ['mounts of configuration', inContainer({ volumeMounts: [{ name: 'x', mountPath: '/' }] })],
    ['volumes of tokens', ofPod({ volumes: [{ name: 'aws-iam-token', secret: { secretName: 'x' } }] })],
    ['name resolution', ofPod({ hostAliases: [{ ip: '10.0.0.1', hostnames: ['sts.amazonaws.com'] }] })],
    ['name resolution', ofPod({ dnsPolicy: 'None' })],
    ['name resolution', ofPod({ dnsConfig: { nameservers: ['10.0.0.1'] } })],
    ['name resolution', ofPod({ dnsConfig: { searches: ['example.com'] } })],
    ['name resolution', ofPod({ hostNetwork: true })],
    ['annotations about the role', withAnnotation('eks.amazonaws.com/skip-containers', name)],
    ['annotations about the role', withAnnotation('eks.amazonaws.com/audience', 'other')],
    ['variable KUBERNETES_SERVICE_HOST', withVariable({ name: 'KUBERNETES_SERVICE_HOST', value: 'example.com' })],
    ['label app', { spec: { template: { metadata: { labels: { app: 'other' } } } } }],
    ['replicas', { spec: { replicas: 7 } }],
    ['selector', { spec: { selector: { matchLabels: { x: 'y' } } } }],
    ['namespace', { metadata: { namespace: 'other' } }],
    ['name', { metadata: { name: 'other' } }],
    ['kind', { kind: 'Pod' }],
  ])('cannot replace the %s', (what, overrides) => {
    expect(() => make(overrides)).toThrow(new RegExp(`^${struct}\\.overrides: got .*, allowed: ${what}`));
  });

  test('may ask for other options of name resolution', () => {
    const dnsConfig = { options: [{ name: 'ndots', value: '2' }] };
    expect(at(podSpec(only(make(ofPod({ dnsConfig })), kind)), 'dnsConfig')).toEqual(dnsConfig);
  });

  test('may repeat what is there', () => {
    expect(make({ metadata: { namespace } })).toEqual(make());
  });
});

describe('resource of the operator', () => {
  const make: Make = (overrides) =>
    render((scope) => new AdotCollector(scope, 'c', { ...PROPS, delivery: AdotDelivery.OPERATOR, overrides }));

  test('takes what the component has no prop for', () => {
    const changed = only(make({ spec: { priorityClassName: 'high' } }), 'OpenTelemetryCollector');
    expect(at(changed, 'spec', 'priorityClassName')).toBe('high');
  });

  test.each<[string, Overrides]>([
    ['service account', { serviceAccount: 'other' }],
    ['configuration', { config: { exporters: { prometheusremotewrite: { endpoint: 'https://example.com' } } } }],
    ['configuration', { config: { extensions: { sigv4auth: { region: 'eu-west-1' } } } }],
    ['configuration', { args: { config: 'x' } }],
    ['replicas', { replicas: 3 }],
    ['variable AWS_REGION', { env: [{ name: 'AWS_REGION', value: 'eu-west-1' }] }],
    ['variable AWS_ROLE_ARN', { env: [{ name: 'AWS_ROLE_ARN', value: 'x' }] }],
    ['name resolution', { hostAliases: [{ ip: '10.0.0.1', hostnames: ['sts.amazonaws.com'] }] }],
    ['name resolution', { podDnsConfig: { nameservers: ['10.0.0.1'] } }],
    ['name resolution', { dnsPolicy: 'None' }],
    ['annotations about the role', { podAnnotations: { 'eks.amazonaws.com/skip-containers': 'otc-container' } }],
    ['volumes of tokens', { volumes: [{ name: 'aws-iam-token', emptyDir: {} }] }],
    ['mounts of configuration', { volumeMounts: [{ name: 'x', mountPath: '/var/run/secrets' }] }],
    ['target allocator', { targetAllocator: { enabled: true } }],
    ['replicas', { autoscaler: { maxReplicas: 3 } }],
  ])('keeps its %s', (what, spec) => {
    expect(() => make({ spec })).toThrow(`allowed: ${what}`);
  });
});

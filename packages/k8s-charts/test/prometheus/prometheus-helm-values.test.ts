import { Size } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import {
  AwsIdentity,
  MetricsSource,
  PrometheusAgent,
  type PrometheusAgentProps,
  PrometheusHelmChart,
  type PrometheusHelmOptions,
  PrometheusHelmValues,
  PrometheusServer,
  type PrometheusServerProps,
} from '../../src';
import type { Json, JsonObject } from '../../src/kustomize/json';
import { PROPS } from '../metrics/collectors';
import { at, only, render } from '../render';

const server = (changes: Partial<PrometheusServerProps> = {}, options?: PrometheusHelmOptions): Json =>
  parse(PrometheusHelmValues.ofServer({ ...PROPS, ...changes }, options).text);

const agent = (changes: Partial<PrometheusAgentProps> = {}, options?: PrometheusHelmOptions): Json =>
  parse(PrometheusHelmValues.ofAgent({ ...PROPS, ...changes }, options).text);

const SOURCES = { sources: [MetricsSource.cAdvisor()], keepMetrics: ['nginx_*'] };
const { V28, V26, V22 } = PrometheusHelmChart;

/** What the component of the library has as its configuration, from the same props. */
function configOf(make: typeof PrometheusServer | typeof PrometheusAgent): Json {
  const objects = render((scope) => new make(scope, 'c', { ...PROPS, ...SOURCES }));
  return parse(String(at(only(objects, 'ConfigMap'), 'data', 'prometheus.yml')));
}

describe.each(Object.values(PrometheusHelmChart))('values of chart %s', (chart) => {
  const jobs = (values: Json): Json[] => {
    const named = at(values, 'scrapeConfigs') ?? {};
    const listed = at(values, 'serverFiles', 'prometheus.yml', 'scrape_configs');
    const on = Object.values(named as { [key: string]: JsonObject }).filter(({ enabled }) => enabled);
    return (listed as Json[] | undefined) ?? on.map(({ enabled, ...job }) => job);
  };

  test.each([
    ['server', server, PrometheusServer],
    ['agent', agent, PrometheusAgent],
  ])('a %s scrapes, labels and writes as the component does', (_, values, component) => {
    const made = values(SOURCES, { chart });
    const config = configOf(component);
    expect(jobs(made)).toEqual(at(config, 'scrape_configs'));
    expect(at(made, 'server', 'remoteWrite')).toEqual(at(config, 'remote_write'));
    expect(at(made, 'server', 'global', 'external_labels')).toEqual({ cluster: '${CLUSTER_NAME}' });
    expect(at(made, 'server', 'env')).toEqual([{ name: 'CLUSTER_NAME', value: 'tictactoe-dev' }]);
  });

  test('has no rules, which agents refuse, and none of the charts that the chart brings', () => {
    expect(at(agent({}, { chart }), 'serverFiles', 'prometheus.yml', 'rule_files')).toEqual([]);
    for (const name of ['alertmanager', 'kube-state-metrics', 'prometheus-node-exporter', 'prometheus-pushgateway']) {
      expect(at(agent({}, { chart }), name)).toEqual({ enabled: false });
    }
  });

  test('names the versions that it fits', () => {
    const { text } = PrometheusHelmValues.ofAgent(PROPS, { chart });
    expect(text).toMatch(/^# Values of the chart prometheus-community\/prometheus, \d\d (and|to) (\d\d|later)\.\n/);
    // Aliases would be right too, but hard to read.
    expect(text).not.toMatch(/[&*]a\d/);
  });
});

test('the current chart has its own jobs switched off; ours have other names, or Helm would merge them', () => {
  const scrapeConfigs = at(server(), 'scrapeConfigs') as { [name: string]: Json };
  expect(scrapeConfigs['kubernetes-pods']).toEqual({ enabled: false });
  expect(scrapeConfigs['sightline-kubernetes-pods']).toMatchObject({ enabled: true, job_name: 'kubernetes-pods' });
  expect(at(server({}, { chart: V26 }), 'scrapeConfigs')).toBeUndefined();
});

test('an agent gets the flags of its Prometheus, as those of the chart are a server’s', () => {
  const flags = (chart: PrometheusHelmChart) => at(agent({}, { chart }), 'server', 'defaultFlagsOverride');
  const three = ['--agent', '--config.file=/etc/config/prometheus.yml', '--storage.agent.path=/data'];
  expect(flags(V28)).toEqual(three);
  expect(flags(V26)).toEqual(three);
  expect(flags(V22)).toEqual([
    '--enable-feature=agent',
    ...three.slice(1),
    // From Prometheus 3 on it is always so.
    '--enable-feature=expand-external-labels',
  ]);
  expect(at(agent({ walSizeLimit: Size.mebibytes(512) }), 'server')).toMatchObject({
    statefulSet: { enabled: false },
    persistentVolume: { enabled: false },
    emptyDir: { sizeLimit: '512Mi' },
    strategy: { type: 'Recreate' },
    service: { enabled: false },
  });
});

test('a server keeps its database on a claim of a StatefulSet', () => {
  expect(at(server({ storageSize: Size.gibibytes(50), storageClassName: 'gp3' }), 'server')).toMatchObject({
    statefulSet: { enabled: true },
    persistentVolume: { enabled: true, size: '50Gi', storageClass: 'gp3' },
    retention: '15d',
    extraFlags: ['storage.tsdb.retention.size=40960MB'],
  });
  expect(at(server({}, { chart: V22 }), 'server', 'extraFlags')).toContain('enable-feature=expand-external-labels');
});

test('the release runs in the namespace and as the account that its role trusts, whatever namespace it is made in', () => {
  const values = PrometheusHelmValues.ofServer({ ...PROPS, serviceAccountName: 'amp-ingest' });
  expect(values).toMatchObject({ serviceAccountName: 'amp-ingest', namespace: 'monitoring' });
  expect(values.values).toMatchObject({
    forceNamespace: 'monitoring',
    serviceAccounts: {
      server: {
        create: true,
        name: 'amp-ingest',
        annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/GrafanaAgentAMPRole' },
      },
    },
  });
  const identity = AwsIdentity.podIdentity();
  expect(at(server({ identity }), 'serviceAccounts', 'server', 'annotations')).toEqual({});
});

test('the account may do what its jobs need, in place of the rights that the chart gives', () => {
  const values = server({ ...SOURCES, networkPolicy: true });
  const manifests = (at(values, 'extraManifests') as string[]).map((text) => parseAllDocuments(text)[0]?.toJS());
  expect(at(values, 'rbac')).toEqual({ create: false });
  expect(manifests.map(({ kind }) => kind)).toEqual(['ClusterRole', 'ClusterRoleBinding', 'NetworkPolicy']);
  expect(JSON.stringify(manifests[0].rules)).not.toMatch(/configmaps|secrets|\*/);
  expect(manifests[1].subjects).toEqual([
    { kind: 'ServiceAccount', name: 'prometheus-server', namespace: 'monitoring' },
  ]);
  expect(manifests[2].spec.podSelector).toEqual({ matchLabels: at(values, 'server', 'podLabels') });
});

test('a changed configuration replaces the pods, which restricted admits', () => {
  const sum = (changes: Partial<PrometheusServerProps>) =>
    at(server(changes), 'server', 'podAnnotations', 'checksum/config');
  expect(sum({})).toMatch(/^[0-9a-f]{64}$/);
  expect(sum({ keepMetrics: ['x'] })).not.toBe(sum({}));
  expect(at(server(), 'configmapReload')).toEqual({ prometheus: { enabled: false } });
  expect(at(server(), 'server')).toMatchObject({
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' },
  });
});

test('two that the workspace tells apart', () => {
  const twice = at(agent({ highAvailability: true }), 'server');
  expect(twice).toMatchObject({
    replicaCount: 2,
    strategy: { type: 'RollingUpdate' },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    global: { external_labels: { __replica__: '${POD_NAME}' } },
  });
  expect(at(twice, 'env', 1, 'name')).toBe('POD_NAME');
});

test('images and labels of the user', () => {
  const image = (changes: Partial<PrometheusServerProps>) => at(server(changes), 'server', 'image');
  expect(image({})).toBeUndefined();
  expect(image({ imageRegistry: 'mirror:5000/quay' })).toEqual({
    repository: 'mirror:5000/quay/prometheus/prometheus',
  });
  expect(image({ image: 'mirror:5000/own:v3.1.0' })).toEqual({ repository: 'mirror:5000/own', tag: 'v3.1.0' });
  expect(at(server({ imagePullSecrets: ['pull'] }), 'imagePullSecrets')).toEqual([{ name: 'pull' }]);
  const labels = { team: 'games', app: 'x', 'app.kubernetes.io/name': 'y' };
  expect(at(server({ labels }), 'commonMetaLabels')).toEqual({ team: 'games' });
});

describe('values of the user', () => {
  test('add what there is no prop for', () => {
    const values = { server: { priorityClassName: 'high', env: [{ name: 'GOGC', value: '50' }] } };
    expect(at(server({}, { values }), 'server')).toMatchObject({
      priorityClassName: 'high',
      env: [{ name: 'CLUSTER_NAME' }, { name: 'GOGC', value: '50' }],
    });
  });

  test.each<[string, { [key: string]: unknown }]>([
    ['names', { forceNamespace: 'other' }],
    ['names', { server: { fullnameOverride: 'other' } }],
    ['service account', { serviceAccounts: { server: { name: 'other' } } }],
    ['service account', { serviceAccounts: { server: { annotations: { 'eks.amazonaws.com/role-arn': 'x' } } } }],
    ['service account', { rbac: { create: true } }],
    ['remote write', { server: { remoteWrite: [{ url: 'https://example.com' }] } }],
    ['external labels', { server: { global: { external_labels: { cluster: 'other' } } } }],
    ['scrape jobs', { scrapeConfigs: { 'kubernetes-pods': { enabled: true } } }],
    ['configuration', { server: { defaultFlagsOverride: ['--agent'] } }],
    ['configuration', { server: { configFromSecret: 'x' } }],
    ['name resolution', { server: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['x'] }] } }],
    ['name resolution', { server: { dnsConfig: { nameservers: ['10.0.0.1'] } } }],
    ['annotations about the role', { server: { podAnnotations: { 'eks.amazonaws.com/skip-containers': 'x' } } }],
    ['variable AWS_REGION', { server: { env: [{ name: 'AWS_REGION', value: 'eu-west-1' }] } }],
    ['variable CLUSTER_NAME', { server: { env: [{ name: 'CLUSTER_NAME', value: 'x' }] } }],
    ['label app', { server: { podLabels: { app: 'x' } } }],
    ['replicas', { server: { replicaCount: 2 } }],
  ])('cannot replace the %s', (what, values) => {
    expect(() => server({}, { values })).toThrow(
      new RegExp(`^PrometheusHelmOptions\\.values: got .*, allowed: ${what}`),
    );
  });

  test('overrides of a Deployment have no place here', () => {
    expect(() => server({ overrides: { spec: {} } })).toThrow(
      'PrometheusServerProps.overrides: got {"spec":{}}, allowed: none in values of a chart. Use the option values.',
    );
  });
});

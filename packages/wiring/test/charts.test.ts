import { METRICS } from '../src/rules/examples/metrics';
import { MONITORS_OF_SHOP } from '../src/rules/examples/monitors';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';
import { SHIP } from './support/ship';

const FILE = 'values.yaml';
const edit = (find: string, replace: string): Edit => ({ file: FILE, find, replace });
const rules = (files: Files) => verifyFiles(files).findings.map(({ rule }) => rule);

/** Files of a world in which values stand for the manifests of a collector. */
function installed(files: Files, values: string, manifests: readonly string[], more: object = {}): Files {
  const config = JSON.parse(files['sightline.json']);
  config.worlds.dev = { ...config.worlds.dev, namespace: 'observe', manifests: [FILE, ...manifests], ...more };
  return { ...files, 'sightline.json': JSON.stringify(config), [FILE]: values };
}

function told(files: Files) {
  const { findings, paths } = verifyFiles(files);
  const open = (path: (typeof paths)[number]) =>
    path.hops.filter(({ status }) => status !== 'proven').map(({ kind }) => kind);
  return {
    rules: findings.map(({ rule }) => rule),
    paths: paths.map((path) => `${path.source.name} ${path.status} ${open(path).join(',')}`.trim()),
  };
}

const ACCOUNT = (name: string, role: string) => `serviceAccount:
  name: ${name}
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/${role}
`;

describe('values of the chart alloy', () => {
  const source = METRICS['collector.yaml'];
  const content = source.slice(source.indexOf('    discovery.kubernetes'), source.indexOf('---\napiVersion: apps/v1'));
  const values = `alloy:
  configMap:
    content: |
${content.replace(/^ {4}/gm, '      ')}  extraEnv:
    - name: WORKSPACE
      valueFrom:
        configMapKeyRef: {name: workspace, key: id}
controller: {type: deployment}
${ACCOUNT('meter', 'Meter')}`;
  const files = installed(METRICS, values, ['shop.yaml', 'store.yaml']);

  it('are followed to the store', () => {
    expect(told(files)).toEqual({ rules: [], paths: ['web proven'] });
  });

  it.each<[string, Edit, string, string]>([
    [
      'a component that is not there',
      edit('prometheus.remote_write.store.receiver', 'prometheus.remote_write.stores.receiver'),
      'metrics/missing-component',
      'stores.receiver',
    ],
    [
      'another region',
      edit('region = "eu-west-1"', 'region = "eu-west-2"'),
      'backends/wrong-signing-region',
      'eu-west-2',
    ],
    ['another account', edit('name: meter\n', 'name: metre\n'), 'identity/untrusted-subject', 'metre'],
    [
      'permissions of its own that are too few',
      edit('controller:', 'rbac: {rules: [], clusterRules: []}\ncontroller:'),
      'metrics/forbidden-discovery',
      'discovery.kubernetes "pods"',
    ],
  ])('%s is found in the values', (_name, one, rule, place) => {
    const broken = edited(files, [one]);
    const { findings } = verifyFiles(broken);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((where) => `${where?.file}:${where?.line}`);
    expect(places).toContain(`${FILE}:${lineOf(broken, FILE, place)}`);
  });

  it('that Helm has yet to fill in are not known', () => {
    const { findings, paths } = verifyFiles(edited(files, [edit('role = "pod"', 'role = "{{ .Values.role }}"')]));
    expect(findings).toEqual([]);
    expect(paths.every(({ status }) => status === 'unknown')).toBe(true);
  });

  it('are those of the operator’s resource, too', () => {
    const resource = `apiVersion: collectors.grafana.com/v1alpha1
kind: Alloy
metadata: {name: meter, namespace: observe}
spec:
${values.replace(/^(?=.)/gm, '  ')}`;
    expect(told({ ...files, [FILE]: resource })).toEqual({ rules: [], paths: ['web proven'] });
  });

  it('without a role leave it open, for it may be said where they are installed', () => {
    const { findings, paths } = verifyFiles(edited(files, [edit(ACCOUNT('meter', 'Meter'), '')]));
    expect(findings).toEqual([]);
    expect(paths[0].hops.find(({ kind }) => kind === 'role')?.status).toBe('unknown');
  });
});

describe('values of the chart kube-prometheus-stack', () => {
  const values = `prometheus:
  serviceAccount:
    name: meter
    annotations:
      eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Meter
  prometheusSpec:
    podMonitorSelectorNilUsesHelmValues: false
    serviceMonitorSelector: {matchLabels: {team: shop}}
    remoteWrite:
      - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
        sigv4: {region: eu-west-1}
    additionalScrapeConfigs:
      - job_name: pods
        kubernetes_sd_configs: [{role: pod, namespaces: {names: [shop]}}]
        relabel_configs:
          - {source_labels: [__meta_kubernetes_pod_label_app], action: keep, regex: web}
`;
  const files = installed(MONITORS_OF_SHOP, values, ['shop.yaml']);

  it('are followed; what the chart scrapes by itself is named', () => {
    expect(told(files)).toEqual({
      rules: [],
      paths: ['web unknown configuration', 'web unknown configuration', 'web unknown configuration'],
    });
    const what = verifyFiles(files).paths.flatMap(({ hops }) =>
      hops.flatMap(({ missing = [] }) => missing.map((one) => one.what)),
    );
    expect(new Set(what)).toEqual(
      new Set(['not examined by this version: the monitors that the chart kube-prometheus-stack brings along']),
    );
  });

  it('choose monitors by the name of the release, unless they say otherwise', () => {
    const script = `helm upgrade --install stack prometheus-community/kube-prometheus-stack -n observe -f ${FILE}\n`;
    const own = edited(files, [edit('    podMonitorSelectorNilUsesHelmValues: false\n', '')]);
    const released = installed({ ...own, 'install.sh': script }, own[FILE], ['shop.yaml'], {
      templates: ['role.template.yaml', 'install.sh'],
    });
    expect(rules(released)).toEqual(['metrics/unread-monitor']);
    const labelled = {
      file: 'shop.yaml',
      find: 'labels: {team: shop}',
      replace: 'labels: {team: shop, release: stack}',
    };
    expect(rules(edited(released, [labelled]))).toEqual([]);
  });

  it.each<[string, Edit, string]>([
    ['another signing region', edit('{region: eu-west-1}', '{region: eu-west-2}'), 'backends/wrong-signing-region'],
    ['no signature', edit('        sigv4: {region: eu-west-1}\n', ''), 'backends/unsigned-request'],
    ['an account that the role does not trust', edit('name: meter\n', 'name: metre\n'), 'identity/untrusted-subject'],
    ['monitors that nobody labels so', edit('{team: shop}', '{team: store}'), 'metrics/unread-monitor'],
  ])('%s is found', (_name, one, rule) => {
    expect(rules(edited(files, [one]))).toEqual([rule]);
  });

  it('are read of Flux and of a chart around it alike', () => {
    const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
    const flux = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: stack, namespace: observe}
spec:
  chart: {spec: {chart: kube-prometheus-stack}}
  values:
${indented(values, 4)}`;
    expect(told({ ...files, [FILE]: flux }).paths).toEqual(told(files).paths);
    expect(told({ ...files, [FILE]: `kube-prometheus-stack:\n${indented(values, 2)}` }).paths).toEqual(
      told(files).paths,
    );
  });
});

describe('values of the chart opentelemetry-collector', () => {
  const values = `mode: deployment
image: {repository: public.ecr.aws/aws-observability/aws-otel-collector, tag: v0.49.0}
${ACCOUNT('meter', 'Meter')}clusterRole:
  create: true
  rules:
    - {apiGroups: [""], resources: [pods], verbs: [get, list, watch]}
config:
  receivers:
    prometheus:
      config:
        scrape_configs:
          - job_name: pods
            kubernetes_sd_configs: [{role: pod, namespaces: {names: [shop]}}]
            relabel_configs:
              - {source_labels: [__meta_kubernetes_pod_label_app], action: keep, regex: web}
  exporters:
    prometheusremotewrite:
      endpoint: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
      auth: {authenticator: sigv4auth}
  extensions:
    sigv4auth: {region: eu-west-1, service: aps}
  service:
    extensions: [health_check, sigv4auth]
    pipelines:
      metrics:
        receivers: [prometheus]
        exporters: [prometheusremotewrite]
`;
  const files = installed(MONITORS_OF_SHOP, values, ['shop.yaml']);

  it('are followed with what the chart has beside them', () => {
    expect(told(files)).toEqual({ rules: [], paths: ['web proven'] });
  });

  it.each<[string, Edit, string]>([
    [
      'an extension that is not started',
      edit('extensions: [health_check, sigv4auth]', 'extensions: [health_check]'),
      'metrics/disabled-extension',
    ],
    [
      'a processor that is taken away',
      edit('config:\n  receivers', 'config:\n  processors: {batch: null}\n  receivers'),
      'metrics/missing-component',
    ],
  ])('%s is found', (_name, one, rule) => {
    expect(rules(edited(files, [one]))).toEqual([rule]);
  });
});

describe('values of the charts for Fluent Bit', () => {
  const own = `${ACCOUNT('shipper', 'Shipper')}config:
  outputs: |
    [OUTPUT]
        Name cloudwatch_logs
        Match kube.*
        region eu-west-1
        log_group_name /eks/shop
        log_stream_prefix pods-
`;
  const aws = `${ACCOUNT('shipper', 'Shipper')}cloudWatchLogs:
  region: eu-west-1
  logGroupName: /eks/shop
  logStreamPrefix: pods-
  autoCreateGroup: false
`;
  const hops = (files: Files) => {
    const { findings, paths } = verifyFiles(files);
    const web = paths.find(({ source, sink }) => source.name === 'web' && sink.kind === 'log-group');
    return {
      rules: findings.map(({ rule }) => rule),
      broken: web?.hops.filter(({ status }) => status === 'broken').length,
      found: web !== undefined,
    };
  };

  it.each([
    ['fluent-bit', own],
    ['aws-for-fluent-bit', aws],
  ])('%s are followed', (_name, values) => {
    const files = installed(SHIP, values, ['shop.yaml']);
    expect(hops(files)).toEqual({ rules: [], broken: 0, found: true });
    const elsewhere = edited(files, [edit('region', 'region')]);
    expect(rules(edited(elsewhere, [edit('eu-west-1', 'eu-west-2')])).length).toBeGreaterThan(0);
    expect(rules(edited(files, [edit('/eks/shop', '/eks/shops')])).length).toBeGreaterThan(0);
    expect(rules(edited(files, [edit('name: shipper', 'name: skipper')]))).toContain('identity/untrusted-subject');
  });
});

it('what helm is told on its command line is laid over the values', () => {
  const values = `prometheus:
  prometheusSpec:
    podMonitorSelectorNilUsesHelmValues: false
    serviceMonitorSelectorNilUsesHelmValues: false
    remoteWrite:
      - queueConfig: {maxSamplesPerSend: 1000}
`;
  const script = (
    region: string,
  ) => `helm upgrade --install stack prometheus-community/kube-prometheus-stack -n observe -f ${FILE} \\
  --set prometheus.serviceAccount.name=meter \\
  --set prometheus.serviceAccount.annotations."eks\\.amazonaws\\.com/role-arn"=arn:aws:iam::111122223333:role/Meter \\
  --set 'prometheus.prometheusSpec.remoteWrite[0].url=https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write' \\
  --set 'prometheus.prometheusSpec.remoteWrite[0].sigv4.region=${region}'
`;
  const files = (region: string) =>
    installed({ ...MONITORS_OF_SHOP, 'install.sh': script(region) }, values, ['shop.yaml'], {
      templates: ['role.template.yaml', 'install.sh'],
    });
  expect(told(files('eu-west-1')).rules).toEqual([]);
  expect(told(files('eu-west-1')).paths).toEqual(['web unknown configuration', 'web unknown configuration']);
  expect(rules(files('eu-west-2'))).toEqual(['backends/wrong-signing-region']);
});

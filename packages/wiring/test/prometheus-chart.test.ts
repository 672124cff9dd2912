import { METRICS } from '../src/rules/examples/metrics';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const VALUES = `serviceAccounts:
  server:
    name: meter
    annotations:
      eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Meter
server:
  remoteWrite:
    - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
      sigv4:
        region: eu-west-1
      queue_config: {max_samples_per_send: 1000, max_shards: 200, capacity: 2500}
`;

/** The shop, with the values of the chart prometheus in place of a collector's manifests. */
function chart(values: string, world: object = { namespace: 'observe' }): Files {
  const config = JSON.parse(METRICS['sightline.json']);
  config.worlds.dev = { ...config.worlds.dev, manifests: ['values.yaml', 'shop.yaml'], ...world };
  return {
    'sightline.json': JSON.stringify(config),
    'shop.yaml': METRICS['shop.yaml'],
    'values.yaml': values,
    'role.template.yaml': METRICS['role.template.yaml'].replace(/\n +Condition:\n +StringEquals:\n +aws:Res.*\n/, '\n'),
  };
}

const edit = (find: string, replace: string): Edit => ({ file: 'values.yaml', find, replace });

function shopPath(files: Files) {
  const { findings, paths } = verifyFiles(files);
  const path = paths.find(({ source }) => source.name === 'web');
  return { findings, open: path?.hops.filter(({ status }) => status !== 'proven').map(({ kind }) => kind) };
}

describe('values of the chart prometheus', () => {
  it('are followed with the jobs and permissions of the chart', () => {
    expect(shopPath(chart(VALUES))).toEqual({ findings: [], open: ['remote-write'] });
  });

  it('are followed with jobs of their own in place of the chart’s, in the namespace that they force', () => {
    const off = 'prometheus kubernetes-nodes-cadvisor kubernetes-service-endpoints kubernetes-pods'
      .split(' ')
      .map((name) => `  ${name}: {enabled: false}\n`)
      .join('');
    const own = `forceNamespace: observe
rbac: {create: false}
scrapeConfigs:
${off}  ours:
    job_name: kubernetes-pods
    kubernetes_sd_configs: [{role: pod}]
    relabel_configs:
      - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], action: keep, regex: "true"}
extraManifests:
  - |
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: meter}
    rules: [{apiGroups: [""], resources: [pods], verbs: [get, list, watch]}]
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: meter}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: meter}
    subjects: [{kind: ServiceAccount, name: meter, namespace: observe}]
`;
    const files = chart(`${VALUES}${own}`, {});
    expect(shopPath(files)).toEqual({ findings: [], open: ['remote-write'] });
    const without = {
      ...files,
      'values.yaml': files['values.yaml'].replace('resources: [pods]', 'resources: [nodes]'),
    };
    expect(shopPath(without).findings.map(({ rule }) => rule)).toEqual(['metrics/forbidden-discovery']);
  });

  it.each<[string, readonly Edit[], string, string]>([
    [
      'an annotation beside its parent',
      [edit('      eks.amazonaws.com', '    eks.amazonaws.com')],
      'identity/no-role',
      'role-arn',
    ],
    [
      'no annotation',
      [edit('    annotations:\n      eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Meter\n', '')],
      'identity/no-role',
      'name: meter',
    ],
    ['a role that does not exist', [edit('role/Meter', 'role/Metre')], 'identity/missing-role', 'role/Metre'],
    [
      'another account than the role trusts',
      [edit('name: meter', 'name: prometheus')],
      'identity/untrusted-subject',
      'name: prometheus',
    ],
    [
      'another region',
      [edit('region: eu-west-1', 'region: eu-west-3')],
      'backends/wrong-signing-region',
      'region: eu-west-3',
    ],
    ['no signature', [edit('      sigv4:\n        region: eu-west-1\n', '')], 'backends/unsigned-request', '- url:'],
    ['no path', [edit('/api/v1/remote_write', '')], 'backends/wrong-remote-write-url', '- url:'],
  ])('%s', (_, edits, rule, end) => {
    const files = edited(chart(VALUES), edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    expect(places).toContain(`values.yaml:${lineOf(files, 'values.yaml', end)}`);
  });

  it('the namespace of the release is that of the trust', () => {
    const { findings } = verifyFiles(chart(VALUES, { namespace: 'prometheus' }));
    expect(findings.map(({ rule }) => rule)).toContain('identity/untrusted-subject');
  });

  it('where nobody says the namespace, nothing is called broken', () => {
    const { findings } = verifyFiles(chart(VALUES, {}));
    expect(findings).toEqual([]);
  });

  it.each([
    [
      'charts up to 27',
      'serverFiles:\n  prometheus.yml:\n    scrape_configs:\n      - job_name: pods\n        kubernetes_sd_configs: [{role: pod}]\n        relabel_configs:\n          - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], regex: "true", action: keep}\n',
    ],
    [
      'text beside the jobs of the chart',
      'extraScrapeConfigs: |\n  - job_name: more\n    kubernetes_sd_configs: [{role: pod}]\n    relabel_configs:\n      - {source_labels: [__meta_kubernetes_pod_label_app], regex: web, action: keep}\n',
    ],
    [
      'a map of jobs',
      'scrapeConfigs:\n  more:\n    kubernetes_sd_configs: [{role: pod}]\n    relabel_configs:\n      - {source_labels: [__meta_kubernetes_pod_label_app], regex: web, action: keep}\n',
    ],
  ])('jobs may be given as in %s', (_, jobs) => {
    expect(shopPath(chart(VALUES + jobs))).toEqual({ findings: [], open: ['remote-write'] });
  });

  it('placeholders are still to be filled in, and nobody is blamed for them', () => {
    const files = chart(
      VALUES.replace('arn:aws:iam::111122223333:role/Meter', '${ROLE_ARN}').replace(/eu-west-1/g, '${REGION}'),
    );
    expect(verifyFiles(files).findings).toEqual([]);
  });

  it('defaults of a chart are not the values of somebody', () => {
    const { paths } = verifyFiles({ 'charts/p/Chart.yaml': 'name: p\n', 'charts/p/values.yaml': VALUES });
    expect(paths).toEqual([]);
  });

  it('a manifest whose annotation stands beside "annotations" has none', () => {
    const find = '  annotations:\n    eks.amazonaws.com/role-arn';
    const files = edited(METRICS, [
      { file: 'collector.yaml', find, replace: '  annotations:\n  eks.amazonaws.com/role-arn' },
    ]);
    const { findings } = verifyFiles(files);
    expect(findings.map(({ rule, location }) => [rule, location?.line])).toEqual([
      ['identity/no-role', lineOf(files, 'collector.yaml', 'role-arn')],
    ]);
  });
});

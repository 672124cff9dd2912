import type { KubeObject } from '../../../src/model';
import { type MonitorMaker, monitorJobs } from '../../../src/read/generated/monitors';
import { readKubeObjects } from '../../../src/read/kubernetes';
import { readYaml } from '../../../src/read/yaml';
import { MappedText, type Node, SourceText } from '../../../src/text';

const OPERATOR: MonitorMaker = {
  dialect: 'operator',
  endpoints: 'endpoints',
  podTargetLabels: [],
  ignoresNamespaces: false,
  scrapeClasses: [],
};

function monitor(kind: string, spec: string): KubeObject {
  const text = `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: {name: web, namespace: shop}\nspec:\n${spec.replace(/^(?=.)/gm, '  ')}`;
  const [object] = readYaml(MappedText.whole(new SourceText('monitor.yaml', text))).documents.flatMap(readKubeObjects);
  return object;
}

function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

interface Rule {
  readonly action?: string;
  readonly source_labels?: readonly string[];
  readonly sourceLabels?: readonly string[];
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
}

/** Rules in one line each: what they do, with what, and what comes of it. */
function rulesOf(object: KubeObject, maker = OPERATOR): readonly string[] {
  const [job] = monitorJobs(object, maker).map(({ node }) => plain(node) as { relabel_configs: readonly Rule[] });
  return job.relabel_configs.map(({ action = 'replace', source_labels = [], regex = '', target_label, replacement }) =>
    [action, ...source_labels.map((name) => name.replace('__meta_kubernetes_', '')), regex, target_label, replacement]
      .filter((part) => part)
      .join(' '),
  );
}

// As the generator of the Prometheus operator 0.93.1 has them; 1,200 random jobs were compared with it.
it('a PodMonitor becomes rules over pods', () => {
  const object = monitor(
    'PodMonitor',
    `jobLabel: team
selector:
  matchLabels: {k8s-app: web, app.kubernetes.io/name: shop}
  matchExpressions:
    - {key: tier, operator: In, values: [front, back]}
    - {key: old, operator: DoesNotExist}
podTargetLabels: [tier]
podMetricsEndpoints:
  - {port: metrics, relabelings: [{sourceLabels: [a], targetLabel: b}]}
`,
  );
  expect(rulesOf(object)).toEqual([
    'replace job __tmp_prometheus_job_name',
    'drop pod_phase (Failed|Succeeded)',
    'keep pod_label_app_kubernetes_io_name pod_labelpresent_app_kubernetes_io_name (shop);true',
    'keep pod_label_k8s_app pod_labelpresent_k8s_app (web);true',
    'keep pod_label_tier pod_labelpresent_tier (front|back);true',
    'drop pod_labelpresent_old true',
    'keep pod_container_port_name metrics',
    'replace namespace namespace',
    'replace pod_container_name container',
    'replace pod_name pod',
    'replace pod_label_tier (.+) tier $1',
    'replace job shop/web',
    'replace pod_label_team (.+) job $1',
    'replace endpoint metrics',
    'replace',
  ]);
});

it('a ServiceMonitor becomes rules over Services, their ports and the pods behind them', () => {
  const object = monitor(
    'ServiceMonitor',
    `jobLabel: team
targetLabels: [tier]
selector: {matchLabels: {app: web}}
endpoints:
  - {port: http, filterRunning: false}
`,
  );
  expect(rulesOf(object, { ...OPERATOR, endpoints: 'endpointslice' })).toEqual([
    'replace job __tmp_prometheus_job_name',
    'keep service_label_app service_labelpresent_app (web);true',
    'keep endpointslice_port_name http',
    'replace endpointslice_address_target_kind endpointslice_address_target_name Node;(.*) node $1',
    'replace endpointslice_address_target_kind endpointslice_address_target_name Pod;(.*) pod $1',
    'replace namespace namespace',
    'replace service_name service',
    'replace pod_name pod',
    'replace pod_container_name container',
    'replace service_label_tier (.+) tier $1',
    'replace service_name job $1',
    'replace service_label_team (.+) job $1',
    'replace endpoint http',
  ]);
});

it.each([
  ['{any: true}', undefined],
  ['{matchNames: [a, b]}', ['a', 'b']],
  ['{}', ['shop']],
])('namespaceSelector %s', (selector, names) => {
  const object = monitor(
    'PodMonitor',
    `namespaceSelector: ${selector}\nselector: {}\npodMetricsEndpoints: [{port: m}]\n`,
  );
  const [job] = monitorJobs(object, OPERATOR).map(({ node }) => plain(node));
  expect(job).toMatchObject({ kubernetes_sd_configs: [{ role: 'pod', ...(names && { namespaces: { names } }) }] });
});

it.each([
  ['{port: m, portNumber: 1, targetPort: 2}', 'keep pod_container_port_name m'],
  ['{portNumber: 9090}', 'keep pod_container_port_number 9090'],
  ['{targetPort: web}', 'keep pod_container_port_name web'],
  ['{targetPort: 8080}', 'keep pod_container_port_number 8080'],
])('the port of an endpoint %s', (endpoint, rule) => {
  const object = monitor('PodMonitor', `selector: {}\npodMetricsEndpoints: [${endpoint}]\n`);
  expect(rulesOf(object)[2]).toBe(rule);
  expect(monitorJobs(object, OPERATOR)[0].port).toBe(2);
});

it('a Probe becomes targets of its prober', () => {
  const object = monitor(
    'Probe',
    'module: http_2xx\nprober: {url: "prober:9115"}\ntargets: {staticConfig: {static: [https://shop.example]}}\n',
  );
  expect(plain(monitorJobs(object, OPERATOR)[0].node)).toMatchObject({
    job_name: 'probe/shop/web',
    metrics_path: '/probe',
    params: { module: ['http_2xx'] },
    static_configs: [{ targets: ['https://shop.example'], labels: { namespace: 'shop' } }],
  });
  expect(rulesOf(object).slice(1)).toEqual([
    'replace __address__ __param_target',
    'replace __param_target instance',
    'replace __address__ prober:9115',
  ]);
});

it('a ScrapeConfig is a job in the spelling of custom resources', () => {
  const object = monitor(
    'ScrapeConfig',
    `metricsPath: /m
scheme: HTTPS
kubernetesSDConfigs: [{role: Pod, namespaces: {names: [shop]}, selectors: [{role: Pod, label: app=web}]}]
staticConfigs: [{targets: ["web.shop:80"]}]
`,
  );
  expect(plain(monitorJobs(object, OPERATOR)[0].node)).toMatchObject({
    job_name: 'scrapeConfig/shop/web',
    metrics_path: '/m',
    scheme: 'https',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['shop'] } }],
    static_configs: [{ targets: ['web.shop:80'] }],
  });
});

it('rules stand where the part of the monitor is that they are made of', () => {
  const object = monitor('PodMonitor', 'selector: {matchLabels: {app: web}}\npodMetricsEndpoints: [{port: metrics}]\n');
  const [job] = monitorJobs(object, OPERATOR);
  const rules = job.node.entries.get('relabel_configs')?.value;
  const texts =
    rules?.kind === 'list' ? rules.items.map(({ span }) => span.source.text.slice(span.start, span.end)) : [];
  expect(texts).toEqual(expect.arrayContaining(['web', 'metrics']));
});

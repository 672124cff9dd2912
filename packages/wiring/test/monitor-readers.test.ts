import { METRICS } from '../src/rules/examples/metrics';
import { MONITORS_OF_SHOP } from '../src/rules/examples/monitors';
import { OPENTELEMETRY } from '../src/rules/examples/opentelemetry';
import { type Edit, edited, type Files, verifyFiles } from './support/estate';

const here = (find: string, replace: string): Edit => ({ file: 'collector.yaml', find, replace });
const rules = (files: Files) => verifyFiles(files).findings.map(({ rule }) => rule);

function without(text: string, from: string, to: string): string {
  return text.slice(0, text.indexOf(from)) + text.slice(text.indexOf(to));
}

const MONITORS =
  '  - apiGroups: [monitoring.coreos.com]\n    resources: [podmonitors, servicemonitors]\n    verbs: [get, list, watch]\n';

describe('components of Alloy that read monitors', () => {
  const component = (kind: string) => `    prometheus.operator.${kind} "shop" {
      forward_to = [prometheus.remote_write.store.receiver]
      namespaces = ["shop"]
      selector {
        match_labels = {team = "shop"}
      }
      clustering {
        enabled = true
      }
    }

`;
  const files: Files = {
    ...METRICS,
    'shop.yaml': MONITORS_OF_SHOP['shop.yaml'],
    'collector.yaml': without(
      METRICS['collector.yaml'],
      '    discovery.kubernetes "pods"',
      '    prometheus.remote_write',
    )
      .replace(
        '    prometheus.remote_write',
        `${component('podmonitors')}${component('servicemonitors')}    prometheus.remote_write`,
      )
      .replace(
        'resources: [pods]\n    verbs: [get, list, watch]\n',
        `resources: [pods, services, endpoints]\n    verbs: [get, list, watch]\n${MONITORS}`,
      ),
  };

  it('are followed to the store', () => {
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    expect(paths.map(({ status, source }) => `${status} ${source.name}:${source.port}`)).toEqual([
      'proven web:9113',
      'proven web:9113',
    ]);
  });

  it('need list and watch of the monitors in the namespaces where they look', () => {
    expect(rules(edited(files, [here('[podmonitors, servicemonitors]', '[servicemonitors]')]))).toEqual([
      'metrics/forbidden-discovery',
    ]);
  });

  it('take what their selector wants, in the namespaces that they name', () => {
    expect(rules(edited(files, [here('{team = "shop"}', '{team = "store"}')]))).toEqual(['metrics/unread-monitor']);
    expect(rules(edited(files, [here('namespaces = ["shop"]', 'namespaces = ["store"]')]))).toEqual([
      'metrics/unread-monitor',
    ]);
    const expression = here(
      'match_labels = {team = "shop"}',
      'match_expression {\n          key = "team"\n          operator = "In"\n          values = ["shop"]\n        }',
    );
    expect(rules(edited(files, [expression]))).toEqual([]);
  });

  it('have rules of their own, which come first', () => {
    const drop = here(
      '      clustering {',
      '      rule {\n        source_labels = ["__meta_kubernetes_pod_label_app"]\n        regex = "web"\n        action = "drop"\n      }\n      clustering {',
    );
    expect(rules(edited(files, [drop]))).toEqual(['metrics/dropped-target']);
    const keep = here(
      '      clustering {',
      '      rule {\n        target_label = "tier"\n        replacement = "front"\n      }\n      clustering {',
    );
    expect(rules(edited(files, [keep]))).toEqual([]);
    expect(
      rules(edited(files, [keep, { file: 'shop.yaml', find: '- port: metrics', replace: '- port: metric' }])),
    ).toEqual(['metrics/missing-monitor-port']);
  });

  it('lead through other components to the store', () => {
    const lost = here('[prometheus.remote_write.store.receiver]', '[prometheus.remote_write.stores.receiver]');
    expect(new Set(rules(edited(files, [lost])))).toEqual(new Set(['metrics/missing-component']));
  });
});

describe('a target allocator', () => {
  const source = OPENTELEMETRY['collector.yaml'];
  const start = source.indexOf('  collector.yaml: |\n') + '  collector.yaml: |\n'.length;
  const config = source.slice(start, source.indexOf('---\napiVersion: apps/v1')).replace(/^ {4}/gm, '');
  const access = source.slice(0, source.indexOf('apiVersion: v1\nkind: ConfigMap'));
  const files: Files = {
    ...OPENTELEMETRY,
    'monitors.yaml': MONITORS_OF_SHOP['shop.yaml'].slice(
      MONITORS_OF_SHOP['shop.yaml'].indexOf('apiVersion: v1\nkind: Service'),
    ),
    'sightline.json': OPENTELEMETRY['sightline.json'].replace('"shop.yaml"', '"shop.yaml", "monitors.yaml"'),
    'collector.yaml': `${access
      .replace(
        'subjects:\n  - {kind: ServiceAccount, name: meter,',
        'subjects:\n  - {kind: ServiceAccount, name: allocator,',
      )
      .replace(
        /resources: \[pods\]\n {4}verbs: .*\n/,
        `resources: [pods, services, namespaces]\n    verbs: [get, list, watch]\n  - apiGroups: [discovery.k8s.io]\n    resources: [endpointslices]\n    verbs: [get, list, watch]\n${MONITORS}`,
      )}apiVersion: v1
kind: ServiceAccount
metadata: {name: allocator, namespace: observe}
---
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: {name: meter, namespace: observe}
spec:
  mode: statefulset
  serviceAccount: meter
  image: public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0
  observability: {metrics: {disablePrometheusAnnotations: true}}
  targetAllocator:
    enabled: true
    serviceAccount: allocator
    allocationStrategy: consistent-hashing
    prometheusCR:
      enabled: true
      podMonitorSelector: {}
      podMonitorNamespaceSelector: {}
      serviceMonitorSelector: {matchLabels: {team: shop}}
      serviceMonitorNamespaceSelector: {}
  env:
    - {name: AWS_REGION, value: eu-west-1}
    - name: WORKSPACE
      valueFrom:
        configMapKeyRef: {name: workspace, key: id}
  config:
${config.replace(/^(?=.)/gm, '    ')}`,
  };

  it('finds the targets of the jobs, and of the monitors that it reads', () => {
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    expect(paths.map(({ status, id }) => `${status} ${/job [^:]*/.exec(id)?.[0]}`)).toEqual([
      'proven job podMonitor/shop/web/0',
      'proven job pods',
      'proven job serviceMonitor/shop/web/0',
    ]);
  });

  it.each<[string, Edit, string]>([
    [
      'has an account of its own, which may look',
      here('serviceAccount: allocator', 'serviceAccount: meter'),
      'metrics/forbidden-discovery',
    ],
    ['may read the monitors', here('[podmonitors, servicemonitors]', '[podmonitors]'), 'metrics/forbidden-discovery'],
    [
      'chooses monitors by their labels',
      here('{matchLabels: {team: shop}}', '{matchLabels: {team: store}}'),
      'metrics/unread-monitor',
    ],
    ['chooses none by default', here('      podMonitorSelector: {}\n', ''), 'metrics/unread-monitor'],
    [
      'looks where it is let',
      here('      podMonitorSelector: {}\n', '      podMonitorSelector: {}\n      denyNamespaces: [shop]\n'),
      'metrics/unread-monitor',
    ],
    ['is for collectors with names', here('mode: statefulset', 'mode: deployment'), 'metrics/refused-configuration'],
    [
      'divides by node among collectors on nodes',
      here('consistent-hashing', 'per-node'),
      'metrics/refused-configuration',
    ],
  ])('%s', (_name, edit, rule) => {
    expect(new Set(rules(edited(files, [edit])))).toEqual(new Set([rule]));
  });

  it('is asked by the collectors over the network', () => {
    const policy = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allocator, namespace: observe}
spec:
  podSelector: {matchLabels: {app.kubernetes.io/component: opentelemetry-targetallocator}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app.kubernetes.io/component: opentelemetry-collector}}}]
      ports: [{port: 8080}]
`;
    const guarded = { ...files, 'collector.yaml': `${files['collector.yaml']}${policy}` };
    expect(rules(guarded)).toEqual([]);
    expect(new Set(rules(edited(guarded, [here('port: 8080', 'port: 80')])))).toEqual(
      new Set(['network/forbidden-scrape']),
    );
  });
});

import { MONITORS_OF_SHOP } from '../src/rules/examples/monitors';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const shop = (find: string, replace: string): Edit => ({ file: 'shop.yaml', find, replace });
const agent = (find: string, replace: string): Edit => ({ file: 'collector.yaml', find, replace });
const verdictOf = (edits: readonly Edit[], files: Files = MONITORS_OF_SHOP) => verifyFiles(edited(files, edits));
const statuses = (edits: readonly Edit[]) => verdictOf(edits).paths.map(({ status }) => status);
/** The same without sightline.json: what is not there may be elsewhere. */
const { 'sightline.json': _, ...OPEN } = MONITORS_OF_SHOP;

const POD_LABELS = 'labels: {team: shop}\nspec:\n  selector:\n    matchLabels: {app: web}\n  podMetricsEndpoints';
const POD_SELECTOR = 'matchLabels: {app: web}\n  podMetricsEndpoints';

it('workloads that a PodMonitor and a ServiceMonitor name are followed to the store', () => {
  const { findings, paths } = verifyFiles(MONITORS_OF_SHOP);
  expect(findings).toEqual([]);
  expect(paths.map(({ status, source }) => `${status} ${source.kind} ${source.name}:${source.port}`)).toEqual([
    'proven Deployment web:9113',
    'proven Deployment web:9113',
  ]);
  const seen = paths[0].hops.flatMap(({ evidence }) => evidence.map(({ text }) => text));
  expect(seen).toContain('PrometheusAgent observe/meter chooses PodMonitor shop/web: it takes team in (shop)');
});

describe('changes that change nothing', () => {
  it.each<[string, Edit[]]>([
    [
      'every monitor is chosen',
      [agent('podMonitorSelector:\n    matchLabels: {team: shop}', 'podMonitorSelector: {}')],
    ],
    [
      'by an expression',
      [shop(POD_SELECTOR, 'matchExpressions: [{key: app, operator: In, values: [web, db]}]\n  podMetricsEndpoints')],
    ],
    [
      'in any namespace',
      [
        shop(
          'spec:\n  selector:\n    matchLabels: {app: web}\n  podMetrics',
          'spec:\n  namespaceSelector: {any: true}\n  selector:\n    matchLabels: {app: web}\n  podMetrics',
        ),
      ],
    ],
    [
      "by its namespace's name",
      [
        agent(
          'podMonitorNamespaceSelector: {}',
          'podMonitorNamespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}',
        ),
      ],
    ],
    ['by the number of the port', [shop('- port: metrics', '- portNumber: 9113')]],
    ['by the port of the container behind the Service', [shop('- port: http-metrics', '- targetPort: metrics')]],
    ['by its number', [shop('- port: http-metrics', '- targetPort: 9113')]],
    [
      'as endpoint slices',
      [
        agent('serviceAccountName: meter', 'serviceAccountName: meter\n  serviceDiscoveryRole: EndpointSlice'),
        agent(
          '  - apiGroups: [""]\n',
          '  - apiGroups: [discovery.k8s.io]\n    resources: [endpointslices]\n    verbs: [list, watch]\n  - apiGroups: [""]\n',
        ),
      ],
    ],
    [
      'by the API server instead of rules',
      [shop('  podMetricsEndpoints', '  selectorMechanism: RoleSelector\n  podMetricsEndpoints')],
    ],
    [
      'under other names',
      [shop('  podMetricsEndpoints', '  jobLabel: app\n  podTargetLabels: [app]\n  podMetricsEndpoints')],
    ],
  ])('%s', (_name, edits) => {
    const { findings, paths } = verdictOf(edits);
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toEqual(['proven', 'proven']);
  });
});

describe('faults of a monitor', () => {
  it.each<[string, Edit[], string, string]>([
    [
      'labels that its reader does not want',
      [shop(POD_LABELS, POD_LABELS.replace('team: shop', 'team: store'))],
      'metrics/unread-monitor',
      'labels: {team: store}',
    ],
    [
      'a reader that looks in its own namespace',
      [agent('  podMonitorNamespaceSelector: {}\n', '')],
      'metrics/unread-monitor',
      'name: web',
    ],
    [
      'a reader of other monitors only',
      [agent('  podMonitorSelector:\n    matchLabels: {team: shop}\n', '')],
      'metrics/unread-monitor',
      'name: web',
    ],
    [
      'a label that no pod has',
      [shop(POD_SELECTOR, POD_SELECTOR.replace('web', 'wep'))],
      'metrics/empty-monitor',
      'app: wep',
    ],
    [
      'a namespace where nothing is',
      [
        shop(
          'spec:\n  selector:\n    matchLabels: {app: web}\n  podM',
          'spec:\n  namespaceSelector:\n    matchNames: [shops]\n  selector:\n    matchLabels: {app: web}\n  podM',
        ),
      ],
      'metrics/empty-monitor',
      'matchNames: [shops]',
    ],
    [
      'a Service without the label',
      [shop('  labels: {app: web}\nspec:\n  selector: {app', '  labels: {name: web}\nspec:\n  selector: {app')],
      'metrics/empty-monitor',
      'http-metrics\n',
    ],
    [
      'a port that no container has',
      [shop('- port: metrics', '- port: metric')],
      'metrics/missing-monitor-port',
      '- port: metric',
    ],
    [
      'a number that no container has',
      [shop('- port: metrics', '- portNumber: 9114')],
      'metrics/missing-monitor-port',
      '- portNumber: 9114',
    ],
    [
      'the port of the container, for a Service',
      [shop('- port: metrics', '- portNumber: 9113'), shop('- port: http-metrics', '- port: metrics')],
      'metrics/missing-monitor-port',
      '- port: metrics',
    ],
    [
      'a rule of its own that drops all',
      [
        shop(
          '- port: metrics',
          '- port: metrics\n      relabelings: [{action: keep, sourceLabels: [__meta_kubernetes_pod_label_app], regex: we}]',
        ),
      ],
      'metrics/dropped-target',
      'regex: we',
    ],
    [
      'samples that are all dropped',
      [
        shop(
          '- port: metrics',
          '- port: metrics\n      metricRelabelings: [{action: drop, sourceLabels: [__name__], regex: .+}]',
        ),
      ],
      'metrics/lost-samples',
      'regex: .+',
    ],
    [
      'a rule that nobody takes',
      [shop('- port: metrics', '- port: metrics\n      relabelings: [{action: replace, sourceLabels: [job]}]')],
      'metrics/refused-configuration',
      '{action: replace, sourceLabels: [job]}',
    ],
    [
      'a setting of a rule that there is none of',
      [shop('- port: metrics', '- port: metrics\n      relabelings: [{action: keep, sourceLabel: [job]}]')],
      'metrics/refused-configuration',
      'sourceLabel: [job]',
    ],
    [
      'an account that may not read Services',
      [agent('resources: [pods, services, endpoints]', 'resources: [pods, endpoints]')],
      'metrics/forbidden-discovery',
      'verbs: [get, list, watch]',
    ],
  ])('%s is found at its place', (_name, edits, rule, place) => {
    const files = edited(MONITORS_OF_SHOP, edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((one) => `${one?.file}:${one?.line}`);
    const file = files['shop.yaml'].includes(place) ? 'shop.yaml' : 'collector.yaml';
    if (!place.endsWith('\n') && place !== 'name: web')
      expect(places).toContain(`${file}:${lineOf(files, file, place)}`);
  });

  it('is named where others may exist that are not in the input, and nobody is blamed', () => {
    for (const one of [
      shop(POD_LABELS, POD_LABELS.replace('team: shop', 'team: warehouse')),
      shop(POD_SELECTOR, POD_SELECTOR.replace('web', 'warehouse')),
      agent('  podMonitorNamespaceSelector: {}\n', ''),
    ]) {
      const { findings, paths } = verdictOf([one], OPEN);
      expect(findings).toEqual([]);
      expect(paths.map(({ source }) => source.kind).sort()).toEqual(['Deployment', 'PodMonitor']);
    }
  });

  it('is one even there where a port is missing of exactly what the monitor selects', () => {
    expect(verdictOf([shop('- port: metrics', '- port: metric')], OPEN).findings.map(({ rule }) => rule)).toEqual([
      'metrics/missing-monitor-port',
    ]);
  });
});

describe('what no file shows', () => {
  it.each<[string, Edit[], string]>([
    [
      'credentials',
      [
        shop(
          '- port: metrics',
          '- port: metrics\n      basicAuth: {username: {name: login, key: user}, password: {name: login, key: password}}',
        ),
      ],
      'Secret shop/login, which PodMonitor shop/web reads',
    ],
    [
      'jobs in a Secret',
      [
        agent(
          '  podMonitorNamespaceSelector',
          '  additionalScrapeConfigs: {name: more, key: jobs.yaml}\n  podMonitorNamespaceSelector',
        ),
      ],
      'the jobs in Secret more (additionalScrapeConfigs)',
    ],
  ])('%s', (_name, edits, what) => {
    const { findings, paths } = verdictOf(edits);
    expect(findings).toEqual([]);
    expect(paths.flatMap(({ hops }) => hops.flatMap(({ missing = [] }) => missing.map((one) => one.what)))).toContain(
      what,
    );
  });

  it('a Prometheus that keeps its samples itself may take what the others leave', () => {
    const other = `---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: other, namespace: observe}
spec:
  podMonitorSelector: {matchLabels: {team: store}}
  podMonitorNamespaceSelector: {}
`;
    const files = { ...MONITORS_OF_SHOP, 'collector.yaml': `${MONITORS_OF_SHOP['collector.yaml']}${other}` };
    expect(verdictOf([shop(POD_LABELS, POD_LABELS.replace('team: shop', 'team: store'))], files).findings).toEqual([]);
  });
});

it('annotations are not heard by monitors, and nobody is blamed for that', () => {
  const annotated = shop(
    'labels: {app: web}\n    spec',
    'labels: {app: web}\n      annotations: {prometheus.io/scrape: "true", prometheus.io/port: "80"}\n    spec',
  );
  expect(statuses([annotated])).toEqual(['proven', 'proven']);
});

it('the operator itself has to be allowed to read monitors, where it is in the input', () => {
  const operator = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: prometheus-operator, namespace: observe}
spec:
  selector: {matchLabels: {app: operator}}
  template:
    metadata: {labels: {app: operator}}
    spec:
      serviceAccountName: operator
      containers:
        - {name: operator, image: quay.io/prometheus-operator/prometheus-operator:v0.93.1}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: operator, namespace: observe}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - {apiGroups: [monitoring.coreos.com], resources: [podmonitors, servicemonitors], verbs: ["*"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: operator}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: operator}
subjects:
  - {kind: ServiceAccount, name: operator, namespace: observe}
`;
  const files = { ...MONITORS_OF_SHOP, 'collector.yaml': `${MONITORS_OF_SHOP['collector.yaml']}${operator}` };
  expect(verifyFiles(files).findings).toEqual([]);
  const without = edited(files, [agent('[podmonitors, servicemonitors]', '[servicemonitors]')]);
  expect(verifyFiles(without).findings.map(({ rule }) => rule)).toEqual(['metrics/forbidden-discovery']);
});

describe('a Probe and a ScrapeConfig', () => {
  const prober = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: prober, namespace: observe}
spec:
  selector: {matchLabels: {app: prober}}
  template:
    metadata: {labels: {app: prober}}
    spec:
      containers:
        - {name: prober, image: quay.io/prometheus/blackbox-exporter:v0.27.0, ports: [{name: http, containerPort: 9115}]}
---
apiVersion: v1
kind: Service
metadata: {name: prober, namespace: observe}
spec:
  selector: {app: prober}
  ports: [{port: 9115, targetPort: http}]
---
apiVersion: monitoring.coreos.com/v1
kind: Probe
metadata: {name: front, namespace: shop}
spec:
  module: http_2xx
  prober: {url: prober.observe.svc:9115}
  targets: {staticConfig: {static: [https://shop.example, https://shop.example/cart]}}
---
apiVersion: monitoring.coreos.com/v1alpha1
kind: ScrapeConfig
metadata: {name: web, namespace: shop}
spec:
  kubernetesSDConfigs: [{role: Pod, namespaces: {names: [shop]}}]
  relabelings:
    - {action: keep, sourceLabels: [__meta_kubernetes_pod_label_app], regex: web}
`;
  const files: Files = {
    ...MONITORS_OF_SHOP,
    'collector.yaml': MONITORS_OF_SHOP['collector.yaml'].replace(
      '  podMonitorSelector:',
      '  probeSelector: {}\n  probeNamespaceSelector: {}\n  scrapeConfigSelector: {}\n  scrapeConfigNamespaceSelector: {}\n  podMonitorSelector:',
    ),
    'shop.yaml': `${MONITORS_OF_SHOP['shop.yaml']}${prober}`,
  };

  it('are followed through the prober, and by their own discovery', () => {
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    const told = paths.map(
      ({ status, id, source }) => `${status} ${source.name}:${source.port} ${/job (\w+)/.exec(id)?.[1]}`,
    );
    expect(told.sort()).toEqual([
      'proven prober:9115 probe',
      'proven web:9113 podMonitor',
      'proven web:9113 scrapeConfig',
      'proven web:9113 serviceMonitor',
    ]);
  });

  it('ask a prober that nobody knows: unknown', () => {
    const { findings, paths } = verifyFiles(edited(files, [shop('url: prober.observe', 'url: probe.observe')]));
    expect(findings).toEqual([]);
    const open = paths.flatMap(({ hops }) => hops.flatMap(({ missing = [] }) => missing.map(({ what }) => what)));
    expect(open).toContain('who serves probe.observe.svc:9115, which job probe/shop/front scrapes');
  });
});

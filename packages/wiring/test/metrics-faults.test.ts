import { METRICS } from '../src/rules/examples/metrics';
import { PROMETHEUS, WITH_NODES } from '../src/rules/examples/prometheus';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';
const edit = (find: string, replace: string, file = FILE): Edit => ({ file, find, replace });

/** Faults of rules, listeners and addresses, in the collectors that have them. */
const FAULTS: readonly (readonly [
  name: string,
  files: Files,
  edits: readonly Edit[],
  rules: readonly string[],
  end: string,
])[] = [
  [
    'a URL in the domain of another partition',
    METRICS,
    [edit('amazonaws.com/work', 'amazonaws.com.cn/work')],
    ['backends/wrong-remote-write-url'],
    'amazonaws.com.cn',
  ],
  [
    'the control plane in place of the data plane',
    METRICS,
    [edit('https://aps-workspaces.eu', 'https://aps.eu')],
    ['backends/wrong-remote-write-url'],
    'https://aps.eu',
  ],
  [
    'a wall that lets the collector out to pods only',
    METRICS,
    [
      edit(
        'apiVersion: apps/v1\n',
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: wall, namespace: observe}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}]}]}\n---\napiVersion: apps/v1\n',
      ),
    ],
    ['network/forbidden-write'],
    '{to: [{namespaceSelector: {}}]}',
  ],
  [
    'a discovery of pods in a namespace that nobody puts any into',
    METRICS,
    [edit('names = ["shop"]', 'names = ["default"]')],
    ['metrics/undiscovered-workload'],
    'names = ["default"]',
  ],
  [
    'nodes are discovered, and the rules are for pods',
    METRICS,
    [edit('role = "pod"', 'role = "node"'), edit('resources: [pods]', 'resources: [nodes]')],
    ['metrics/dropped-target'],
    'regex         = "true"',
  ],
  [
    'a timeout that is longer than the interval',
    METRICS,
    [
      edit(
        '      targets    = discovery.relabel',
        '      scrape_timeout = "90s"\n      targets    = discovery.relabel',
      ),
    ],
    ['metrics/refused-configuration'],
    'scrape_timeout = "90s"',
  ],
  [
    'a timeout that is longer than the interval of all',
    PROMETHEUS,
    [edit('      - job_name: pods\n', '      - job_name: pods\n        scrape_timeout: 2m\n')],
    ['metrics/refused-configuration'],
    'scrape_timeout: 2m',
  ],
  [
    'a component with a letter too many',
    METRICS,
    [edit('prometheus.scrape "pods"', 'prometheus.scraper "pods"')],
    ['metrics/refused-configuration'],
    'prometheus.scraper "pods"',
  ],
  [
    'a role that the own role may not assume',
    METRICS,
    [
      edit(
        '          region = "eu-west-1"\n',
        '          region = "eu-west-1"\n          role_arn = "arn:aws:iam::444455556666:role/Other"\n',
      ),
    ],
    ['identity/missing-action'],
    'role_arn = "arn',
  ],
  [
    'a listener on another port than is declared',
    METRICS,
    [
      edit(
        'image: nginx/nginx-prometheus-exporter:1.5.0\n',
        'image: nginx/nginx-prometheus-exporter:1.5.0\n          args: [--web.listen-address=:9999]\n',
        'shop.yaml',
      ),
    ],
    ['metrics/wrong-port'],
    'PORT',
  ],
  [
    'a listener on the loopback',
    METRICS,
    [
      edit(
        'image: nginx/nginx-prometheus-exporter:1.5.0\n',
        'image: nginx/nginx-prometheus-exporter:1.5.0\n          args: ["--web.listen-address=127.0.0.1:9113"]\n',
        'shop.yaml',
      ),
    ],
    ['metrics/wrong-port'],
    'PORT',
  ],
  [
    'a path that the exporter does not serve',
    METRICS,
    [
      edit(
        'prometheus.io/port: "9113"',
        'prometheus.io/port: "9113"\n        prometheus.io/path: /status',
        'shop.yaml',
      ),
      edit(
        '        target_label  = "__address__"\n        replacement   = "$1:$2"\n      }\n',
        '        target_label  = "__address__"\n        replacement   = "$1:$2"\n      }\n      rule {\n        source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_path"]\n        regex         = "(.+)"\n        target_label  = "__metrics_path__"\n      }\n',
      ),
    ],
    ['metrics/wrong-path'],
    'PATH',
  ],
  [
    'kubelets behind a rule for pods',
    WITH_NODES,
    [
      edit(
        '          - role: node\n',
        '          - role: node\n        relabel_configs:\n          - {source_labels: [__meta_kubernetes_pod_label_app], regex: .+, action: keep}\n',
      ),
    ],
    ['metrics/dropped-target'],
    '__meta_kubernetes_pod_label_app',
  ],
];

describe('faults on the way of metrics', () => {
  it.each(FAULTS)('%s', (_, files, edits, rules, end) => {
    const changed = edited(files, edits);
    const { findings } = verifyFiles(changed);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
    if (end === 'PORT' || end === 'PATH') return;
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    expect(places).toContain(`${FILE}:${lineOf(changed, FILE, end)}`);
  });

  it.each<[string, readonly Edit[]]>([
    [
      'a listener on every address',
      [
        edit(
          'image: nginx/nginx-prometheus-exporter:1.5.0\n',
          'image: nginx/nginx-prometheus-exporter:1.5.0\n          args: [--web.listen-address, "0.0.0.0:9113"]\n',
          'shop.yaml',
        ),
      ],
    ],
    [
      'a path that the exporter is told',
      [
        edit(
          'image: nginx/nginx-prometheus-exporter:1.5.0\n',
          'image: nginx/nginx-prometheus-exporter:1.5.0\n          args: [--web.telemetry-path=/stats]\n',
          'shop.yaml',
        ),
        edit(
          '      targets    = discovery.relabel',
          '      metrics_path = "/stats"\n      targets    = discovery.relabel',
        ),
      ],
    ],
    [
      'a component that this version does not know',
      [edit('prometheus.remote_write "store"', 'pyroscope.scrape "x" {\n    }\n    prometheus.remote_write "store"')],
    ],
    ['a dual-stack host', [edit('amazonaws.com/work', 'api.aws/work')]],
  ])('%s is no fault', (_, edits) => {
    expect(verifyFiles(edited(METRICS, edits)).findings).toEqual([]);
  });
});

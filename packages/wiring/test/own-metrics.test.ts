import { LOGS } from '../src/rules/examples/logs';
import { METRICS } from '../src/rules/examples/metrics';
import { worldOf } from '../src/rules/examples/parts';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });
const MANIFESTS = ['collector.yaml', 'shop.yaml', 'store.yaml', 'logs.yaml', 'nginx.yaml'];

/** The shop of the examples, whose collectors are scraped too, with a site that nginx serves. */
const FILES: Files = edited(
  {
    ...METRICS,
    'sightline.json': worldOf(MANIFESTS, 'role.template.yaml'),
    'logs.yaml': LOGS['collector.yaml'],
    'nginx.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: site, namespace: shop}
data:
  default.conf: |
    server {
      listen 8080;
      location / { try_files $uri /index.html; }
      location /api/ { proxy_pass http://backend:8081; }
    }
  index.html: |
    <script>if (document.title) location.replace('/metrics'); // return include</script>
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: site, namespace: shop}
spec:
  selector: {matchLabels: {app: site}}
  template:
    metadata:
      labels: {app: site}
      annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9113"}
    spec:
      containers:
        - name: nginx
          image: docker.io/nginxinc/nginx-unprivileged:1.28.0
          ports: [{name: http, containerPort: 8080}]
          volumeMounts:
            - {name: conf, mountPath: /etc/nginx/conf.d/default.conf, subPath: default.conf}
            - {name: conf, mountPath: /usr/share/nginx/html/index.html, subPath: index.html}
        - name: exporter
          image: nginx/nginx-prometheus-exporter:1.5.0
          ports: [{name: metrics, containerPort: 9113}]
      volumes: [{name: conf, configMap: {name: site}}]
`,
  },
  [
    edit('collector.yaml', 'names = ["shop"]', 'names = ["shop", "observe"]'),
    edit(
      'collector.yaml',
      '        checksum/config: 0f1e2d3c\n',
      '        prometheus.io/scrape: "true"\n        prometheus.io/port: "12345"\n',
    ),
    edit(
      'collector.yaml',
      'args: [run, /etc/alloy/config.alloy]',
      'args: [run, /etc/alloy/config.alloy, "--server.http.listen-addr=0.0.0.0:12345"]',
    ),
    edit(
      'logs.yaml',
      '        checksum/config: 0f1e2d3c\n',
      '        prometheus.io/scrape: "true"\n        prometheus.io/port: "2020"\n        prometheus.io/path: /api/v2/metrics/prometheus\n',
    ),
    edit(
      'collector.yaml',
      '    prometheus.scrape "pods" {',
      `    discovery.relabel "paths" {
      targets = discovery.relabel.pods.output
      rule {
        source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_path"]
        regex         = "(.+)"
        target_label  = "__metrics_path__"
      }
    }

    prometheus.scrape "pods" {`,
    ),
    edit('collector.yaml', 'targets    = discovery.relabel.pods.output', 'targets    = discovery.relabel.paths.output'),
  ],
);

const brokenBy = (...edits: readonly Edit[]) => {
  const files = edited(FILES, edits);
  const { findings } = verifyFiles(files);
  return { files, findings: findings.filter(({ rule }) => rule.startsWith('metrics/')) };
};

test('collectors that are scraped where they serve their metrics, and nginx beside its exporter', () => {
  expect(brokenBy().findings).toEqual([]);
  const { paths } = verifyFiles(FILES);
  const scraped = paths.filter(({ signal }) => signal === 'metrics');
  expect(scraped.map(({ source, status }) => `${source.name} ${status}`).sort()).toEqual([
    'meter proven',
    'shipper proven',
    'site proven',
    'web proven',
  ]);
});

test.each([
  [
    'a port on which Alloy does not listen',
    [edit('collector.yaml', 'prometheus.io/port: "12345"', 'prometheus.io/port: "9999"')],
    'metrics/wrong-port',
    'prometheus.io/port: "9999"',
    'collector.yaml',
  ],
  [
    'Alloy as it listens when nobody says where',
    [edit('collector.yaml', ', "--server.http.listen-addr=0.0.0.0:12345"', '')],
    'metrics/wrong-port',
    'args: [run',
    'collector.yaml',
  ],
  [
    'the HTTP server of Fluent Bit off',
    [edit('logs.yaml', 'HTTP_Server               On', 'HTTP_Server               Off')],
    'metrics/wrong-port',
    'HTTP_Server               Off',
    'logs.yaml',
  ],
  [
    'the HTTP server of Fluent Bit elsewhere',
    [edit('logs.yaml', 'HTTP_Port                 2020', 'HTTP_Port                 2021')],
    'metrics/wrong-port',
    'HTTP_Port                 2021',
    'logs.yaml',
  ],
  [
    'the HTTP server of Fluent Bit for its own pod',
    [
      edit(
        'logs.yaml',
        'HTTP_Port                 2020',
        'HTTP_Port                 2020\n        HTTP_Listen               127.0.0.1',
      ),
    ],
    'metrics/wrong-port',
    'HTTP_Listen               127.0.0.1',
    'logs.yaml',
  ],
  [
    'the port of nginx, not that of the exporter beside it',
    [edit('nginx.yaml', 'prometheus.io/port: "9113"', 'prometheus.io/port: "8080"')],
    'metrics/wrong-path',
    'prometheus.io/port: "8080"',
    'nginx.yaml',
  ],
  [
    'no token for the API server',
    [
      edit(
        'collector.yaml',
        '      serviceAccountName: meter\n',
        '      serviceAccountName: meter\n      automountServiceAccountToken: false\n',
      ),
    ],
    'metrics/forbidden-discovery',
    'automountServiceAccountToken: false',
    'collector.yaml',
  ],
  [
    'no binding at all in a world that is closed',
    [edit('collector.yaml', 'kind: ClusterRoleBinding\n', 'kind: ClusterRoleBinding2\n')],
    'metrics/forbidden-discovery',
    'serviceAccountName: meter',
    'collector.yaml',
  ],
] as const)('%s', (_, edits, rule, end, file) => {
  const { files, findings } = brokenBy(...edits);
  expect([...new Set(findings.map((finding) => finding.rule))]).toEqual([rule]);
  const places = findings.flatMap(({ location, related }) => [location, ...related]);
  expect(places).toContainEqual(expect.objectContaining({ file, line: lineOf(files, file, end) }));
});

test.each([
  ['passes the path on', 'location /api/ { proxy', 'location /metrics { proxy'],
  ['passes everything on', 'location / { try_files $uri /index.html; }', 'location / { proxy_pass http://backend; }'],
  ['takes files that are not there', 'listen 8080;', 'listen 8080; include /etc/nginx/more/*.conf;'],
  ['answers by an expression', 'location /api/ {', 'location ~ ^/m.*$ {'],
])('nobody knows of an nginx that %s', (_, good, bad) => {
  const port = edit('nginx.yaml', 'prometheus.io/port: "9113"', 'prometheus.io/port: "8080"');
  expect(brokenBy(port, edit('nginx.yaml', good, bad)).findings).toEqual([]);
});

test('a FieldExport reads an API group that ACK does not have', () => {
  const files = edited(FILES, [
    edit('store.yaml', 'group: prometheusservice.services.k8s.aws', 'group: prometheus.services.k8s.aws'),
  ]);
  const { findings } = verifyFiles(files);
  expect(findings.map(({ rule, location }) => [rule, location?.line])).toContainEqual([
    'gitops/missing-exported-resource',
    lineOf(files, 'store.yaml', 'group: prometheus.services'),
  ]);
});

test('the labels that series carry are told as evidence', () => {
  const { paths } = verifyFiles(FILES);
  const web = paths.find(({ signal, source }) => signal === 'metrics' && source.name === 'web');
  const texts = web?.hops.find(({ kind }) => kind === 'relabelling')?.evidence.map(({ text }) => text);
  expect(texts).toContain('its series carry no label of the target');
});

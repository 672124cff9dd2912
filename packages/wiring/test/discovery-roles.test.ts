import { PROMETHEUS, WITH_NODES } from '../src/rules/examples/prometheus';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';
const SHOP = 'shop.yaml';
const edit = (find: string, replace: string, file = FILE): Edit => ({ file, find, replace });

const SERVICE = `---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  labels: {app: web}
  annotations:
    prometheus.io/scrape: "true"
    prometheus.io/port: "9113"
spec:
  selector: {app: web}
  ports:
    - {name: metrics, port: 80, targetPort: metrics}
`;

const PODS = PROMETHEUS[FILE].slice(
  PROMETHEUS[FILE].indexOf('      - job_name: pods'),
  PROMETHEUS[FILE].indexOf('    remote_write:'),
);

/** The shop with a Service, its pods without annotations of their own, and the job that is given. */
function shop(job: string): Files {
  return edited(PROMETHEUS, [
    edit(PODS, job),
    edit('        prometheus.io/scrape: "true"\n        prometheus.io/port: "9113"\n', '        a: b\n', SHOP),
    edit('---\napiVersion: networking', `${SERVICE}---\napiVersion: networking`, SHOP),
    edit('resources: [pods]', 'resources: [pods, services, endpoints]'),
    edit(
      'rules:\n',
      'rules:\n  - apiGroups: [discovery.k8s.io]\n    resources: [endpointslices]\n    verbs: [get, list, watch]\n',
    ),
  ]);
}

const ENDPOINTS = `      - job_name: endpoints
        kubernetes_sd_configs:
          - role: endpoints
        relabel_configs:
          - source_labels: [__meta_kubernetes_service_annotation_prometheus_io_scrape]
            regex: "true"
            action: keep
          - source_labels: [__address__, __meta_kubernetes_service_annotation_prometheus_io_port]
            regex: (.+?)(?::\\d+)?;(\\d+)
            target_label: __address__
            replacement: $1:$2
          - source_labels: [__meta_kubernetes_service_name]
            target_label: service
`;

const fixed = (target: string) => `      - job_name: fixed
        static_configs:
          - targets: ["${target}"]
            labels: {tier: front}
`;

/** The hops up to the collector. */
function source(files: Files) {
  const { paths, findings } = verifyFiles(files);
  const before = ['discovery', 'relabelling', 'scrape', 'network'];
  return {
    findings,
    sources: paths.map(({ source: { kind, name, port } }) => `${kind} ${name} ${port}`),
    open: paths.flatMap(({ hops }) =>
      hops
        .filter(({ kind, status }) => before.includes(kind) && status !== 'proven')
        .map(({ kind, missing }) => `${kind}: ${missing?.map(({ what }) => what).join()}`),
    ),
  };
}

const proven = { findings: [], open: [], sources: ['Deployment web 9113'] };

describe('targets of other roles than pod', () => {
  it.each([
    ['endpoints, by the annotations of the Service', ENDPOINTS],
    [
      'endpoint slices, by the labels of the Service',
      ENDPOINTS.replace('role: endpoints', 'role: endpointslice').replace(
        '[__meta_kubernetes_service_annotation_prometheus_io_scrape]\n            regex: "true"',
        '[__meta_kubernetes_endpointslice_port_name]\n            regex: metrics',
      ),
    ],
    [
      'endpoints that a selector of their Service asks for',
      ENDPOINTS.replace(
        '- role: endpoints\n',
        '- role: endpoints\n            selectors: [{role: service, label: app=web}]\n',
      ),
    ],
    [
      'Services',
      '      - job_name: services\n        kubernetes_sd_configs:\n          - role: service\n        relabel_configs:\n          - {source_labels: [__meta_kubernetes_service_label_app], regex: web, action: keep}\n',
    ],
    ['an address of the cluster', fixed('web.shop.svc.cluster.local:80')],
    ['an address without the domain', fixed('web.shop:80')],
  ])('%s', (_, job) => {
    expect(source(shop(job))).toEqual(proven);
  });

  it('the collector may scrape itself', () => {
    const found = source(edited(PROMETHEUS, [edit(PODS, fixed('localhost:9090'))]));
    expect(found).toMatchObject({ findings: [], sources: ['Deployment meter 9090'] });
  });

  it('an address of nobody in the input is unknown', () => {
    const found = source(edited(PROMETHEUS, [edit(PODS, fixed('db.example.com:9104'))]));
    expect(found.findings).toEqual([]);
    expect(found.open.join()).toContain('who serves db.example.com:9104');
  });

  it.each<[string, readonly Edit[], string, readonly string[]]>([
    [
      'a Service that asks in other letters',
      [edit('    prometheus.io/scrape: "true"', '    prometheus.io/scrape: "True"', SHOP)],
      'metrics/dropped-target',
      ['    prometheus.io/scrape: "True"'],
    ],
    [
      'a port that no container declares',
      [edit('    prometheus.io/port: "9113"', '    prometheus.io/port: "9114"', SHOP)],
      'metrics/wrong-port',
      ['containerPort: 9113'],
    ],
    [
      'an account that may not see endpoints',
      [edit('resources: [pods, services, endpoints]', 'resources: [pods, services]')],
      'metrics/forbidden-discovery',
      [],
    ],
  ])('endpoints: %s', (_, edits, rule, ends) => {
    const files = edited(shop(ENDPOINTS), edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    for (const text of ends) expect(places).toContain(`${SHOP}:${lineOf(files, SHOP, text)}`);
  });

  it('kubelets are one source for all nodes', () => {
    const found = source(WITH_NODES);
    expect(found).toEqual({ findings: [], open: [], sources: ['Node * 10250', 'Deployment web 9113'] });
  });

  it('a kubelet may be read through the API server', () => {
    const job = `        relabel_configs:
          - {target_label: __address__, replacement: "kubernetes.default.svc:443"}
          - {source_labels: [__meta_kubernetes_node_name], regex: (.+), target_label: __metrics_path__, replacement: /api/v1/nodes/$1/proxy/metrics/cadvisor}
          - {action: labelmap, regex: __meta_kubernetes_node_label_(.+)}
    remote_write:
`;
    const files = edited(WITH_NODES, [edit('    remote_write:\n', job), edit('nodes/metrics', 'nodes/proxy')]);
    expect(source(files)).toMatchObject({ findings: [], open: [] });
  });

  it.each([
    [
      'without a token',
      'authorization: {credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token}',
      'honor_labels: true',
      'metrics/forbidden-kubelet',
    ],
    ['without the permission', 'resources: [nodes/metrics]', 'resources: [nodes/proxy]', 'metrics/forbidden-kubelet'],
    ['by http', 'scheme: https', 'scheme: http', 'metrics/wrong-scheme'],
  ])('a kubelet %s', (_, find, replace, rule) => {
    const { findings } = verifyFiles(edited(WITH_NODES, [edit(find, replace)]));
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
  });
});

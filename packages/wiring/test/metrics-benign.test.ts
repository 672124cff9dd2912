import { type Edit, edited, verifyFiles } from './support/estate';
import { SHOP } from './support/shop';

/** Configurations that work, or that may: nothing may be said against them. */

const METER = 'collector.yaml';
const WEB = 'shop.yaml';
const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });
const SCRAPE = 'prometheus.io/scrape: "true"';
const PORT = 'prometheus.io/port: "9113"';
const KEEP = 'regex         = "true"';
const BINDING = 'kind: ClusterRole, name: meter';
const FENCE = 'metadata: {name: fence, namespace: shop}';
const RULE = 'rule {\n        source_labels = ["__meta_kubernetes_pod_name"]';
const rule = (text: string) => edit(METER, RULE, `rule {\n        ${text}\n      }\n      ${RULE}`);

type Status = 'proven' | 'unknown';

/** What the scrape of the web server is, in the first four hops together. */
type Case = readonly [name: string, status: Status, ...edits: readonly Edit[]];

const BENIGN: readonly Case[] = [
  [
    'both sides say yes',
    'proven',
    edit(WEB, SCRAPE, 'prometheus.io/scrape: "yes"'),
    edit(METER, KEEP, 'regex = "yes|true"'),
  ],
  [
    'both sides are renamed',
    'proven',
    edit(WEB, 'name: metrics, containerPort', 'name: prom, containerPort'),
    edit(WEB, '- port: metrics', '- port: 9113'),
    edit(WEB, 'port: metrics}', 'port: prom}'),
  ],
  ['the expression is longer', 'proven', edit(METER, KEEP, 'regex = "(?i:TRUE|yes)"')],
  [
    'the port is not declared, and the command line names it',
    'unknown',
    edit(WEB, 'image: exporter', 'image: exporter\n          args: ["--listen=:9114"]'),
    edit(WEB, PORT, 'prometheus.io/port: "9114"'),
  ],
  [
    'the port is not declared, and no other is for metrics',
    'unknown',
    edit(WEB, 'name: metrics, containerPort', 'name: other, containerPort'),
    edit(WEB, PORT, 'prometheus.io/port: "9114"'),
    edit(WEB, '- port: metrics', '- port: 9114'),
  ],
  [
    'the side-car of a mesh serves the port',
    'unknown',
    edit(WEB, PORT, 'prometheus.io/port: "15020"'),
    edit(WEB, '- port: metrics', '- port: 15020'),
  ],
  [
    'no port is annotated, so that every declared one is scraped',
    'unknown',
    edit(WEB, `        ${PORT}\n`, ''),
    edit(WEB, '- port: metrics', '- {}'),
  ],
  [
    'a side-car serves the port',
    'proven',
    edit(
      WEB,
      'containers:\n        - name: nginx',
      'initContainers:\n        - name: side\n          restartPolicy: Always\n          ports: [{name: side-metrics, containerPort: 9999}]\n      containers:\n        - name: nginx',
    ),
  ],
  ['all namespaces are looked at', 'proven', edit(METER, 'names = ["shop"]', 'names = []')],
  ['there are more namespaces', 'proven', edit(METER, 'names = ["shop"]', 'names = ["shop", "observe"]')],
  [
    'the selector is written with a set',
    'proven',
    edit(METER, 'label = "part-of=shop"', 'label = "part-of in (shop, store),!legacy"'),
  ],
  ['only running pods are selected', 'proven', edit(METER, 'label = "part-of=shop"', 'field = "status.phase=Running"')],
  [
    'only running pods are kept',
    'proven',
    rule(
      'source_labels = ["__meta_kubernetes_pod_phase"]\n        regex = "Pending|Succeeded|Failed|Completed"\n        action = "drop"',
    ),
  ],
  [
    'pods are kept by the form of their name',
    'proven',
    rule('source_labels = ["__meta_kubernetes_pod_name"]\n        regex = "(web|cart)-.+"\n        action = "keep"'),
  ],
  [
    'pods are kept by their node',
    'unknown',
    rule('source_labels = ["__meta_kubernetes_pod_node_name"]\n        regex = "worker-a"\n        action = "keep"'),
  ],
  [
    'targets are shared out by a hash',
    'unknown',
    rule(
      'source_labels = ["__address__"]\n        modulus = 3\n        target_label = "__tmp"\n        action = "hashmod"\n      }\n      rule {\n        source_labels = ["__tmp"]\n        regex = "0"\n        action = "keep"',
    ),
  ],
  [
    'labels of pods are mapped',
    'proven',
    rule('regex = "__meta_kubernetes_pod_label_(.+)"\n        action = "labelmap"'),
  ],
  [
    'meta labels are dropped at the end',
    'proven',
    rule('regex = "__meta_kubernetes_pod_container_.+"\n        action = "labeldrop"'),
  ],
  [
    'a value comes from an environment that nobody knows',
    'unknown',
    rule(
      'source_labels = ["__meta_kubernetes_namespace"]\n        regex = json_path("{}", ".x")\n        action = "keep"',
    ),
  ],
  ['the role is the one that Kubernetes brings', 'proven', edit(METER, BINDING, 'kind: ClusterRole, name: view')],
  [
    'the role allows everything',
    'proven',
    edit(METER, '[get, list, watch]', '["*"]'),
    edit(METER, 'resources: [pods]', 'resources: ["*"]'),
  ],
  [
    'the role does not allow to get what is only listed and watched',
    'proven',
    edit(METER, '[get, list, watch]', '[list, watch]'),
  ],
  [
    'all service accounts of the namespace are bound',
    'proven',
    edit(
      METER,
      '{kind: ServiceAccount, name: meter, namespace: observe}',
      '{kind: Group, name: "system:serviceaccounts:observe"}',
    ),
  ],
  [
    'the role is bound in the namespace that is looked at',
    'proven',
    edit(
      METER,
      'kind: ClusterRoleBinding\nmetadata: {name: meter-binding}',
      'kind: RoleBinding\nmetadata: {name: meter-binding, namespace: shop}',
    ),
  ],
  [
    'the policy is about other pods',
    'proven',
    edit(WEB, 'podSelector: {}', 'podSelector: {matchLabels: {app: database}}'),
  ],
  [
    'the policy lets everybody in',
    'proven',
    edit(WEB, SHOP[WEB].slice(SHOP[WEB].indexOf('  ingress:\n')), '  ingress: [{}]\n'),
  ],
  [
    'the policy lets a range of addresses in',
    'unknown',
    edit(
      WEB,
      SHOP[WEB].slice(SHOP[WEB].indexOf('  ingress:\n')),
      '  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]\n',
    ),
  ],
  [
    'the policy goes by a label of the namespace',
    'proven',
    edit(WEB, 'kubernetes.io/metadata.name: observe', 'team: platform'),
  ],
  ['the policy is about what leaves the shop', 'proven', edit(WEB, 'policyTypes: [Ingress]', 'policyTypes: [Egress]')],
  [
    'another policy lets it in',
    'proven',
    edit(
      WEB,
      FENCE,
      'metadata: {name: deny, namespace: shop}\nspec: {podSelector: {}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: fence, namespace: shop}',
    ),
  ],
  [
    'the network is fenced by another kind of policy',
    'unknown',
    edit(
      WEB,
      FENCE,
      'metadata: {name: fence, namespace: shop}\nspec: {podSelector: {}, ingress: [{}]}\n---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: fence, namespace: shop}',
    ),
  ],
  [
    'the probe speaks TLS, and so does the scrape',
    'proven',
    edit(WEB, 'httpGet: {path: /metrics, port: metrics}', 'httpGet: {path: /metrics, port: metrics, scheme: HTTPS}'),
    edit(WEB, PORT, `${PORT}\n        prometheus.io/scheme: https`),
  ],
  [
    'no probe says what the port speaks',
    'proven',
    edit(WEB, 'httpGet: {path: /metrics, port: metrics}', 'tcpSocket: {port: metrics}'),
    edit(WEB, PORT, `${PORT}\n        prometheus.io/scheme: https`),
  ],
  [
    'the annotation names another path',
    'proven',
    edit(WEB, PORT, `${PORT}\n        prometheus.io/path: /actuator/prometheus`),
  ],
  [
    'samples go straight to the store',
    'proven',
    edit(METER, 'prometheus.relabel.small.receiver', 'prometheus.remote_write.store.receiver'),
  ],
  [
    'samples are chosen by a label of the metric',
    'proven',
    edit(
      METER,
      'regex         = "go_.*"\n        action        = "drop"',
      'regex         = "http_.*"\n        action        = "keep"',
    ),
  ],
];

describe('nothing is said against', () => {
  it.each(BENIGN.map(([name, status, ...edits]) => ({ name, status, edits })))('$name', ({ status, edits }) => {
    const { findings, paths } = verifyFiles(edited(SHOP, edits));
    expect(findings).toEqual([]);
    const web = paths.filter(({ source }) => source.name === 'web');
    const statuses = web.flatMap(({ hops }) => hops.slice(0, 4).map((hop) => hop.status));
    expect(statuses.every((one) => one === 'proven') && web.length > 0 ? 'proven' : 'unknown').toBe(status);
  });

  it('a workload that does not ask, or asks somebody else', () => {
    for (const [find, replace] of [
      [SCRAPE, 'prometheus.io/scrape: "false"'],
      [SCRAPE, 'other.example/scrape: "true"'],
    ]) {
      const { findings, paths } = verifyFiles(edited(SHOP, [edit(WEB, find, replace)]));
      expect(findings).toEqual([]);
      expect(paths.map(({ source }) => source.name)).toEqual(['cart']);
    }
  });

  it('a workload in a namespace that the collector is not told to look in', () => {
    const files = edited(SHOP, [
      edit(WEB, 'metadata: {name: cart, namespace: shop}', 'metadata: {name: cart, namespace: other}'),
    ]);
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    const cart = paths.find(({ source }) => source.name === 'cart');
    expect(cart?.hops[0]).toMatchObject({ status: 'unknown', missing: [{ kind: 'left-out' }] });
  });

  it('a workload that Prometheus may scrape beside the collector', () => {
    const other = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: prom, namespace: observe}
data:
  prometheus.yml: |
    scrape_configs: []
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: prom, namespace: observe}
spec:
  template:
    spec:
      containers: [{name: p, image: prom/prometheus, volumeMounts: [{name: c, mountPath: /etc/prometheus}]}]
      volumes: [{name: c, configMap: {name: prom}}]
`;
    const files = edited(SHOP, [edit(WEB, SCRAPE, 'prometheus.io/scrape: "True"')]);
    expect(verifyFiles({ ...files, [WEB]: `${files[WEB]}${other}` }).findings).toEqual([]);
  });

  it('a collector whose workloads are not in the input; its own part is still judged', () => {
    const { findings, paths } = verifyFiles({
      ...SHOP,
      [WEB]: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
    });
    expect(findings).toEqual([]);
    expect(paths).toMatchObject([{ source: { kind: 'Deployment', name: 'meter', container: 'collector' } }]);
    expect(paths[0].hops[0].missing).toEqual([{ kind: 'object', what: 'workload not in the input' }]);
  });

  it('a collector without its RBAC in the input', () => {
    const from = SHOP[METER].indexOf('apiVersion: rbac');
    const to = SHOP[METER].indexOf('apiVersion: v1\nkind: ConfigMap');
    const files = { ...SHOP, [METER]: SHOP[METER].slice(0, from) + SHOP[METER].slice(to) };
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    expect(paths.map(({ hops }) => hops[0].status)).toEqual(['unknown', 'unknown']);
  });
});

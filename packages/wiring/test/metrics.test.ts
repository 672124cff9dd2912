import { type Edit, edited, lineOf, verifyFiles } from './support/estate';
import { SHOP } from './support/shop';

const METER = 'collector.yaml';
const WEB = 'shop.yaml';
const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });

type End = readonly [file: string, text: string];

interface Case {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly rule: string;
  /** How many paths it cuts. */
  readonly paths: number;
  readonly ends: readonly End[];
}

const SCRAPE = 'prometheus.io/scrape: "true"';
const PORT = 'prometheus.io/port: "9113"';
const KEEP = 'regex         = "true"';
const SUBJECT = '{kind: ServiceAccount, name: meter, namespace: observe}';

function rulesOfFence(): string {
  return SHOP[WEB].slice(SHOP[WEB].indexOf('  ingress:\n'));
}

const BREAKS: readonly Case[] = [
  {
    name: 'the annotation says True, the rule keeps true',
    edits: [edit(WEB, SCRAPE, 'prometheus.io/scrape: "True"')],
    rule: 'metrics/dropped-target',
    paths: 1,
    ends: [
      [WEB, 'prometheus.io/scrape: "True"'],
      [METER, KEEP],
    ],
  },
  {
    name: 'the expression of the rule is another',
    edits: [edit(METER, KEEP, 'regex         = "yes"')],
    rule: 'metrics/dropped-target',
    paths: 2,
    ends: [
      [METER, 'regex         = "yes"'],
      [WEB, SCRAPE],
    ],
  },
  {
    name: 'the rule reads an annotation that no pod has',
    edits: [edit(METER, 'annotation_prometheus_io_scrape', 'annotation_prometheus_io_scraped')],
    rule: 'metrics/dropped-target',
    paths: 2,
    ends: [
      [METER, KEEP],
      [WEB, SCRAPE],
    ],
  },
  {
    name: 'the port of the annotation is none that a container declares',
    edits: [edit(WEB, PORT, 'prometheus.io/port: "9114"')],
    rule: 'metrics/wrong-port',
    paths: 1,
    ends: [
      [WEB, 'prometheus.io/port: "9114"'],
      [WEB, 'containerPort: 9113'],
    ],
  },
  {
    name: 'the port that is declared moves away from the annotation',
    edits: [edit(WEB, 'containerPort: 9113', 'containerPort: 9114')],
    rule: 'metrics/wrong-port',
    paths: 1,
    ends: [
      [WEB, PORT],
      [WEB, 'containerPort: 9114'],
    ],
  },
  {
    name: 'the port is larger than ports are',
    edits: [edit(WEB, PORT, 'prometheus.io/port: "91130"')],
    rule: 'metrics/wrong-port',
    paths: 1,
    ends: [[WEB, 'prometheus.io/port: "91130"']],
  },
  {
    name: 'the namespaces are others',
    edits: [edit(METER, 'names = ["shop"]', 'names = ["shops"]')],
    rule: 'metrics/undiscovered-workload',
    paths: 2,
    ends: [
      [METER, 'names = ["shops"]'],
      [WEB, SCRAPE],
    ],
  },
  {
    name: 'the selector fits nothing',
    edits: [edit(METER, 'label = "part-of=shop"', 'label = "part-of=store"')],
    rule: 'metrics/undiscovered-workload',
    paths: 2,
    ends: [
      [METER, 'label = "part-of=store"'],
      [WEB, SCRAPE],
    ],
  },
  {
    name: 'the role may not list pods',
    edits: [edit(METER, '[get, list, watch]', '[get, watch]')],
    rule: 'metrics/forbidden-discovery',
    paths: 2,
    ends: [
      [METER, '[get, watch]'],
      [METER, 'discovery.kubernetes "pods"'],
    ],
  },
  {
    name: 'the role is about services',
    edits: [edit(METER, 'resources: [pods]', 'resources: [services]')],
    rule: 'metrics/forbidden-discovery',
    paths: 2,
    ends: [
      [METER, '[get, list, watch]'],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: 'the binding is for another namespace',
    edits: [edit(METER, SUBJECT, '{kind: ServiceAccount, name: meter, namespace: monitoring}')],
    rule: 'metrics/forbidden-discovery',
    paths: 2,
    ends: [
      [METER, 'namespace: monitoring}'],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: 'the binding names a role that does not exist',
    edits: [edit(METER, 'kind: ClusterRole, name: meter', 'kind: ClusterRole, name: meters')],
    rule: 'metrics/forbidden-discovery',
    paths: 2,
    ends: [
      [METER, 'kind: ClusterRole, name: meters'],
      [METER, 'metadata: {name: meter}'],
    ],
  },
  {
    name: 'the network policy lets another port in',
    edits: [edit(WEB, '{port: 8081, protocol: TCP}', '{port: 8082, protocol: TCP}')],
    rule: 'network/forbidden-scrape',
    paths: 1,
    ends: [
      [WEB, '    - from:'],
      [WEB, 'name: cart'],
    ],
  },
  {
    name: 'the network policy lets another namespace in',
    edits: [edit(WEB, 'kubernetes.io/metadata.name: observe', 'kubernetes.io/metadata.name: monitoring')],
    rule: 'network/forbidden-scrape',
    paths: 2,
    ends: [[WEB, '    - from:']],
  },
  {
    name: 'the network policy lets nobody in',
    edits: [edit(WEB, rulesOfFence(), '  ingress: []\n')],
    rule: 'network/forbidden-scrape',
    paths: 2,
    ends: [[WEB, 'name: fence']],
  },
  {
    name: 'the collector may not leave',
    edits: [
      edit(
        WEB,
        'metadata: {name: fence, namespace: shop}',
        'metadata: {name: cage, namespace: observe}\nspec: {podSelector: {matchLabels: {app: meter}}, policyTypes: [Egress]}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: fence, namespace: shop}',
      ),
    ],
    rule: 'network/forbidden-scrape',
    paths: 2,
    ends: [[WEB, 'name: cage']],
  },
  {
    name: 'the scheme is not the one that the probe speaks',
    edits: [edit(WEB, PORT, `${PORT}\n        prometheus.io/scheme: https`)],
    rule: 'metrics/wrong-scheme',
    paths: 1,
    ends: [
      [WEB, 'prometheus.io/scheme: https'],
      [WEB, 'httpGet:'],
    ],
  },
  {
    name: 'the scheme is none',
    edits: [edit(WEB, PORT, `${PORT}\n        prometheus.io/scheme: htps`)],
    rule: 'metrics/wrong-scheme',
    paths: 1,
    ends: [[WEB, 'prometheus.io/scheme: htps']],
  },
  {
    name: 'a rule deletes the address',
    edits: [edit(METER, 'target_label  = "pod"', 'target_label  = "__address__"\n        replacement = ""')],
    rule: 'metrics/lost-address',
    paths: 2,
    ends: [[METER, 'prometheus.scrape "pods"']],
  },
  {
    name: 'the scrape forwards to a component that is not there',
    edits: [edit(METER, 'prometheus.relabel.small.receiver', 'prometheus.relabel.tiny.receiver')],
    rule: 'metrics/missing-component',
    paths: 1,
    ends: [[METER, 'prometheus.relabel.tiny.receiver']],
  },
  {
    name: 'the targets are those of a component that is not there',
    edits: [edit(METER, 'discovery.relabel.pods.output', 'discovery.relabel.all.output')],
    rule: 'metrics/missing-component',
    paths: 1,
    ends: [[METER, 'discovery.relabel.all.output']],
  },
  {
    name: 'the samples go nowhere',
    edits: [edit(METER, 'forward_to = [prometheus.remote_write.store.receiver]', 'forward_to = []')],
    rule: 'metrics/lost-samples',
    paths: 1,
    ends: [
      [METER, 'forward_to = [prometheus.relabel.small.receiver]'],
      [METER, 'endpoint {'],
    ],
  },
  {
    name: 'a rule drops the samples of every target',
    edits: [
      edit(METER, 'source_labels = ["__name__"]', 'source_labels = ["namespace"]'),
      edit(METER, 'regex         = "go_.*"', 'regex         = "shop"'),
    ],
    rule: 'metrics/lost-samples',
    paths: 2,
    ends: [
      [METER, 'regex         = "shop"'],
      [METER, 'prometheus.scrape "pods"'],
    ],
  },
];

describe('the untouched shop', () => {
  it('has no finding, and the four hops before the collector are proven for both workloads', () => {
    const { findings, paths } = verifyFiles(SHOP);
    expect(findings).toEqual([]);
    expect(paths.map(({ source }) => source)).toEqual([
      { kind: 'Deployment', namespace: 'shop', name: 'web', container: 'exporter', port: 9113 },
      { kind: 'StatefulSet', namespace: 'shop', name: 'cart', container: 'cart', port: 8081 },
    ]);
    for (const { hops } of paths) {
      expect(hops.slice(0, 4).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
        'discovery proven',
        'relabelling proven',
        'scrape proven',
        'network proven',
      ]);
    }
  });
});

describe('one break', () => {
  it.each(BREAKS)('$name', ({ edits, rule, paths: cut, ends }) => {
    const files = edited(SHOP, edits);
    const { findings, paths } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(paths.filter(({ status }) => status === 'broken')).toHaveLength(cut);
    expect(findings[0].paths).toHaveLength(cut);
    const { location, related } = findings[0];
    const named = [location, ...related].map((place) => `${place?.file}:${place?.line}`);
    for (const [file, text] of ends) expect(named).toContain(`${file}:${lineOf(files, file, text)}`);
  });
});

import { type Edit, edited, fixture, lineOf, verifyFiles } from './support/estate';

/**
 * An environment of our own in the manner of the one that one of our seeds describes: a workspace by ACK, Alloy and Fluent
 * Bit by kustomize, roles by a README, delivered by Argo CD. As it stands in fixtures/infrastructure it works; each row
 * carries one fault.
 */
const FILES = fixture('infrastructure');
const ALLOY = 'base/monitoring/alloy.yaml';
const FLUENT_BIT = 'base/monitoring/fluent-bit.yaml';
const OVERLAY = 'overlays/dev/kustomization.yaml';
const README = 'README.md';
const TEMPLATE = 'logs.template.yaml';
const WORKSPACE = 'base/prometheus/workspace.yaml';
const APPLICATION = 'argocd/dev.yaml';
const GRAFANA = 'grafana.yaml';

const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });
const DEFAULT_PORT = `      rule {
        source_labels = ["__address__"]
        regex         = "([^:]+)(?::\\\\d+)?"
        replacement   = "$1:9113"
        target_label  = "__address__"
      }

`;

interface Fault {
  readonly fault: string;
  readonly edits: readonly Edit[];
  /** All rules that speak, with a text on a line that each points at. */
  readonly findings: readonly (readonly [rule: string, file: string, end: string])[];
  /** What is no longer proven. */
  readonly lost?: readonly ('metrics' | 'logs' | 'dashboards')[];
}

const TABLE: readonly Fault[] = [
  {
    fault: 'the README trusts another account than the pod of Alloy runs as',
    edits: [
      edit(
        ALLOY,
        '  name: alloy\n  namespace: monitoring\n  annotations',
        '  name: agent\n  namespace: monitoring\n  annotations',
      ),
      edit(ALLOY, '    name: alloy\n    namespace: monitoring\n---', '    name: agent\n    namespace: monitoring\n---'),
      edit(ALLOY, 'serviceAccountName: alloy', 'serviceAccountName: agent'),
    ],
    findings: [['identity/untrusted-subject', README, 'serviceaccount:monitoring:alloy']],
    lost: ['dashboards', 'metrics'],
  },
  {
    fault: 'the overlay moves every account to another namespace, away from both roles',
    edits: [edit(OVERLAY, 'resources:', 'namespace: ack-system\nresources:')],
    findings: [
      ['identity/untrusted-subject', README, 'serviceaccount:monitoring:alloy'],
      ['identity/untrusted-subject', README, 'serviceaccount:monitoring:fluent-bit'],
      ['gitops/flattened-namespaces', OVERLAY, 'namespace: ack-system'],
      ['gitops/missing-config-map', GRAFANA, 'name: amp-workspace, key'],
    ],
    lost: ['dashboards', 'logs', 'metrics'],
  },
  {
    fault: 'the id of the workspace is a literal, beside a workspace whose id nobody knows before it is made',
    edits: [edit(ALLOY, '" + sys.env("WORKSPACE_ID") + "', 'ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9')],
    findings: [['backends/literal-workspace', ALLOY, 'ws-0a1b2c3d']],
    lost: ['dashboards', 'metrics'],
  },
  {
    fault: 'the parser is the one for docker',
    edits: [edit(FLUENT_BIT, 'multiline.parser          cri', 'Parser                    docker')],
    findings: [['logs/wrong-parser', FLUENT_BIT, 'Parser                    docker']],
    lost: ['logs'],
  },
  {
    fault: 'nobody makes the log group, and the collector may not',
    edits: [
      edit(TEMPLATE, 'LogGroupName: /eks/shop', 'LogGroupName: /eks/other'),
      edit(TEMPLATE, '[/eks/shop]', '[/eks/other]'),
    ],
    findings: [['logs/missing-log-group', FLUENT_BIT, 'log_group_name            /eks/shop']],
    lost: ['logs', 'dashboards'],
  },
  {
    fault: 'offsets and buffer are lost with the pod',
    edits: [
      edit(
        FLUENT_BIT,
        '          hostPath:\n            path: /var/fluent-bit/state\n            type: DirectoryOrCreate',
        '          emptyDir: {}',
      ),
    ],
    findings: [
      ['durability/ephemeral-state', FLUENT_BIT, 'storage.path              /var'],
      ['durability/ephemeral-state', FLUENT_BIT, 'tail.db'],
    ],
  },
  {
    fault: 'a write that fails once is not tried again',
    edits: [edit(FLUENT_BIT, '        retry_limit               no_limits\n', '')],
    findings: [['durability/bounded-retries', FLUENT_BIT, '[OUTPUT]']],
  },
  {
    fault: 'what waits is kept in five megabytes of memory',
    edits: [
      edit(
        FLUENT_BIT,
        'storage.type              filesystem\n        Mem_Buf_Limit             32MB',
        'Mem_Buf_Limit             5MB',
      ),
    ],
    findings: [['durability/memory-buffer', FLUENT_BIT, '[INPUT]']],
  },
  {
    fault: 'the image of Fluent Bit has reached its end',
    edits: [edit(FLUENT_BIT, 'aws-for-fluent-bit:3.5.8', 'aws-for-fluent-bit:2.32.4')],
    findings: [['versions/ended-image', FLUENT_BIT, 'aws-for-fluent-bit:2.32.4']],
  },
  {
    fault: 'a role names pods by a resource that there is not',
    edits: [edit(FLUENT_BIT, 'resources: [pods]', 'resources: [pods/logs]')],
    findings: [['logs/no-metadata', FLUENT_BIT, 'verbs: [get]']],
    lost: ['logs', 'dashboards'],
  },
  {
    fault: 'the role of Fluent Bit may write into every log group',
    edits: [edit(README, '"arn:aws:logs:eu-central-1:${ACCOUNT_ID}:log-group:/eks/shop:*"', '"*"')],
    findings: [['security/any-log-group', README, '"Resource": "*"']],
  },
  {
    fault: 'any workspace of Grafana, in any account, may take the role of Grafana',
    edits: [
      edit(
        README,
        '"Action": "sts:AssumeRole",\n      "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}',
        '"Action": "sts:AssumeRole"',
      ),
    ],
    findings: [['security/unguarded-grafana-trust', README, 'OnlyGrafana']],
  },
  {
    fault: 'the workspace is deleted with its manifest',
    edits: [
      edit(
        WORKSPACE,
        '  annotations:\n    services.k8s.aws/deletion-policy: retain\n    argocd.argoproj.io/sync-options: Prune=false\n',
        '',
      ),
    ],
    findings: [
      ['durability/deletable-workspace', WORKSPACE, 'name: shop-metrics'],
      ['durability/prunable-workspace', WORKSPACE, 'name: shop-metrics'],
    ],
  },
  {
    fault: 'the configuration can change without the pods',
    edits: [edit(ALLOY, '      annotations:\n        checksum/config: 0f1e2d3c\n', '')],
    findings: [['gitops/ignored-change', ALLOY, '        - name: alloy']],
  },
  {
    fault: 'nobody makes the namespace that the collectors go to',
    edits: [edit('namespaces.yaml', '  name: monitoring', '  name: observability')],
    findings: [['gitops/missing-namespace', ALLOY, '# see namespaces.yaml']],
  },
  {
    fault: 'the id is exported into a ConfigMap that is not there',
    edits: [edit('base/monitoring/kustomization.yaml', '  - workspace-id.yaml\n', '')],
    findings: [
      ['gitops/missing-config-map', WORKSPACE, 'name: amp-workspace'],
      ['gitops/missing-config-map', GRAFANA, 'name: amp-workspace, key'],
    ],
    lost: ['dashboards', 'metrics'],
  },
  {
    fault: 'Argo CD is told of a directory that is not there',
    edits: [edit(APPLICATION, 'path: overlays/dev', 'path: overlay/dev')],
    findings: [['gitops/missing-source-path', APPLICATION, 'path: overlay/dev']],
  },
  {
    fault: 'the policy of the role lets it ask, and not write',
    edits: [edit(README, 'AmazonPrometheusRemoteWriteAccess', 'AmazonPrometheusQueryAccess')],
    findings: [['identity/missing-action', README, 'create-role --role-name ShopMetrics']],
    lost: ['dashboards', 'metrics'],
  },
  {
    fault: 'what is written is kept for ever',
    edits: [edit(TEMPLATE, '      RetentionInDays: 30\n', '')],
    findings: [['cost/unlimited-retention', TEMPLATE, 'LogGroupName']],
  },
  {
    fault: 'the collector reads files of other names than the pods have',
    edits: [edit(FLUENT_BIT, '*_shop_*.log', '*shops*.log')],
    findings: [['logs/input-without-files', FLUENT_BIT, '*shops*.log']],
    lost: ['logs'],
  },
  {
    fault: 'a panel asks a data source by a UID that somebody saw in a console',
    edits: [edit(GRAFANA, '"uid": "shop-metrics"', '"uid": "ab12cd34ef56gh"')],
    findings: [['dashboards/missing-data-source', GRAFANA, 'ab12cd34ef56gh']],
    lost: ['dashboards'],
  },
  {
    fault: 'a panel names no data source, and none is the default one',
    edits: [
      edit(
        GRAFANA,
        '          "datasource": {"type": "grafana-amazonprometheus-datasource", "uid": "shop-metrics"},\n',
        '',
      ),
      edit(GRAFANA, '    isDefault: true\n', ''),
    ],
    // Grafana may choose one all the same: not proven, and nobody is blamed.
    findings: [],
    lost: ['dashboards'],
  },
  {
    fault: 'a panel looks into another log group',
    edits: [
      edit(
        GRAFANA,
        '[{"name": "/eks/shop", "arn": "arn:aws:logs:eu-central-1:111122223333:log-group:/eks/shop:*"}]',
        '[{"name": "/eks/shops"}]',
      ),
    ],
    findings: [['dashboards/missing-log-group', GRAFANA, '/eks/shops']],
    lost: ['dashboards'],
  },
  {
    fault: 'the role of Grafana may read metrics, and no lines',
    edits: [
      edit(
        README,
        'aws iam attach-role-policy --role-name ShopGrafana \\\n  --policy-arn arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess\n',
        '',
      ),
    ],
    findings: [['identity/missing-action', README, 'create-role --role-name ShopGrafana']],
    lost: ['dashboards'],
  },
];

describe('an environment of ACK, Alloy, Fluent Bit and Argo CD', () => {
  it('that works is proven to the end, without a word', () => {
    const { findings, summary } = verifyFiles(FILES, { lint: true });
    expect(findings).toEqual([]);
    expect(summary.paths).toEqual({ proven: 5, broken: 0, unknown: 0 });
  });

  it.each(TABLE)('$fault', ({ edits, findings: wanted, lost = [] }) => {
    const files = edited(FILES, edits);
    const { findings, paths } = verifyFiles(files, { lint: true });
    expect(findings.map(({ rule }) => rule).sort()).toEqual(wanted.map(([rule]) => rule).sort());
    const places = findings.flatMap(({ rule, location, related }) =>
      [location, ...related].map((place) => `${rule} ${place?.file}:${place?.line}`),
    );
    for (const [rule, file, end] of wanted)
      expect(places).toContain(`${rule} ${file}:${lineOf(files, file, end.split('\n')[0])}`);
    const open = paths.filter(({ status }) => status !== 'proven').map(({ signal }) => signal);
    expect([...new Set(open)].sort()).toEqual([...lost].sort());
  });

  it('whose port has no default leaves pods without the annotation to their declared port', () => {
    const files = edited(FILES, [
      edit(ALLOY, DEFAULT_PORT, ''),
      edit('shop/web.yaml', '        prometheus.io/port: "9113"\n', ''),
    ]);
    expect(verifyFiles(files, { lint: true }).findings).toEqual([]);
  });

  it('whose rule for the port has no guard asks pods without the annotation at no port, which is not proven', () => {
    const files = edited(FILES, [
      edit(ALLOY, DEFAULT_PORT, ''),
      edit(
        ALLOY,
        '["__address__", "__meta_kubernetes_pod_annotation_prometheus_io_port"]',
        '["__meta_kubernetes_pod_ip", "__meta_kubernetes_pod_annotation_prometheus_io_port"]',
      ),
      edit(
        ALLOY,
        'regex         = "([^:]+)(?::\\\\d+)?;(\\\\d+)"\n        replacement   = "$1:$2"',
        'separator     = ":"',
      ),
      edit('shop/web.yaml', '        prometheus.io/port: "9113"\n', ''),
    ]);
    const { paths } = verifyFiles(files);
    expect(paths.find(({ signal }) => signal === 'metrics')?.status).not.toBe('proven');
  });
});

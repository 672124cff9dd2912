import { METRICS } from '../src/rules/examples/metrics';
import { PROMETHEUS } from '../src/rules/examples/prometheus';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';
const edit = (find: string, replace: string, file = FILE): Edit => ({ file, find, replace });
const ID = 'ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

type End = readonly [file: string, text: string];

const BREAKS: readonly (readonly [name: string, edits: readonly Edit[], rule: string, ends: readonly End[]])[] = [
  [
    'sigv4 signs for another region than the URL leads to',
    [edit('region: eu-west-1', 'region: eu-west-2')],
    'backends/wrong-signing-region',
    [
      [FILE, 'region: eu-west-2'],
      [FILE, '- url: https://aps'],
    ],
  ],
  [
    'nothing signs',
    [edit('        sigv4:\n          region: eu-west-1\n', '')],
    'backends/unsigned-request',
    [[FILE, '- url: https://aps']],
  ],
  [
    'the key sigv4 has no value, which is as good as none',
    [edit('sigv4:\n          region: eu-west-1', 'sigv4:')],
    'backends/unsigned-request',
    [[FILE, '- url: https://aps']],
  ],
  [
    'the URL lacks its path',
    [edit('/api/v1/remote_write', '/')],
    'backends/wrong-remote-write-url',
    [[FILE, '- url: https://aps']],
  ],
  [
    'the URL names an alias',
    [edit(ID, 'shop-dev')],
    'backends/wrong-remote-write-url',
    [[FILE, 'workspaces/shop-dev']],
  ],
  [
    'the keep rule wants another value than pods have',
    [edit('regex: "true"', 'regex: yes')],
    'metrics/dropped-target',
    [
      [FILE, 'regex: yes'],
      ['shop.yaml', 'prometheus.io/scrape'],
    ],
  ],
  [
    'the job looks in another namespace',
    [edit('names: [shop]', 'names: [shops]')],
    'metrics/undiscovered-workload',
    [
      [FILE, 'names: [shops]'],
      ['shop.yaml', 'prometheus.io/scrape'],
    ],
  ],
  [
    'an empty path annotation empties the path',
    [edit('            regex: (.+)\n', '')],
    'metrics/lost-path',
    [
      [FILE, '__meta_kubernetes_pod_annotation_prometheus_io_path'],
      ['shop.yaml', 'prometheus.io/scrape'],
    ],
  ],
  [
    'the rules for samples drop all of them',
    [edit('regex: go_.*\n            action: drop', 'regex: .*\n            action: drop')],
    'metrics/lost-samples',
    [[FILE, 'regex: .*']],
  ],
  [
    'a rule that is sent along drops all samples',
    [
      edit(
        '        sigv4:\n',
        '        write_relabel_configs:\n          - {source_labels: [job], regex: pods, action: drop}\n        sigv4:\n',
      ),
    ],
    'metrics/lost-samples',
    [[FILE, 'regex: pods, action: drop']],
  ],
  [
    'two jobs have one name',
    [edit('    remote_write:\n', '      - job_name: pods\n        static_configs: []\n    remote_write:\n')],
    'metrics/refused-configuration',
    [],
  ],
  [
    'an expression does not compile',
    [edit('regex: (.+):(\\d+)', 'regex: (.+:(\\d+)')],
    'metrics/refused-configuration',
    [[FILE, 'regex: (.+:(\\d+)']],
  ],
  [
    'rule files in agent mode',
    [edit('    remote_write:\n', '    rule_files: [/etc/rules.yml]\n    remote_write:\n')],
    'metrics/refused-configuration',
    [[FILE, 'rule_files']],
  ],
  [
    'the role that the account has is assumed once more',
    [edit('region: eu-west-1', 'region: eu-west-1\n          role_arn: arn:aws:iam::111122223333:role/Meter')],
    'identity/self-assumed-role',
    [[FILE, '          role_arn: arn:aws:iam::111122223333:role/Meter']],
  ],
];

describe('a Prometheus that writes to AMP', () => {
  it('is examined to its end; only the workspace behind a copied id is not shown', () => {
    const { findings, paths } = verifyFiles(PROMETHEUS);
    expect(findings).toEqual([]);
    expect(paths).toHaveLength(1);
    const open = paths[0].hops.filter(({ status }) => status !== 'proven');
    expect(open.map(({ missing }) => missing?.map(({ what }) => what))).toEqual([
      [`workspace ${ID}: nothing in the input makes it`],
    ]);
  });

  it.each(BREAKS)('%s', (_, edits, rule, ends) => {
    const files = edited(PROMETHEUS, edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    for (const [file, text] of ends) expect(places).toContain(`${file}:${lineOf(files, file, text)}`);
  });

  it.each<[string, readonly Edit[]]>([
    [
      'a setting that this version has never heard of',
      [edit('      - job_name: pods\n', '      - job_name: pods\n        brand_new_limit: 3\n')],
    ],
    [
      'an emptied path where the pod names its own',
      [
        edit('            regex: (.+)\n', ''),
        edit(
          'prometheus.io/port: "9113"',
          'prometheus.io/port: "9113"\n        prometheus.io/path: /metrics',
          'shop.yaml',
        ),
      ],
    ],
    ['a region that comes from the environment', [edit('sigv4:\n          region: eu-west-1', 'sigv4: {}')]],
    [
      'rule files of a server',
      [
        edit('--agent, ', ''),
        edit('--storage.agent.path', '--storage.tsdb.path'),
        edit('    remote_write:\n', '    rule_files: [/etc/rules.yml]\n    remote_write:\n'),
      ],
    ],
    ['an id that is still to be filled in', [edit(ID, '${WORKSPACE_ID}')]],
  ])('%s is no fault', (_, edits) => {
    expect(verifyFiles(edited(PROMETHEUS, edits)).findings).toEqual([]);
  });

  it('that writes through the side-car of AWS guides is signed by it', () => {
    const proxy = (region: string): Files =>
      edited(PROMETHEUS, [
        edit('https://aps-workspaces.eu-west-1.amazonaws.com', 'http://localhost:8005'),
        edit('        sigv4:\n          region: eu-west-1\n', ''),
        edit(
          '      volumes:\n',
          `        - name: proxy\n          image: public.ecr.aws/aws-observability/aws-sigv4-proxy:1.0\n          args: [--name, aps, --region, ${region}, --host, aps-workspaces.eu-west-1.amazonaws.com, --port, ":8005"]\n      volumes:\n`,
        ),
      ]);
    const good = verifyFiles(proxy('eu-west-1'));
    expect(good.findings).toEqual([]);
    expect(good.paths[0].hops.find(({ kind }) => kind === 'signature')?.status).toBe('proven');
    expect(verifyFiles(proxy('us-east-1')).findings.map(({ rule }) => rule)).toEqual(['backends/wrong-signing-region']);
  });

  it('shows a broken file as a broken path, also where it hides every remote write', () => {
    const files = edited(METRICS, [
      edit(
        'forward_to = [prometheus.remote_write.store.receiver]',
        'forward_to = [prometheus.remote_write.store.receiver',
      ),
    ]);
    const { findings, paths } = verifyFiles(files);
    expect(findings.map(({ rule }) => rule)).toEqual(['gitops/unreadable-configuration']);
    expect(paths.map(({ status }) => status)).toEqual(['broken']);
  });
});

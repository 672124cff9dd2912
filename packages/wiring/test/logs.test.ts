import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';
import { SHIP } from './support/ship';

const FILE = 'shipper.yaml';
const edit = (find: string, replace: string, file = FILE): Edit => ({ file, find, replace });
const INPUT = '        - name: tail\n';
const FILTER = '        - name: kubernetes\n';
const OUTPUT = '        - name: cloudwatch_logs\n';
const STREAM = "$kubernetes['namespace_name'].$kubernetes['container_name']";
const PARSER = 'multiline.parser: docker, cri';

interface Fault {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly rule: string;
  /** Texts on the lines of both ends. */
  readonly ends: readonly string[];
}

/** Cut off from CloudWatch: fault → finding. */
const BREAKS: readonly Fault[] = [
  {
    name: 'the glob names a namespace that is not there',
    edits: [edit('*_shop_*.log', '*_shops_*.log')],
    rule: 'logs/input-without-files',
    ends: ['*_shops_*.log', 'namespace: shop'],
  },
  {
    name: 'the glob ends otherwise than files do',
    edits: [edit('*_shop_*.log', '*_shop_*.txt')],
    rule: 'logs/input-without-files',
    ends: ['*_shop_*.txt', 'namespace: shop'],
  },
  {
    name: 'the directory of the glob is misspelt',
    edits: [edit('/var/log/containers/*_shop', '/var/log/container/*_shop')],
    rule: 'logs/input-without-files',
    ends: ['/var/log/container/', 'namespace: shop'],
  },
  {
    name: 'all files are left out again',
    edits: [
      edit('          tag: kube.*\n', '          tag: kube.*\n          exclude_path: /var/log/containers/*_shop_*\n'),
    ],
    rule: 'logs/input-without-files',
    ends: ['path: /var/log/containers/*_shop_*.log', 'exclude_path:', 'namespace: shop'],
  },
  {
    name: 'another directory of the node is mounted',
    edits: [edit('hostPath: {path: /var/log}', 'hostPath: {path: /var/logs}')],
    rule: 'logs/unmounted-log-files',
    ends: ['hostPath: {path: /var/logs}', 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the directory is mounted at another place',
    edits: [edit('mountPath: /var/log,', 'mountPath: /host/log,')],
    rule: 'logs/unmounted-log-files',
    ends: ['path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the volume of the logs is an empty directory',
    edits: [edit('hostPath: {path: /var/log}', 'emptyDir: {}')],
    rule: 'logs/unmounted-log-files',
    ends: ['{name: logs, mountPath: /var/log', 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the mount of the logs is gone',
    edits: [edit('            - {name: logs, mountPath: /var/log, readOnly: true}\n', '')],
    rule: 'logs/unmounted-log-files',
    ends: ['path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the links are mounted and the files are not',
    edits: [
      edit('mountPath: /var/log,', 'mountPath: /var/log/containers,'),
      edit('hostPath: {path: /var/log}', 'hostPath: {path: /var/log/containers}'),
    ],
    rule: 'logs/dangling-log-links',
    ends: ['mountPath: /var/log/containers', 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the links are read at another place than the files are at',
    edits: [
      edit('mountPath: /var/log,', 'mountPath: /host/log,'),
      edit('path: /var/log/containers', 'path: /host/log/containers'),
    ],
    rule: 'logs/dangling-log-links',
    ends: ['mountPath: /host/log', 'path: /host/log/containers'],
  },
  {
    name: 'the files are mounted at another place than the links lead to',
    edits: [
      edit(
        '            - {name: logs, mountPath: /var/log, readOnly: true}\n',
        '            - {name: logs, mountPath: /var/log/containers}\n            - {name: pods, mountPath: /mnt/pods}\n',
      ),
      edit(
        'hostPath: {path: /var/log}',
        'hostPath: {path: /var/log/containers}\n        - name: pods\n          hostPath: {path: /var/log/pods}',
      ),
    ],
    rule: 'logs/dangling-log-links',
    ends: ['{name: pods, mountPath: /mnt/pods}', 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the collector is neither root nor in its group',
    edits: [edit('securityContext: {', 'securityContext: {runAsUser: 1000, runAsGroup: 3000, ')],
    rule: 'logs/unreadable-log-files',
    ends: ['runAsUser: 1000', 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the parser is for docker',
    edits: [edit(PARSER, 'multiline.parser: docker')],
    rule: 'logs/wrong-parser',
    ends: ['multiline.parser: docker'],
  },
  {
    name: 'the parser for one line is for docker, and defined there',
    edits: [
      edit(PARSER, 'parser: docker'),
      edit('    [PARSER]\n', '    [PARSER]\n        Name    docker\n        Format  json\n    [PARSER]\n'),
    ],
    rule: 'logs/wrong-parser',
    ends: ['parser: docker', '    [PARSER]'],
  },
  {
    name: 'the expression of the parser does not match',
    edits: [edit(PARSER, 'parser: by_line'), edit('(?<stream>stdout|stderr)', '(?<stream>out|err)')],
    rule: 'logs/wrong-parser',
    ends: ['parser: by_line', '    [PARSER]'],
  },
  {
    name: 'the parser is defined nowhere',
    edits: [edit(PARSER, 'parser: by_lines')],
    rule: 'logs/missing-parser',
    ends: ['parser: by_lines', '    [PARSER]'],
  },
  {
    name: 'the parser for several lines is defined nowhere',
    edits: [edit(PARSER, 'multiline.parser: containerd')],
    rule: 'logs/missing-parser',
    ends: ['multiline.parser: containerd'],
  },
  {
    name: 'the file of the parsers is not mounted',
    edits: [edit('parsers_file: custom.conf', 'parsers_file: parsers.conf')],
    rule: 'gitops/missing-config-file',
    ends: ['parsers_file: parsers.conf', '  pipeline.yaml: |'],
  },
  {
    name: 'the configuration is mounted elsewhere than the image looks',
    edits: [edit('          command: [/fluent-bit/bin/fluent-bit, -c, /etc/shipper/pipeline.yaml]\n', '')],
    rule: 'gitops/missing-config-file',
    ends: ['mountPath: /etc/shipper', '  pipeline.yaml: |'],
  },
  {
    name: 'the output matches another tag',
    edits: [edit(`${OUTPUT}          match: kube.*`, `${OUTPUT}          match: kubes.*`)],
    rule: 'logs/unrouted-records',
    ends: ['match: kubes.*', 'tag: kube.*'],
  },
  {
    name: 'the input has another tag',
    edits: [edit('tag: kube.*', 'tag: kubernetes.*')],
    rule: 'logs/unrouted-records',
    ends: ['tag: kubernetes.*'],
  },
  {
    name: 'the tag of the input is the default one',
    edits: [edit('          tag: kube.*\n', '')],
    rule: 'logs/unrouted-records',
    ends: [INPUT],
  },
  {
    name: 'another output takes nothing',
    edits: [
      edit(
        OUTPUT,
        `        - {name: cloudwatch_logs, match: host.*, region: eu-west-1, log_group_name: /eks/shop, log_stream_prefix: h-, retry_limit: no_limits}\n${OUTPUT}`,
      ),
    ],
    rule: 'logs/unfed-output',
    ends: ['match: host.*', 'tag: kube.*'],
  },
  {
    name: 'a filter keeps what no record has',
    edits: [edit('exclude: log healthz', "regex: $kubernetes['namespace_name'] ^shops$")],
    rule: 'logs/dropped-records',
    ends: ["regex: $kubernetes['namespace_name'] ^shops$", 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'a filter drops the namespace that is read',
    edits: [edit('exclude: log healthz', "exclude: $kubernetes['namespace_name'] shop")],
    rule: 'logs/dropped-records',
    ends: ["exclude: $kubernetes['namespace_name'] shop", 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'the template needs a key that the filter does not add',
    edits: [edit(STREAM, "$kubernetes['namespace']")],
    rule: 'logs/missing-record-key',
    ends: ["log_stream_template: $kubernetes['namespace']"],
  },
  {
    name: 'the template has a slash behind a variable',
    edits: [edit(STREAM, '$stream/app')],
    rule: 'logs/missing-record-key',
    ends: ['log_stream_template: $stream/app'],
  },
  {
    name: 'the template cannot be read',
    edits: [edit(STREAM, "$kubernetes['namespace_name']-logs")],
    rule: 'logs/unreadable-template',
    ends: ["log_stream_template: $kubernetes['namespace_name']-logs"],
  },
  {
    name: 'the filter that adds the key is for another tag',
    edits: [edit(`${FILTER}          match: kube.*`, `${FILTER}          match: app.*`)],
    rule: 'logs/missing-record-key',
    ends: ['log_stream_template:', 'match: app.*'],
  },
  {
    name: 'log_key names a key that records do not have',
    edits: [
      edit('          merge_log: true\n', ''),
      edit('          auto_create_group: false', '          log_key: message\n          auto_create_group: false'),
    ],
    rule: 'logs/missing-record-key',
    ends: ['log_key: message'],
  },
  {
    name: 'the output has no name for streams',
    edits: [edit('          log_stream_prefix: rest-\n', '')],
    rule: 'logs/incomplete-output',
    ends: [OUTPUT],
  },
  {
    name: 'the output has two names for streams',
    edits: [
      edit(
        '          log_stream_prefix: rest-\n',
        '          log_stream_prefix: rest-\n          log_stream_name: rest\n',
      ),
    ],
    rule: 'logs/incomplete-output',
    ends: ['log_stream_prefix: rest-', 'log_stream_name: rest'],
  },
  {
    name: 'the group of the template is one that nothing makes',
    edits: [
      edit(
        '          log_group_name: /eks/shop\n',
        "          log_group_name: /eks/shop\n          log_group_template: /eks/$kubernetes['namespace_name'].logs\n",
      ),
    ],
    rule: 'logs/missing-log-group',
    ends: ["log_group_template: /eks/$kubernetes['namespace_name'].logs"],
  },
  {
    name: 'offsets are kept where nothing can be written',
    edits: [edit('            - {name: state, mountPath: /var/lib/shipper}\n', '')],
    rule: 'logs/unwritable-state',
    ends: ['db: /var/lib/shipper/tail.db', 'readOnlyRootFilesystem: true'],
  },
  {
    name: 'offsets are kept in a directory that is mounted read-only',
    edits: [edit('db: /var/lib/shipper/tail.db', 'db: /var/log/tail.db')],
    rule: 'logs/unwritable-state',
    ends: ['db: /var/log/tail.db', 'mountPath: /var/log, readOnly: true'],
  },
  {
    name: 'the buffer has no place',
    edits: [edit('      storage.path: /var/lib/shipper/buffer\n', '')],
    rule: 'logs/buffer-without-path',
    ends: ['storage.type: filesystem', '    service:'],
  },
  {
    name: 'nothing is read at all',
    edits: [
      edit('        - name: tail\n', '        []\n'),
      edit(
        '          path: /var/log/containers/*_shop_*.log\n          tag: kube.*\n          multiline.parser: docker, cri\n          db: /var/lib/shipper/tail.db\n          read_from_head: true\n          storage.type: filesystem\n',
        '',
      ),
    ],
    rule: 'logs/unfed-output',
    ends: [OUTPUT],
  },
  {
    name: 'the plugin of the output is misspelt',
    edits: [edit('name: cloudwatch_logs', 'name: cloudwatch_log')],
    rule: 'gitops/unreadable-configuration',
    ends: ['name: cloudwatch_log'],
  },
  {
    name: 'the output assumes a role that its own may not assume',
    edits: [
      edit(
        '          auto_create_group: false',
        '          role_arn: arn:aws:iam::444455556666:role/Other\n          auto_create_group: false',
      ),
    ],
    rule: 'identity/missing-action',
    ends: ['role_arn: arn:aws:iam::444455556666:role/Other'],
  },
  {
    name: 'the output calls another region than it signs for',
    edits: [
      edit(
        '          auto_create_group: false',
        '          endpoint: logs.us-east-1.amazonaws.com\n          auto_create_group: false',
      ),
    ],
    rule: 'logs/endpoint-in-other-region',
    ends: ['endpoint: logs.us-east-1.amazonaws.com', 'region: ${AWS_REGION}'],
  },
  {
    name: 'the volume of the state is gone',
    edits: [edit('        - name: state\n          hostPath: {path: /var/lib/shipper}\n', '')],
    rule: 'gitops/missing-volume',
    ends: ['{name: state, mountPath: /var/lib/shipper}', '        - name: logs'],
  },
  {
    name: 'the directory of the state is for another user',
    edits: [
      edit('hostPath: {path: /var/lib/shipper}', 'hostPath: {path: /var/lib/shipper, type: DirectoryOrCreate}'),
      edit('securityContext: {', 'securityContext: {runAsUser: 1000, runAsGroup: 0, '),
    ],
    rule: 'logs/unwritable-state',
    ends: ['runAsUser: 1000', 'db: /var/lib/shipper/tail.db'],
  },
  {
    name: 'the configuration is not mounted',
    edits: [edit('            - {name: config, mountPath: /etc/shipper}\n', '')],
    rule: 'gitops/missing-config-file',
    ends: ['command: [/fluent-bit/bin/fluent-bit', '        - name: config'],
  },
];

/** Lines arrive, and not as they were meant to: fault → warning. */
const WARNINGS: readonly Fault[] = [
  {
    name: 'no parser at all',
    edits: [edit(`          ${PARSER}\n`, ''), edit('          merge_log: true\n', '')],
    rule: 'logs/unparsed-lines',
    ends: [INPUT, 'path: /var/log/containers/*_shop_*.log'],
  },
  {
    name: 'a parser that does not join the parts of a line',
    edits: [edit(PARSER, 'parser: by_line')],
    rule: 'logs/split-lines',
    ends: ['parser: by_line'],
  },
  {
    name: 'a prefix that cuts the tag at the wrong place, where no template needs it',
    edits: [
      edit('kube_tag_prefix: kube.var.log.containers.', 'kube_tag_prefix: kube.'),
      edit(`          log_stream_template: ${STREAM}\n`, ''),
    ],
    rule: 'logs/no-metadata',
    ends: ['kube_tag_prefix: kube.'],
  },
  {
    name: 'the account may not get pods, where no template needs it',
    edits: [
      edit('resources: [pods], verbs: [get]', 'resources: [pods], verbs: [list]'),
      edit(`          log_stream_template: ${STREAM}\n`, ''),
    ],
    rule: 'logs/no-metadata',
    ends: ['verbs: [list]', FILTER],
  },
  {
    name: 'the pod has no token to ask with, where no template needs it',
    edits: [
      edit(
        '      serviceAccountName: shipper\n',
        '      serviceAccountName: shipper\n      automountServiceAccountToken: false\n',
      ),
      edit(`          log_stream_template: ${STREAM}\n`, ''),
    ],
    rule: 'logs/no-metadata',
    ends: ['automountServiceAccountToken: false', FILTER],
  },
  {
    name: 'the kubelet is asked at the address of the pod itself',
    edits: [
      edit('          merge_log: true\n', '          merge_log: true\n          use_kubelet: true\n'),
      edit(`          log_stream_template: ${STREAM}\n`, ''),
    ],
    rule: 'logs/no-metadata',
    ends: ['use_kubelet: true', 'metadata: {name: shipper, namespace: observe}'],
  },
  {
    name: 'retries are bounded',
    edits: [edit('          retry_limit: no_limits\n', '')],
    rule: 'durability/bounded-retries',
    ends: [OUTPUT],
  },
  {
    name: 'the buffer is in memory',
    edits: [edit('          storage.type: filesystem\n', '          mem_buf_limit: 5MB\n')],
    rule: 'durability/memory-buffer',
    ends: [INPUT, 'mem_buf_limit: 5MB'],
  },
  {
    name: 'offsets are not kept',
    edits: [edit('          db: /var/lib/shipper/tail.db\n', '')],
    rule: 'durability/missing-offsets',
    ends: [INPUT],
  },
  {
    name: 'files are read from their end on',
    edits: [edit('          read_from_head: true\n', '')],
    rule: 'durability/skipped-beginning',
    ends: [INPUT],
  },
  {
    name: 'the collector runs on some nodes only',
    edits: [edit('kind: DaemonSet', 'kind: Deployment')],
    rule: 'logs/collector-on-few-nodes',
    ends: ['metadata: {name: shipper, namespace: observe}', 'path: /var/log/containers/*_shop_*.log'],
  },
];

const places = (files: Files, ends: readonly string[]) =>
  ends.map((end) => {
    const text = end.trim().split('\n')[0];
    const file = Object.keys(files).find((name) => name.endsWith('.yaml') && files[name].includes(text)) ?? FILE;
    return `${file}:${lineOf(files, file, text)}`;
  });

describe('the untouched shop', () => {
  const verdict = verifyFiles(SHIP);

  it('has no finding, and a proven path for each workload that is read', () => {
    expect(verdict.findings).toEqual([]);
    expect(verdict.paths.map(({ source, status }) => [source.kind, source.name, status])).toEqual([
      ['CronJob', 'report', 'proven'],
      ['Deployment', 'web', 'proven'],
    ]);
  });

  it('says by what names lines travel', () => {
    const texts = verdict.paths[1].hops.flatMap(({ evidence }) => evidence.map(({ text }) => text));
    expect(texts).toEqual(
      expect.arrayContaining([
        'containerd keeps what container nginx writes in /var/log/pods/shop_web-<hash>-<suffix>_<uid>/nginx/<restarts>.log',
        'log_stream_template comes to shop.nginx',
        'grep picks records by log healthz',
      ]),
    );
  });
});

describe('one break', () => {
  it.each(BREAKS)('$name', ({ edits, rule, ends }) => {
    const files = edited(SHIP, edits);
    const { findings, paths } = verifyFiles(files);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map((finding) => finding.rule)).toEqual([rule]);
    expect(paths.some(({ status }) => status === 'broken')).toBe(true);
    const [{ location, related }] = errors;
    const told = [location, ...related].map((place) => `${place?.file}:${place?.line}`);
    expect(told).toEqual(expect.arrayContaining(places(files, ends)));
  });
});

describe('one weakness', () => {
  it.each(WARNINGS)('$name', ({ edits, rule, ends }) => {
    const files = edited(SHIP, edits);
    const { findings, paths } = verifyFiles(files, { lint: true });
    const own = findings.filter((finding) => finding.rule === rule);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(own).toHaveLength(1);
    expect(paths.some(({ status }) => status === 'broken')).toBe(false);
    const [{ location, related }] = own;
    const told = [location, ...related].map((place) => `${place?.file}:${place?.line}`);
    expect(told).toEqual(expect.arrayContaining(places(files, ends)));
  });

  it('offsets and buffer are gone with the pod', () => {
    const files = edited(SHIP, [edit('hostPath: {path: /var/lib/shipper}', 'emptyDir: {}')]);
    const { findings } = verifyFiles(files, { lint: true });
    const own = findings.filter(({ rule }) => rule === 'durability/ephemeral-state');
    expect(own.map(({ message }) => message)).toEqual([
      'storage.path is /var/lib/shipper/buffer, on the emptyDir state, which is gone with the pod',
      'DB of tail is /var/lib/shipper/tail.db, on the emptyDir state, which is gone with the pod',
    ]);
  });
});

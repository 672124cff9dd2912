import type { PathVerdict, Verdict } from '../../../src';
import { type Edit, edited, type Files, lineOf, verifyFiles } from '../../support/estate';
import { SHIP } from '../../support/ship';

const MERGE: Edit = { file: 'shipper.yaml', find: '          merge_log: true\n', replace: '' };
const FILTER = '        - name: grep\n';
const filter = (lines: string): Edit => ({ file: 'shipper.yaml', find: FILTER, replace: `${lines}${FILTER}` });
const option = (line: string): Edit => ({
  file: 'shipper.yaml',
  find: '          kube_tag_prefix',
  replace: `          ${line}\n          kube_tag_prefix`,
});

/** The shop, with a question that is kept in the account. */
function files(query: string, edits: readonly Edit[] = []): Files {
  const indented = query
    .split('\n')
    .map((line) => `        ${line}\n`)
    .join('');
  const question = `  Question:
    Type: AWS::Logs::QueryDefinition
    Properties:
      Name: lines
      LogGroupNames: [/eks/shop]
      QueryString: |-
${indented}`;
  const all = { ...SHIP, 'logs.template.yaml': `${SHIP['logs.template.yaml']}${question}` };
  return edited(all, edits);
}

function asked(query: string, edits: readonly Edit[] = []): { path: PathVerdict; verdict: Verdict } {
  const verdict = verifyFiles(files(query, edits));
  const path = verdict.paths.find(({ signal }) => signal === 'dashboards');
  if (!path) throw new Error('there is no path to the question');
  return { path, verdict };
}

const missingOf = ({ hops }: PathVerdict) =>
  hops.flatMap(({ missing = [] }) => missing.map(({ what }) => what)).join('\n');

/** Questions to a group whose events hold what the collector sends, and no keys of the application's. */
const PROVEN: readonly string[] = [
  'fields @timestamp, @message, @logStream, @log, @ptr | sort @timestamp desc | limit 20',
  'filter kubernetes.namespace_name = "shop" | stats count(*) as lines by bin(5m), kubernetes.pod_name',
  'filter kubernetes.labels.app = "web" and log like /error/ | fields stream, time',
  'filter kubernetes.namespace_name in ["shop", "store"] | display kubernetes.host, kubernetes.docker_id',
  'filter ispresent(level) or stream = "stderr" | fields coalesce(level, "none") as severity',
  'parse log "status=* path=*" as status, path | filter status >= 500 | stats count(*) as n by path | sort n desc',
  'parse @message /"code":(?<code>\\d+)/ | filter code = 500',
  'fields jsonParse(log) as line | filter line.level = "error" | stats count(*) by line.level',
  'filter message = "x" or log = "x" | fields @message',
  'filter kubernetes.namespace_name = "kube-system" | fields @message',
  'filter not (level = "debug") | fields @message',
];

/** Questions of which nothing can be said without the application's own lines. */
const OPEN: readonly (readonly [query: string, edits: readonly Edit[], missing: string])[] = [
  ['filter level = "error"', [], 'whether events of log group /eks/shop have level'],
  ['fields @message, level', [MERGE], 'its column is empty'],
  ['filter kubernetes.labels.tier = "web"', [MERGE], 'have kubernetes.labels.tier'],
  ['fields @message | transmogrify x', [MERGE], 'the command transmogrify'],
  ['filter @requestId = "x"', [MERGE], 'have @requestId'],
  [
    'filter level = "error"',
    [MERGE, filter('        - {name: lua, match: kube.*, script: x.lua, call: f}\n')],
    'whether events of log group /eks/shop have level',
  ],
];

interface Fault {
  readonly query: string;
  readonly edits?: readonly Edit[];
  readonly rule: string;
  /** Texts on the lines that the finding points at. */
  readonly ends: readonly string[];
  readonly help?: string;
}

const FIELD = 'dashboards/missing-log-field';
const WRITER = 'log_group_name: /eks/shop';

const BROKEN: readonly Fault[] = [
  { query: 'filter kubernetes.namespace = "shop"', rule: FIELD, ends: ['kubernetes.namespace =', WRITER] },
  { query: 'fields kubernetes.pod_nmae', rule: FIELD, ends: ['pod_nmae', WRITER], help: 'kubernetes.pod_name' },
  { query: 'fields @message, pod_name', rule: FIELD, ends: ['pod_name', WRITER], help: 'kubernetes.pod_name' },
  { query: 'fields @mesage', rule: FIELD, ends: ['@mesage'], help: '@message' },
  { query: 'filter level = "error"', rule: FIELD, ends: ['filter level', WRITER] },
  { query: 'filter log.level = "error" and stream = "stdout"', rule: FIELD, ends: ['log.level', WRITER] },
  { query: 'stats count(*) by level', rule: FIELD, ends: ['by level', WRITER] },
  { query: 'fields @message\n| sort level desc', rule: FIELD, ends: ['sort level', WRITER] },
  { query: 'filter a = 1 or b = 2', rule: FIELD, ends: ['filter a', WRITER] },
  { query: 'filter kubernetes.namespace != "shop"', rule: FIELD, ends: ['kubernetes.namespace', WRITER] },
  {
    query: 'filter kubernetes.labels.app = "web"',
    edits: [option('labels: off')],
    rule: FIELD,
    ends: ['kubernetes.labels.app', 'labels: off'],
  },
  {
    query: 'stats count(*) by kubernetes.annotations.team',
    edits: [option('annotations: false')],
    rule: FIELD,
    ends: ['annotations.team', 'annotations: false'],
  },
  {
    query: 'filter stream = "stderr"',
    edits: [filter('        - {name: record_modifier, match: kube.*, remove_key: stream}\n')],
    rule: FIELD,
    ends: ['filter stream', 'remove_key: stream'],
  },
  {
    query: 'filter kubernetes.namespace_name = "shop"',
    edits: [
      {
        file: 'shipper.yaml',
        find: '          log_stream_prefix',
        replace: '          log_key: log\n          log_stream_prefix',
      },
    ],
    rule: FIELD,
    ends: ['kubernetes.namespace_name =', 'log_key: log'],
  },
  {
    query: 'filter kubernetes.namespace_name = "shop"',
    edits: [
      {
        file: 'logs.template.yaml',
        find: '      RetentionInDays: 30\n',
        replace: '      LogGroupClass: INFREQUENT_ACCESS\n',
      },
    ],
    rule: FIELD,
    ends: ['kubernetes.namespace_name =', 'LogGroupName: /eks/shop'],
    help: 'parse',
  },
  {
    query: 'filter kubernetes.namespace_name = "shpo"',
    rule: 'dashboards/missing-log-value',
    ends: ['"shpo"', 'namespace: shop'],
    help: 'shop',
  },
];

describe('the fields that a question needs', () => {
  it.each(PROVEN)('arrive: %s', (query) => {
    const { path, verdict } = asked(query, [MERGE]);
    expect(verdict.findings).toEqual([]);
    expect({ missing: missingOf(path), status: path.status }).toEqual({ missing: '', status: 'proven' });
  });

  it.each(OPEN)('stay open: %s', (query, edits, missing) => {
    const { path, verdict } = asked(query, edits);
    expect(verdict.findings).toEqual([]);
    expect(path.status).toBe('unknown');
    expect(missingOf(path)).toContain(missing);
  });

  it.each(BROKEN)('do not arrive: $query', ({ query, edits = [], rule, ends, help }) => {
    const all = [MERGE, ...edits];
    const { path, verdict } = asked(query, all);
    const { findings } = verdict;
    const own = findings.filter(({ rule: id }) => id.startsWith('dashboards/'));
    expect(own.map((finding) => finding.rule)).toEqual([rule]);
    expect(path.status).toBe('broken');
    const places = [own[0].location, ...own[0].related].map((place) => `${place?.file}:${place?.line}`);
    for (const end of ends) {
      const file = Object.keys(SHIP).find((name) => files(query, all)[name].includes(end)) ?? '';
      expect(places).toContain(`${file}:${lineOf(files(query, all), file, end)}`);
    }
    if (help !== undefined) expect(own[0].help).toContain(help);
  });

  it('of conditions as long as CloudWatch takes them are judged without a crash', () => {
    const { path } = asked(`filter ${'stream = "x" or '.repeat(450)}stream = "y"`, [MERGE]);
    expect(path.status).toBe('proven');
    expect(asked(`filter ${'a+'.repeat(4900)}a > 1`, [MERGE]).path.status).toBe('unknown');
  });

  it('may arrive all the same where nobody says that the input is all there is', () => {
    const { 'sightline.json': _, ...open } = files('filter level = "error"', [MERGE]);
    const { findings, paths } = verifyFiles(open);
    expect(findings.filter(({ rule }) => rule.startsWith('dashboards/'))).toEqual([]);
    const path = paths.find(({ signal }) => signal === 'dashboards');
    expect(path && missingOf(path)).toContain('who else writes to the group');
  });

  it('of keys of the line do not arrive where the parser leaves the line whole, and the parser is named', () => {
    const parser: Edit = {
      file: 'shipper.yaml',
      find: 'multiline.parser: docker, cri',
      replace: 'multiline.parser: docker',
    };
    const { verdict } = asked('filter level = "error"', [parser]);
    const [finding] = verdict.findings.filter(({ rule }) => rule === FIELD);
    expect(finding.related.map(({ message }) => message).join('\n')).toContain('multiline.parser docker does not read');
  });

  it('of metadata do not arrive where the collector may not ask for pods, and the account is named', () => {
    const rbac: Edit = { file: 'shipper.yaml', find: 'resources: [pods]', replace: 'resources: [nodes]' };
    const { verdict } = asked('filter kubernetes.namespace_name = "shop"', [MERGE, rbac]);
    const [finding] = verdict.findings.filter(({ rule }) => rule === FIELD);
    expect(finding.related.map(({ message }) => message).join('\n')).toMatch(/may not get|not allowed|ServiceAccount/);
  });
});

import { renderHtml, renderJson, renderSarif, renderText } from '../src';
import { LOGS } from '../src/rules/examples/logs';
import { METRICS } from '../src/rules/examples/metrics';
import { type Edit, edited, type Files, verifyFiles } from './support/estate';

const COLLECTOR = 'collector.yaml';
const TEMPLATE = 'role.template.yaml';

function rulesOf(files: Files): readonly string[] {
  return verifyFiles(files, { lint: true }).findings.map(({ rule }) => rule);
}

const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });

/** One more line in the specification of the shop's pods. */
const pod = (line: string): Edit => edit('shop.yaml', 'containers:', `${line}\n      containers:`);

describe('lint rules say nothing against', () => {
  const clustered = [
    edit(COLLECTOR, 'replicas: 1', 'replicas: 3'),
    edit(
      COLLECTOR,
      'args: [run, /etc/alloy/config.alloy]',
      'args: [run, /etc/alloy/config.alloy, --cluster.enabled=true]',
    ),
    edit(
      COLLECTOR,
      '    prometheus.scrape "pods" {\n',
      '    prometheus.scrape "pods" {\n      clustering {\n        enabled = true\n      }\n',
    ),
  ];
  it.each<[string, Files, readonly Edit[]]>([
    ['copies that share their targets', METRICS, clustered],
    ['an image by its digest', METRICS, [edit(COLLECTOR, 'alloy:v1.18.1', `alloy@sha256:${'0'.repeat(64)}`)]],
    [
      'an image behind a port of a registry',
      METRICS,
      [edit(COLLECTOR, 'docker.io/grafana/alloy:v1.18.1', 'localhost:5000/alloy:v1.18.1')],
    ],
    ['pods of the account that every namespace has', METRICS, [pod('serviceAccountName: default')]],
    [
      'a ConfigMap that may be missing',
      METRICS,
      [pod('volumes: [{name: v, configMap: {name: later, optional: true}}]')],
    ],
    [
      'the ConfigMap of the cluster itself',
      METRICS,
      [pod('volumes: [{name: v, configMap: {name: kube-root-ca.crt}}]')],
    ],
    ['a request of memory without a limit', METRICS, [edit(COLLECTOR, '            limits: {memory: 512Mi}\n', '')]],
    [
      'a reloader beside the collector',
      METRICS,
      [
        edit(COLLECTOR, '      annotations:\n        checksum/config: 0f1e2d3c\n', ''),
        edit(COLLECTOR, '      volumes:\n', '        - {name: config-reloader, image: reload:1.0.0}\n      volumes:\n'),
      ],
    ],
    [
      'a list of a few actions with a wildcard at the end',
      METRICS,
      [edit(TEMPLATE, 'aps:RemoteWrite', '[aps:RemoteWrite, "aps:Describe*"]')],
    ],
    [
      'a password that a variable gives',
      METRICS,
      [
        edit(COLLECTOR, '        sigv4 {', '        headers = { password = sys.env("PASSWORD") }\n        sigv4 {'),
        edit(
          COLLECTOR,
          '            - name: WORKSPACE',
          '            - name: PASSWORD\n              valueFrom: {secretKeyRef: {name: gate, key: password}}\n            - name: WORKSPACE',
        ),
      ],
    ],
    [
      'a token that a file gives',
      METRICS,
      [
        edit(
          COLLECTOR,
          'forward_to = [prometheus.remote_write.store.receiver]\n',
          'forward_to = [prometheus.remote_write.store.receiver]\n      bearer_token_file = "/var/run/secrets/token"\n',
        ),
      ],
    ],
    [
      'a log group of a parameter',
      LOGS,
      [edit('logs.template.yaml', 'RetentionInDays: 30', 'RetentionInDays: !Ref Days')],
    ],
  ])('%s', (_, files, edits) => {
    expect(rulesOf(edited(files, edits))).toEqual([]);
  });
});

describe('lint rules', () => {
  it('tell what stands in a file of several worlds once, in none of them', () => {
    const world = {
      manifests: ['collector.yaml'],
      templates: ['logs.template.yaml'],
      account: '111122223333',
      region: 'eu-west-1',
    };
    const files = {
      ...edited(LOGS, [edit('logs.template.yaml', '      RetentionInDays: 30\n', '')]),
      'sightline.json': JSON.stringify({ worlds: { a: world, b: world } }),
    };
    const { findings } = verifyFiles(files, { lint: true });
    expect(findings.map(({ rule, world: where }) => [rule, where])).toEqual([['cost/unlimited-retention', '']]);
  });

  it('never change the status of a path, and can be accepted', () => {
    const files = edited(METRICS, [
      edit(
        COLLECTOR,
        '          image: docker.io/grafana/alloy:v1.18.1',
        '          # sightline-ignore versions/floating-image: a test cluster\n          image: docker.io/grafana/alloy:latest',
      ),
    ]);
    const { findings, paths } = verifyFiles(files, { lint: true });
    expect(findings.map(({ rule, suppressed }) => [rule, suppressed?.reason])).toEqual([
      ['versions/floating-image', 'a test cluster'],
    ]);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it('are asked by nobody who wants paths only', () => {
    const files = edited(METRICS, [edit(COLLECTOR, 'alloy:v1.18.1', 'alloy:latest')]);
    expect(verifyFiles(files, { lint: false }).findings).toEqual([]);
  });
});

describe('a secret in a configuration', () => {
  const planted = 'Pl4nted-s3cret-Value';
  const key = 'AKIAIOSFODNN7PLANTED';
  it.each<[string, string, string]>([
    ['a password', 'sigv4 {', `basic_auth {\n          password = "${planted}"\n        }\n        sigv4 {`],
    ['a token on a line of its own', 'sigv4 {', `bearer_token = "${planted}"\n        sigv4 {`],
    ['a secret key', 'region = "eu-west-1"', `region = "eu-west-1"\n          secret_key = "${planted}"`],
    [
      'a variable of the container',
      '- name: WORKSPACE\n',
      `- {name: API_TOKEN, value: ${planted}}\n            - name: WORKSPACE\n`,
    ],
    ['an access key', 'region = "eu-west-1"', `region = "eu-west-1"\n          access_key = "${key}"`],
    ['an access key in a comment', 'sigv4 {', `// was ${key}\n        sigv4 {`],
    ['a password in an address', 'https://aps-workspaces', `https://meter:${planted}@aps-workspaces`],
  ])('(%s) is in no report', (_, find, replace) => {
    const verdict = verifyFiles(edited(METRICS, [edit(COLLECTOR, find, replace)]), { lint: true });
    expect(verdict.findings).not.toEqual([]);
    const all = [renderText, renderJson, renderSarif, renderHtml].map((render) => render(verdict)).join('\n');
    expect(all).not.toContain(planted);
    expect(all).not.toContain(key);
  });
});

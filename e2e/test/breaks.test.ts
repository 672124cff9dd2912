import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

const app = join(repository, 'apps', 'tictactoe-infra');
const cli = join(repository, 'packages', 'cli', 'lib', 'main.js');

const template = 'cdk.out/Observability-dev.template.json';
const alloy = 'gitops/base/monitoring/grafana-alloy.yaml';
const fluentBit = 'gitops/base/monitoring/fluent-bit.yaml';
const patches = 'gitops/overlays/dev/patches/monitoring';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly location?: { readonly file: string; readonly line: number };
  readonly related: readonly { readonly file: string; readonly line: number }[];
}

interface Verdict {
  readonly status: number | null;
  readonly stdout: string;
  readonly findings: readonly Finding[];
}

let copy: string;
beforeEach(() => {
  copy = temporaryFolder();
  for (const part of ['gitops', 'cdk.out', 'sightline.json']) {
    cpSync(join(app, part), join(copy, part), { recursive: true });
  }
});

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(copy, file), 'utf8');
  const after = change(before);
  // A break that changes nothing would prove nothing.
  if (after === before) throw new Error(`the edit of ${file} changes nothing`);
  writeFileSync(join(copy, file), after);
}

const replace = (file: string, from: string | RegExp, to: string) => () => edit(file, (text) => text.replace(from, to));

function verify(format: 'json' | 'text'): Verdict {
  const { status, stdout } = spawnSync(process.execPath, [cli, 'verify', '.', '--overlay', 'dev', '--format', format], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, stdout, findings: format === 'json' ? JSON.parse(stdout).findings : [] };
}

/** Resource of the template, changed as an object. */
function editRole(
  roleName: string,
  change: (trust: { Condition: { StringEquals: Record<string, string> } }) => void,
): void {
  edit(template, (text) => {
    const body = JSON.parse(text);
    for (const { Properties } of Object.values<{
      Properties: { RoleName?: string; AssumeRolePolicyDocument?: { Statement: never[] } };
    }>(body.Resources)) {
      if (Properties.RoleName === roleName && Properties.AssumeRolePolicyDocument) {
        Properties.AssumeRolePolicyDocument.Statement.forEach(change);
      }
    }
    return JSON.stringify(body, null, 1);
  });
}

const subject = 'system:serviceaccount:monitoring:grafana-alloy';
const own = '8D2F1A7C4B9E63F05A1C7E2D9B4F6A03';
const other = '3E7B90D1F24C5A68B7D09E1F3C5A7284';

// What was broken; the files that hold the two ends; how many chains it cuts.
const breaks: [string, () => void, string[], number][] = [
  [
    "the pod's service account",
    replace(alloy, /serviceAccountName: .*/, 'serviceAccountName: other'),
    [alloy, alloy],
    1,
  ],
  [
    'the namespace of one component, moved by kustomize',
    () => edit('gitops/base/monitoring/kustomization.yaml', (text) => `${text}namespace: other\n`),
    [template, 'gitops/base/monitoring/kustomization.yaml'],
    2,
  ],
  ['the subject of the trust', replace(template, subject, `${subject}-2`), [template, alloy], 1],
  [
    'no audience in the trust',
    () =>
      editRole('FluentBitRole', ({ Condition: { StringEquals } }) => {
        for (const key of Object.keys(StringEquals)) if (key.endsWith(':aud')) delete StringEquals[key];
      }),
    [template, fluentBit],
    1,
  ],
  [
    'the issuer of another cluster',
    () =>
      edit(template, (text) => {
        const start = text.indexOf('"AssumeRolePolicyDocument"');
        const end = text.indexOf('"RoleName"', start);
        return text.slice(0, start) + text.slice(start, end).replaceAll(own, other) + text.slice(end);
      }),
    [template, 'sightline.json'],
    1,
  ],
  [
    'an identity provider of another account',
    replace(template, ':iam::111122223333:oidc-provider', ':iam::444455556666:oidc-provider'),
    [template, 'sightline.json'],
    1,
  ],
  [
    'the role in the annotation',
    replace(`${patches}/grafana-alloy-serviceaccount.yaml`, 'GrafanaAgentAMPRole', 'GrafanaAgentRole'),
    [`${patches}/grafana-alloy-serviceaccount.yaml`, template],
    1,
  ],
  [
    'the account in the annotation',
    replace(`${patches}/fluent-bit-serviceaccount.yaml`, '111122223333', '444455556666'),
    [`${patches}/fluent-bit-serviceaccount.yaml`, template],
    1,
  ],
  [
    'a wildcard under StringEquals',
    replace(template, subject, 'system:serviceaccount:monitoring:*'),
    [template, alloy],
    1,
  ],
  [
    'SigV4 for another region than the URL',
    replace(alloy, 'region = sys.env("AWS_REGION")', 'region = "us-east-1"'),
    [alloy, alloy],
    1,
  ],
  ['the action to write metrics', replace(template, 'aps:RemoteWrite', 'aps:QueryMetrics'), [template, alloy], 1],
  ['the action to write logs', replace(template, 'logs:PutLogEvents', 'logs:GetLogEvents'), [template, fluentBit], 1],
  [
    'the tag of another workspace in the condition',
    replace(template, '"aws:ResourceTag/sightline-overlay": "dev"', '"aws:ResourceTag/sightline-overlay": "prod"'),
    [template, 'gitops/overlays/dev/patches/prometheus/eks-metrics-workspace.yaml'],
    1,
  ],
  [
    'a workspace of another region in the policy',
    replace(template, ':aps:ap-northeast-2:', ':aps:us-east-1:'),
    [template, 'gitops/base/prometheus/workspace.yaml'],
    1,
  ],
  [
    'another log group in the collector',
    replace(`${patches}/fluent-bit-daemonset.yaml`, '/eks/tictactoe', '/eks/other'),
    [`${patches}/fluent-bit-daemonset.yaml`, template],
    1,
  ],
  [
    'the service account object, deleted',
    () => {
      edit(fluentBit, (text) => text.slice(text.indexOf('---\n') + 4));
      edit('gitops/overlays/dev/kustomization.yaml', (text) =>
        text.replace('  - path: patches/monitoring/fluent-bit-serviceaccount.yaml\n', ''),
      );
    },
    [fluentBit],
    1,
  ],
];

test('the rendered tree has no finding', () => {
  expect(verify('json')).toMatchObject({ status: 0, findings: [] });
});

test.each(breaks)('one finding per broken chain, with both ends: %s', (_, change, ends, chains) => {
  change();
  const { status, findings } = verify('json');
  expect(status).toBe(1);
  expect(findings.map(({ severity }) => severity)).toEqual(Array(chains).fill('error'));
  for (const { location, related } of findings) {
    const places = [location, ...related].map((place) => place?.file);
    expect(places).toEqual(expect.arrayContaining(ends));
    expect([location, ...related].every((place) => place !== undefined && place.line > 0)).toBe(true);
  }
});

test('the README shows what `verify` prints, letter by letter', () => {
  replace(template, subject, 'system:serviceaccount:monitoring:grafana-agent')();
  const shown = /```\n(error\[[\s\S]*?)```/.exec(readFileSync(join(repository, 'README.md'), 'utf8'))?.[1];
  expect(verify('text').stdout.split('\n\n')[0]).toBe(shown?.trimEnd());
});

import { renderJson, renderText } from '../src';
import { edited, fixture, verifyFiles } from './support/estate';

const ESTATE = fixture('estate');
const METER = 'base/metrics/collector.yaml';
const TEMPLATE = 'templates/observability.template.json';
const BROKEN = edited(ESTATE, [
  { file: TEMPLATE, find: 'system:serviceaccount:observe:meter', replace: 'system:serviceaccount:observe:agent' },
]);

describe('the text report', () => {
  it('shows both ends with their lines, then why, then help', () => {
    const text = renderText(verifyFiles(BROKEN));
    expect(text).toContain(
      [
        'error[identity/untrusted-subject]: role MeterRole trusts system:serviceaccount:observe:agent, the pod is system:serviceaccount:observe:meter',
        '  --> templates/observability.template.json:29:91',
        '   |',
      ].join('\n'),
    );
    expect(text).toContain('"system:serviceaccount:observe:agent"');
    expect(text).toContain('  ::: base/metrics/collector.yaml:59:27: Deployment observe/meter runs as meter');
    expect(text).toContain('59 |       serviceAccountName: meter\n   |                           -----');
    expect(text).toMatch(
      /= why: .*\n.*= help: .*\n.*= world dev: breaks metrics of Deployment observe\/meter to Workspace/,
    );
  });

  it('sums up paths, findings and files at its end', () => {
    const lines = renderText(verifyFiles(ESTATE)).trimEnd().split('\n');
    expect(lines.slice(-2)).toEqual([
      '2 paths in 1 world: 2 proven, 0 broken, 0 unknown; 0 errors, 0 warnings',
      '9 manifests and 1 template read, 0 other files skipped',
    ]);
  });

  it('has escape sequences only when colour is asked for', () => {
    const verdict = verifyFiles(BROKEN);
    expect(renderText(verdict)).not.toContain('\u001b');
    expect(renderText(verdict, { color: true })).toContain('\u001b[');
  });

  it('says what is assumed, once', () => {
    const text = renderText(verifyFiles(ESTATE));
    expect(text.split('the account has an IAM OIDC provider')).toHaveLength(2);
  });
});

describe('the JSON report', () => {
  it('is the same for the same input', () => {
    expect(renderJson(verifyFiles(BROKEN))).toBe(renderJson(verifyFiles(BROKEN)));
  });

  it('keeps the ids of findings and paths when lines move', () => {
    const moved = { ...BROKEN, [METER]: `# a comment\n${BROKEN[METER]}` };
    const ids = (files: typeof BROKEN) => {
      const { findings, paths } = verifyFiles(files);
      return [...findings, ...paths].map(({ id }) => id);
    };
    expect(ids(moved)).toEqual(ids(BROKEN));
  });

  it('gives every broken path a finding of severity error', () => {
    const { findings, paths } = verifyFiles(BROKEN);
    const broken = paths.filter(({ status }) => status === 'broken');
    expect(broken).toHaveLength(1);
    const [hop] = broken[0].hops.filter(({ status }) => status === 'broken');
    expect(hop.findings).toEqual(findings.map(({ id }) => id));
    expect(findings[0].paths).toEqual([broken[0].id]);
  });
});

describe('suppression', () => {
  it('by a comment keeps the finding, with its reason, and the path broken', () => {
    const files = edited(BROKEN, [
      {
        file: METER,
        find: '      serviceAccountName: meter',
        replace:
          '      # sightline-ignore identity/untrusted-subject: moved next week\n      serviceAccountName: meter',
      },
    ]);
    const { findings, paths, summary } = verifyFiles(files);
    expect(findings[0].suppressed).toEqual({ reason: 'moved next week', inSource: true });
    expect(summary).toMatchObject({ suppressed: 1, findings: { error: 0 }, paths: { broken: 1 } });
    expect(paths.some(({ status }) => status === 'broken')).toBe(true);
  });

  it('by sightline.json needs the rule to agree', () => {
    const withIgnore = (rule: string) =>
      edited(BROKEN, [
        {
          file: 'sightline.json',
          find: '"worlds"',
          replace: `"ignore": [{ "rule": "${rule}", "reason": "known" }],\n  "worlds"`,
        },
      ]);
    expect(verifyFiles(withIgnore('identity/untrusted-subject')).summary.suppressed).toBe(1);
    expect(verifyFiles(withIgnore('identity/missing-role')).summary.suppressed).toBe(0);
  });
});

describe('secrets', () => {
  it('never appear in a report, not even where the manifest is broken', () => {
    const planted = 'cGxhbnRlZC1zZWNyZXQ';
    const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  a: [${planted}\n  b: ${planted}\n`;
    const files = {
      ...edited(ESTATE, [
        {
          file: METER,
          find: 'valueFrom:\n                configMapKeyRef:\n                  name: workspace\n                  key: id',
          replace: 'valueFrom:\n                secretKeyRef:\n                  name: s\n                  key: a',
        },
      ]),
      'base/secret.yaml': secret,
      'base/good-secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: observe\ndata:\n  a: ${planted}\n`,
    };
    const verdict = verifyFiles(files);
    expect(verdict.findings.map(({ rule }) => rule)).toEqual(['input/broken-yaml']);
    expect(renderText(verdict) + renderJson(verdict)).not.toContain(planted);
    const metrics = verdict.paths.find(({ signal }) => signal === 'metrics');
    expect(metrics?.hops.find(({ kind }) => kind === 'remote-write')?.missing?.[0].what).toBe('key a of Secret s');
  });
});

import { edited, type Files, fixture, verifyFiles } from './support/estate';

const ESTATE = fixture('estate');
const { 'sightline.json': _, ...UNTOLD } = ESTATE;
const TEMPLATE = 'templates/observability.template.json';
const METER = 'base/metrics/collector.yaml';

function statuses(files: Files, signal: string): Record<string, string> {
  const path = verifyFiles(files).paths.find((each) => each.signal === signal);
  return Object.fromEntries((path?.hops ?? []).map(({ kind, status }) => [kind, status]));
}

describe('without sightline.json', () => {
  it('the root of the kustomizations is the only world', () => {
    const { worlds, paths } = verifyFiles(UNTOLD);
    expect(worlds.map(({ name }) => name)).toEqual(['dev']);
    expect(paths).toHaveLength(2);
  });

  it('nothing is called broken, and the account is that of the role ARNs', () => {
    const verdict = verifyFiles(UNTOLD);
    expect(verdict.findings).toEqual([]);
    expect(verdict.worlds[0].account).toBe('111122223333');
  });

  it('the issuer stays open, so trust is unknown, and says what would settle it', () => {
    const path = verifyFiles(UNTOLD).paths.find(({ signal }) => signal === 'metrics');
    const trust = path?.hops.find(({ kind }) => kind === 'trust');
    expect(trust).toMatchObject({ status: 'unknown', missing: [{ kind: 'issuer' }] });
  });

  it('a subject that no issuer would save is still broken', () => {
    const files = edited(UNTOLD, [{ file: TEMPLATE, find: 'observe:meter', replace: 'monitoring:meter' }]);
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['identity/untrusted-subject']);
  });

  it('a role, a group and an account that are not there are unknown', () => {
    const { [TEMPLATE]: __, ...manifests } = UNTOLD;
    expect(verifyFiles(manifests).findings).toEqual([]);
    expect(statuses(manifests, 'logs')).toMatchObject({ 'log-group': 'unknown', role: 'unknown', trust: 'unknown' });
    const files = edited(manifests, [
      { file: METER, find: 'serviceAccountName: meter', replace: 'serviceAccountName: x' },
    ]);
    expect(verifyFiles(files).findings).toEqual([]);
    expect(statuses(files, 'metrics')['service-account']).toBe('unknown');
  });

  it('plain manifests are one world', () => {
    const files = { 'a/all.yaml': ESTATE[METER], 'a/store.yaml': ESTATE['base/store/workspace.yaml'] };
    const { worlds, paths } = verifyFiles(files);
    expect(worlds.map(({ name }) => name)).toEqual(['manifests']);
    expect(paths.map(({ id }) => id)).toEqual([
      'metrics:manifests:observe/Deployment/meter/collector:12345/metrics:observe/Deployment/meter/collector:prometheus.scrape.pods:prometheus.remote_write.store:0',
    ]);
  });

  it('two overlays of one base are two worlds', () => {
    const files = { ...UNTOLD, 'overlays/prod/kustomization.yaml': 'resources: [../../base]\n' };
    expect(verifyFiles(files).worlds.map(({ name }) => name)).toEqual(['dev', 'prod']);
  });

  it('what is not followed is named, and keeps its world open', () => {
    const files = edited(ESTATE, [
      {
        file: 'overlays/dev/kustomization.yaml',
        find: '  - ../../base\n',
        replace: '  - ../../base\n  - https://example.com/more?ref=v1\n',
      },
      { file: METER, find: 'serviceAccountName: meter', replace: 'serviceAccountName: remote' },
    ]);
    const { findings } = verifyFiles(files);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['info input/not-followed']);
    expect(findings[0].message).toContain('https://example.com/more?ref=v1');
    expect(statuses(files, 'metrics')['service-account']).toBe('unknown');
  });
});

describe('a template that cannot be read', () => {
  it('leaves its world open: nothing is called missing', () => {
    const files = { ...ESTATE, [TEMPLATE]: ESTATE[TEMPLATE].slice(0, -3) };
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['input/broken-json']);
    expect(statuses(files, 'metrics')).toMatchObject({ role: 'unknown', 'remote-write': 'proven' });
  });
});

describe('a kustomization that cannot be built', () => {
  it('is one finding when a patch has lost the object that the path misses, too', () => {
    const files = edited(ESTATE, [
      {
        file: METER,
        find: 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: meter\n  namespace: observe\n---\n',
        replace: '',
      },
    ]);
    const { findings } = verifyFiles(files);
    expect(findings.map(({ rule }) => rule)).toEqual(['identity/missing-service-account']);
    expect(findings[0].related.map(({ file }) => file)).toContain('overlays/dev/roles.yaml');
  });

  it('is a finding of its own when a patch has no target that anybody misses', () => {
    const files = edited(ESTATE, [
      { file: 'overlays/dev/roles.yaml', find: 'kind: ServiceAccount', replace: 'kind: Service' },
    ]);
    const rules = verifyFiles(files).findings.map(({ rule }) => rule);
    expect(rules).toContain('gitops/patch-without-target');
  });
});

describe('what sightline.json names', () => {
  it('is never taken for a chart: a broken template with braces is broken JSON', () => {
    const files = { ...ESTATE, [TEMPLATE]: ESTATE[TEMPLATE].replace('{', '{{') };
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['input/broken-json']);
    expect(statuses(files, 'metrics').role).toBe('unknown');
  });

  it('must be what it is named as', () => {
    const files = { ...ESTATE, [TEMPLATE]: '{"not": "a template"}' };
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['input/not-recognised']);
    expect(statuses(files, 'metrics').role).toBe('unknown');
  });

  it('must be there', () => {
    const { [TEMPLATE]: __, ...files } = ESTATE;
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['input/missing-path']);
  });
});

describe('plain manifests that hold the same object twice', () => {
  const { 'base/metrics/collector.yaml': collector } = ESTATE;

  it('are alternatives: each directory is a world', () => {
    const files = { 'a/x.yaml': collector, 'b/x.yaml': collector };
    expect(verifyFiles(files).worlds.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('in one directory are a world for each file', () => {
    const files = { 'a/x.yaml': collector, 'a/y.yaml': collector };
    expect(verifyFiles(files).worlds.map(({ name }) => name)).toEqual(['a/x.yaml', 'a/y.yaml']);
  });
});

describe('what is still to be filled in', () => {
  const url =
    '"https://aps-workspaces." + sys.env("AWS_REGION") + ".amazonaws.com/workspaces/" + sys.env("WORKSPACE") + "/api/v1/remote_write"';
  it.each([
    [
      'an account in the annotation',
      [
        {
          file: 'overlays/dev/roles.yaml',
          find: '111122223333:role/MeterRole',
          replace: '<ACCOUNT_ID>:role/MeterRole',
        },
      ],
      'role',
    ],
    [
      'a region in a variable',
      [{ file: METER, find: 'value: ap-northeast-2', replace: 'value: "{{region}}"' }],
      'remote-write',
    ],
    [
      'a variable without quotes',
      [{ file: METER, find: 'value: ap-northeast-2', replace: 'value: {{region}}' }],
      'remote-write',
    ],
    [
      'an id in the URL',
      [
        {
          file: METER,
          find: url,
          replace: '"https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/<your-id>/api/v1/remote_write"',
        },
      ],
      'remote-write',
    ],
  ])('%s is unknown, not broken', (__, edits, kind) => {
    const files = edited(ESTATE, edits);
    expect(verifyFiles(files).findings).toEqual([]);
    expect(statuses(files, 'metrics')[kind]).toBe('unknown');
  });
});

describe('a namespace transformer that makes two Namespaces one', () => {
  it('is told as what it is: the build fails', () => {
    const files = {
      ...ESTATE,
      'base/store/namespaces.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n',
      'base/store/kustomization.yaml': 'resources: [workspace.yaml, namespaces.yaml]\nnamespace: ack-system\n',
    };
    expect(verifyFiles(files).findings.map(({ rule }) => rule)).toContain('gitops/duplicate-object');
  });
});

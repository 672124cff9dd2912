import { type Edit, edited, fixture, lineOf, verifyFiles } from './support/estate';

const ESTATE = fixture('estate');
const TEMPLATE = 'templates/observability.template.json';
const METER = 'base/metrics/collector.yaml';
const SHIPPER = 'base/logs/shipper.yaml';
const ROLES = 'overlays/dev/roles.yaml';
const STORE = 'base/store/workspace.yaml';
const ISSUER = 'oidc.eks.ap-northeast-2.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';
const OTHER_ISSUER = 'oidc.eks.ap-northeast-2.amazonaws.com/id/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF';

/** A place that the finding must name: a file and a text on the line. */
type End = readonly [file: string, text: string];

interface Case {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly rule: string;
  readonly signal: 'metrics' | 'logs';
  readonly ends: readonly End[];
}

const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });

const CASES: readonly Case[] = [
  {
    name: "the pod's service account is one that does not exist",
    edits: [edit(METER, 'serviceAccountName: meter', 'serviceAccountName: meters')],
    rule: 'identity/missing-service-account',
    signal: 'metrics',
    ends: [
      [METER, 'serviceAccountName: meters'],
      [METER, '  name: meter'],
    ],
  },
  {
    name: "the pod's service account is another collector's",
    edits: [edit(METER, 'serviceAccountName: meter', 'serviceAccountName: shipper')],
    rule: 'identity/missing-action',
    signal: 'metrics',
    ends: [
      [METER, 'serviceAccountName: shipper'],
      [TEMPLATE, '"Action": ['],
    ],
  },
  {
    name: "the pod's service account is not named",
    edits: [edit(METER, '      serviceAccountName: meter\n', '')],
    rule: 'identity/no-role',
    signal: 'metrics',
    ends: [
      [METER, '      containers:'],
      [METER, 'name: meter'],
    ],
  },
  {
    name: "kustomize moves the namespace of one component's kustomization",
    edits: [
      edit('base/logs/kustomization.yaml', 'resources:', 'namespace: logging\nresources:'),
      edit(ROLES, 'name: shipper\n  namespace: observe', 'name: shipper\n  namespace: logging'),
    ],
    rule: 'identity/untrusted-subject',
    signal: 'logs',
    ends: [
      ['base/logs/kustomization.yaml', 'namespace: logging'],
      [TEMPLATE, 'system:serviceaccount:observe:shipper'],
    ],
  },
  {
    name: 'kustomize moves the metrics collector away from the id that is exported to it',
    edits: [
      edit('base/metrics/kustomization.yaml', 'resources:', 'namespace: metering\nresources:'),
      edit(ROLES, 'name: meter\n  namespace: observe', 'name: meter\n  namespace: metering'),
    ],
    rule: 'identity/untrusted-subject',
    signal: 'metrics',
    ends: [
      ['base/metrics/kustomization.yaml', 'namespace: metering'],
      [TEMPLATE, 'system:serviceaccount:observe:meter'],
    ],
  },
  {
    name: 'the subject names another namespace',
    edits: [edit(TEMPLATE, 'system:serviceaccount:observe:meter', 'system:serviceaccount:monitoring:meter')],
    rule: 'identity/untrusted-subject',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'system:serviceaccount:monitoring:meter'],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: 'the subject is not checked',
    edits: [edit(TEMPLATE, `"${ISSUER}:sub": "system:serviceaccount:observe:meter",`, '')],
    rule: 'identity/unchecked-subject',
    signal: 'metrics',
    ends: [
      [TEMPLATE, `${ISSUER}:aud`],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: 'the audience is missing',
    edits: [
      edit(
        TEMPLATE,
        `"system:serviceaccount:observe:meter",\n         "${ISSUER}:aud": "sts.amazonaws.com"`,
        '"system:serviceaccount:observe:meter"',
      ),
    ],
    rule: 'identity/unchecked-audience',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'system:serviceaccount:observe:meter'],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: 'the audience is another',
    edits: [edit(TEMPLATE, '"sts.amazonaws.com"', '"pods.eks.amazonaws.com"')],
    rule: 'identity/wrong-audience',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'pods.eks.amazonaws.com'],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: "the provider is that of another cluster's issuer",
    edits: [edit(TEMPLATE, `oidc-provider/${ISSUER}`, `oidc-provider/${OTHER_ISSUER}`)],
    rule: 'identity/foreign-issuer',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'oidc-provider/'],
      ['sightline.json', 'issuer'],
    ],
  },
  {
    name: "the condition keys are those of another cluster's issuer",
    edits: [
      edit(TEMPLATE, `${ISSUER}:sub`, `${OTHER_ISSUER}:sub`),
      edit(TEMPLATE, `${ISSUER}:aud`, `${OTHER_ISSUER}:aud`),
    ],
    rule: 'identity/foreign-issuer',
    signal: 'metrics',
    ends: [
      [TEMPLATE, `${OTHER_ISSUER}:sub`],
      ['sightline.json', 'issuer'],
    ],
  },
  {
    name: 'the provider is in another account',
    edits: [edit(TEMPLATE, ':iam::111122223333:oidc-provider', ':iam::444455556666:oidc-provider')],
    rule: 'identity/foreign-provider',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'oidc-provider/'],
      ['sightline.json', '"account"'],
    ],
  },
  {
    name: 'the annotation names a role that no template makes',
    edits: [edit(ROLES, 'role/MeterRole', 'role/MetersRole')],
    rule: 'identity/missing-role',
    signal: 'metrics',
    ends: [
      [ROLES, 'role/MetersRole'],
      [TEMPLATE, '"RoleName": "MeterRole"'],
    ],
  },
  {
    name: 'the annotation names a role of another account',
    edits: [edit(ROLES, '111122223333:role/MeterRole', '444455556666:role/MeterRole')],
    rule: 'identity/missing-role',
    signal: 'metrics',
    ends: [
      [ROLES, '444455556666'],
      [TEMPLATE, '"RoleName": "MeterRole"'],
    ],
  },
  {
    name: "the annotation names the other collector's role",
    edits: [edit(ROLES, 'role/MeterRole', 'role/ShipperRole')],
    rule: 'identity/untrusted-subject',
    signal: 'metrics',
    ends: [
      [ROLES, 'role/ShipperRole'],
      [TEMPLATE, 'system:serviceaccount:observe:shipper'],
    ],
  },
  {
    name: 'the annotation is gone',
    edits: [edit(ROLES, 'eks.amazonaws.com/role-arn', 'eks.amazonaws.com/rolearn')],
    rule: 'identity/no-role',
    signal: 'metrics',
    ends: [
      [METER, '  name: meter'],
      [TEMPLATE, '"RoleName": "MeterRole"'],
    ],
  },
  {
    name: 'a wildcard stands under StringEquals',
    edits: [edit(TEMPLATE, 'system:serviceaccount:observe:meter', 'system:serviceaccount:observe:*')],
    rule: 'identity/literal-wildcard',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'system:serviceaccount:observe:*'],
      [METER, 'serviceAccountName: meter'],
    ],
  },
  {
    name: 'SigV4 signs for another region than the URL leads to',
    edits: [edit(METER, 'region = "ap-northeast-2"', 'region = "us-east-1"')],
    rule: 'backends/wrong-signing-region',
    signal: 'metrics',
    ends: [
      [METER, 'region = "us-east-1"'],
      [METER, 'url = '],
    ],
  },
  {
    name: 'requests are not signed',
    edits: [edit(METER, '        sigv4 {\n          region = "ap-northeast-2"\n        }\n', '')],
    rule: 'backends/unsigned-request',
    signal: 'metrics',
    ends: [
      [METER, 'endpoint {'],
      [METER, 'url = '],
    ],
  },
  {
    name: 'the URL leads to another region than the workspace is in',
    edits: [edit(STORE, 'services.k8s.aws/region: ap-northeast-2', 'services.k8s.aws/region: us-east-1')],
    rule: 'backends/workspace-in-other-region',
    signal: 'metrics',
    ends: [
      [METER, 'value: ap-northeast-2'],
      [STORE, 'services.k8s.aws/region: us-east-1'],
    ],
  },
  {
    name: 'the action for metrics is missing',
    edits: [edit(TEMPLATE, 'aps:RemoteWrite', 'aps:QueryMetrics')],
    rule: 'identity/missing-action',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'aps:QueryMetrics'],
      [METER, 'url = '],
    ],
  },
  {
    name: 'one of the actions for logs is missing',
    edits: [edit(TEMPLATE, '"logs:CreateLogStream",', '')],
    rule: 'identity/missing-action',
    signal: 'logs',
    ends: [
      [TEMPLATE, '"Action": ['],
      [SHIPPER, 'log_group_name'],
    ],
  },
  {
    name: 'the grant is for another workspace by its tag',
    edits: [edit(TEMPLATE, '"aws:ResourceTag/stage": "dev"', '"aws:ResourceTag/stage": "prod"')],
    rule: 'identity/unmet-condition',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'aws:ResourceTag/stage'],
      [STORE, 'name: shop'],
    ],
  },
  {
    name: 'the grant is for another workspace by its id',
    edits: [edit(TEMPLATE, 'workspace/*', 'workspace/ws-01234567-89ab-cdef-0123-456789abcdef')],
    rule: 'identity/other-resource',
    signal: 'metrics',
    ends: [
      [TEMPLATE, 'workspace/ws-01234567-89ab-cdef-0123-456789abcdef'],
      [STORE, 'name: shop'],
    ],
  },
  {
    name: 'the grant is for a workspace of another region',
    edits: [edit(TEMPLATE, ':aps:ap-northeast-2:', ':aps:us-east-1:')],
    rule: 'identity/other-resource',
    signal: 'metrics',
    ends: [
      [TEMPLATE, ':aps:us-east-1:'],
      [METER, 'url = '],
    ],
  },
  {
    name: 'the grant is for another log group',
    edits: [
      edit(
        TEMPLATE,
        '"Fn::GetAtt": [\n         "Logs",\n         "Arn"\n        ]',
        '"Fn::Sub": "arn:aws:logs:ap-northeast-2:111122223333:log-group:/eks/other:*"',
      ),
    ],
    rule: 'identity/other-resource',
    signal: 'logs',
    ends: [
      [TEMPLATE, '/eks/other'],
      [SHIPPER, 'log_group_name'],
    ],
  },
  {
    name: 'the log group is another one',
    edits: [edit(SHIPPER, 'value: /eks/shop', 'value: /eks/shops')],
    rule: 'logs/missing-log-group',
    signal: 'logs',
    ends: [
      [SHIPPER, 'value: /eks/shops'],
      [TEMPLATE, '"LogGroupName"'],
    ],
  },
  {
    name: 'the service account object is deleted',
    edits: [
      edit(
        SHIPPER,
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: shipper\n  namespace: observe\n---\n',
        '',
      ),
      edit(ROLES, `---\n${ESTATE[ROLES].split('---\n')[1]}`, ''),
    ],
    rule: 'identity/missing-service-account',
    signal: 'logs',
    ends: [[SHIPPER, 'serviceAccountName: shipper']],
  },
  {
    name: 'a permission is denied explicitly',
    edits: [
      edit(
        TEMPLATE,
        '"Effect": "Allow",\n       "Action": "aps:RemoteWrite"',
        '"Effect": "Deny",\n       "Action": "aps:*"',
      ),
    ],
    rule: 'identity/explicit-deny',
    signal: 'metrics',
    ends: [[METER, 'url = ']],
  },
  {
    name: 'the exported field does not exist',
    edits: [edit(STORE, '.status.workspaceID', '.status.prometheusEndpoint')],
    rule: 'gitops/missing-exported-field',
    signal: 'metrics',
    ends: [
      [STORE, '.status.prometheusEndpoint'],
      [METER, 'url = '],
    ],
  },
  {
    name: 'the id is exported under another key',
    edits: [edit(STORE, 'key: id', 'key: workspaceId')],
    rule: 'gitops/missing-config-map-key',
    signal: 'metrics',
    ends: [
      [METER, 'key: id'],
      [STORE, 'key: workspaceId'],
    ],
  },
  {
    name: 'the variable of the id has another name',
    edits: [edit(METER, '- name: WORKSPACE', '- name: WORKSPACE_ID')],
    rule: 'gitops/unset-variable',
    signal: 'metrics',
    ends: [[METER, 'url = ']],
  },
  {
    name: 'the ConfigMap of the id has another name',
    edits: [edit(METER, 'name: workspace\n', 'name: workspaces\n')],
    rule: 'gitops/missing-config-map',
    signal: 'metrics',
    ends: [[METER, 'key: id']],
  },
  {
    name: 'the FieldExport reads another workspace',
    edits: [edit(STORE, 'kind: Workspace\n      name: shop', 'kind: Workspace\n      name: shops')],
    rule: 'gitops/missing-exported-resource',
    signal: 'metrics',
    ends: [
      [STORE, 'name: shops'],
      [METER, 'url = '],
    ],
  },
  {
    name: 'the FieldExport writes into another namespace',
    edits: [edit(STORE, 'namespace: observe\n    key: id', 'namespace: observed\n    key: id')],
    rule: 'gitops/missing-config-map-key',
    signal: 'metrics',
    ends: [
      [METER, 'key: id'],
      [STORE, 'key: id'],
    ],
  },
  {
    name: 'the volume has another name than the mount',
    edits: [edit(METER, 'volumes:\n        - name: config', 'volumes:\n        - name: configs')],
    rule: 'gitops/missing-volume',
    signal: 'metrics',
    ends: [
      [METER, 'mountPath: /etc/meter'],
      [METER, '- name: configs'],
    ],
  },
  {
    name: 'the configuration is mounted elsewhere than the command looks',
    edits: [edit(METER, 'mountPath: /etc/meter', 'mountPath: /etc/metre')],
    rule: 'gitops/missing-config-file',
    signal: 'metrics',
    ends: [
      [METER, '/etc/meter/main.alloy'],
      [METER, 'main.alloy: |'],
    ],
  },
  {
    name: 'the Alloy configuration does not parse',
    edits: [edit(METER, 'sigv4 {', 'sigv4')],
    rule: 'gitops/unreadable-configuration',
    signal: 'metrics',
    ends: [[METER, '        sigv4']],
  },
  {
    name: 'the mounted ConfigMap has another name',
    edits: [edit(METER, 'name: meter-config\n  namespace', 'name: meters-config\n  namespace')],
    rule: 'gitops/missing-config-map',
    signal: 'metrics',
    ends: [[METER, 'name: meter-config']],
  },
  {
    name: 'the command names a file that is not mounted',
    edits: [edit(SHIPPER, 'pipeline.yaml: |', 'pipelines.yaml: |')],
    rule: 'gitops/missing-config-file',
    signal: 'logs',
    ends: [[SHIPPER, '/etc/shipper/pipeline.yaml']],
  },
];

describe('the untouched estate', () => {
  it('has no finding, and every hop that is examined is proven', () => {
    const verdict = verifyFiles(ESTATE);
    expect(verdict.findings).toEqual([]);
    expect(verdict.paths.map(({ signal }) => signal)).toEqual(['logs', 'metrics']);
    const examined = verdict.paths.flatMap(({ hops }) =>
      hops.filter(({ missing }) => !missing?.some(({ kind }) => kind === 'not-examined')),
    );
    expect(examined.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'container-log proven',
      'input proven',
      'parser proven',
      'filters proven',
      'output proven',
      'log-group proven',
      'service-account proven',
      'role proven',
      'trust proven',
      'permission proven',
      'discovery proven',
      'relabelling proven',
      'scrape proven',
      'network proven',
      'remote-write proven',
      'signature proven',
      'service-account proven',
      'role proven',
      'trust proven',
      'permission proven',
    ]);
  });
});

describe('one break', () => {
  it.each(CASES)('$name', ({ edits, rule, signal, ends }) => {
    const files = edited(ESTATE, edits);
    const { findings, paths } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(findings[0].severity).toBe('error');
    expect(paths.filter(({ status }) => status === 'broken').map((path) => path.signal)).toEqual([signal]);
    const { location, related } = findings[0];
    const named = [location, ...related].map((place) => `${place?.file}:${place?.line}`);
    for (const [file, text] of ends) expect(named).toContain(`${file}:${lineOf(files, file, text)}`);
  });
});

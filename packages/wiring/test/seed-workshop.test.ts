import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

/**
 * A guide of our own in the manner of the workshop that one of our seeds is: roles by shell, Prometheus by its chart,
 * everything in one Markdown file. The guide as it stands here works; each row of the table carries one fault.
 */
const GUIDE = `# Metrics of the shop

## A role for the account that writes

\`\`\`bash
export CLUSTER_NAME=shop-dev
export SPACE=prometheus
\`\`\`

\`\`\`bash
#!/bin/bash -e
ACCOUNT_ID=$(aws sts get-caller-identity --query "Account" --output text)
OIDC_PROVIDER=$(aws eks describe-cluster --name $CLUSTER_NAME --query "cluster.identity.oidc.issuer" --output text | sed -e "s/^https:\\/\\///")
SERVICE_ACCOUNT=ingest
cat <<END > Trust.json
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::\${ACCOUNT_ID}:oidc-provider/\${OIDC_PROVIDER}"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "\${OIDC_PROVIDER}:sub": "system:serviceaccount:\${SPACE}:\${SERVICE_ACCOUNT}",
          "\${OIDC_PROVIDER}:aud": "sts.amazonaws.com"
        }
      }
    }
  ]
}
END
cat <<END > Ingest.json
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["aps:RemoteWrite", "aps:GetSeries"], "Resource": "*"}
]}
END
ROLE_ARN=$(aws iam create-role --role-name ingest-role --assume-role-policy-document file://Trust.json --query "Role.Arn" --output text)
POLICY_ARN=$(aws iam create-policy --policy-name Ingest --policy-document file://Ingest.json --query 'Policy.Arn' --output text)
aws iam attach-role-policy --role-name ingest-role --policy-arn $POLICY_ARN
\`\`\`

## Prometheus

[values.yaml]
\`\`\`
serviceAccounts:
  server:
    name: ingest
    annotations:
      eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/ingest-role"
server:
  remoteWrite:
    - url: https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
      sigv4:
        region: ap-northeast-2
\`\`\`

\`\`\`
helm install prometheus prometheus-community/prometheus -n prometheus -f values.yaml
\`\`\`
`;

const FILES: Files = { 'README.md': GUIDE };
const edit = (find: string, replace: string): Edit => ({ file: 'README.md', find, replace });
const ANNOTATION = '      eks.amazonaws.com/role-arn';

/** Fault of the seed, what it is in the guide, the rule that speaks, and a text on the line that it points at. */
const TABLE: readonly (readonly [fault: string, edits: readonly Edit[], rule: string, end: string])[] = [
  [
    'the namespace of the trust is not that of the release',
    [edit('SPACE=prometheus', 'SPACE=springboot')],
    'identity/untrusted-subject',
    'OIDC_PROVIDER}:sub',
  ],
  [
    'the annotation stands beside "annotations"',
    [edit(ANNOTATION, '    eks.amazonaws.com/role-arn')],
    'identity/no-role',
    'eks.amazonaws.com/role-arn',
  ],
  [
    'the trust does not check the audience',
    [edit('SERVICE_ACCOUNT}",\n          "${OIDC_PROVIDER}:aud": "sts.amazonaws.com"', 'SERVICE_ACCOUNT}"')],
    'identity/unchecked-audience',
    'OIDC_PROVIDER}:sub',
  ],
  [
    'the account of the chart is another',
    [edit('    name: ingest', '    name: prometheus-ingest')],
    'identity/untrusted-subject',
    'OIDC_PROVIDER}:sub',
  ],
  [
    'the policy does not let it write',
    [edit('"aps:RemoteWrite", "aps:GetSeries"', '"aps:QueryMetrics", "aps:GetSeries"')],
    'identity/missing-action',
    '"aps:QueryMetrics"',
  ],
  [
    'the writes are signed for another region',
    [edit('        region: ap-northeast-2', '        region: us-east-1')],
    'backends/wrong-signing-region',
    'region: us-east-1',
  ],
];

describe('a workshop in one Markdown file', () => {
  it('that works gives no finding; only what no file says stays open', () => {
    const { findings, paths } = verifyFiles(FILES);
    expect(findings).toEqual([]);
    const open = new Set(
      paths.flatMap(({ hops }) => hops.flatMap(({ missing = [] }) => missing.map(({ kind }) => kind))),
    );
    expect([...open].sort()).toEqual(['issuer', 'workspace']);
  });

  it.each(TABLE)('%s', (_, edits, rule, end) => {
    const files = edited(FILES, edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    expect(places).toContain(`README.md:${lineOf(files, 'README.md', end)}`);
  });

  it('the first two faults at once are one finding that names both', () => {
    const files = edited(FILES, [
      edit('SPACE=prometheus', 'SPACE=springboot'),
      edit(ANNOTATION, '    eks.amazonaws.com/role-arn'),
    ]);
    const { findings } = verifyFiles(files);
    expect(findings.map(({ rule }) => rule)).toEqual(['identity/no-role']);
    expect(findings[0].related.map(({ message }) => message).join('\n')).toContain(
      'trusts system:serviceaccount:springboot:ingest, the pod is system:serviceaccount:prometheus:ingest',
    );
  });

  it('an operator that is installed without a collector is no path, and a report says so', () => {
    const { paths, summary } = verifyFiles({
      'README.md': '```\naws eks create-addon --addon-name adot --cluster-name c\n```\n',
    });
    expect(paths).toEqual([]);
    expect(summary.paths).toEqual({ proven: 0, broken: 0, unknown: 0 });
  });
});

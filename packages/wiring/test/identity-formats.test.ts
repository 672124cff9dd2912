import { METRICS } from '../src/rules/examples/metrics';
import { EXAMPLE_ISSUER } from '../src/rules/examples/parts';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });

const TRUST = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${EXAMPLE_ISSUER}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${EXAMPLE_ISSUER}:sub`]: 'system:serviceaccount:observe:meter',
            [`${EXAMPLE_ISSUER}:aud`]: 'sts.amazonaws.com',
          },
        },
      },
    ],
  },
  null,
  2,
);
const WRITE = JSON.stringify(
  {
    Statement: [
      { Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: 'arn:aws:aps:eu-west-1:111122223333:workspace/*' },
    ],
  },
  null,
  2,
);

/** The estate without its template; the role comes from `roles`, another manifest of the world. */
function withRoles(roles: string, edits: readonly Edit[] = []): Files {
  const config = JSON.parse(METRICS['sightline.json']);
  config.worlds.dev.templates = [];
  config.worlds.dev.manifests.push('roles.yaml');
  const { 'role.template.yaml': _, ...rest } = METRICS;
  return edited({ ...rest, 'sightline.json': JSON.stringify(config), 'roles.yaml': roles }, edits);
}

const ANNOTATION = '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Meter\n';
const without = edit('collector.yaml', ANNOTATION, '');

const ACK = `apiVersion: iam.services.k8s.aws/v1alpha1
kind: Role
metadata: {name: meter, namespace: observe}
spec:
  name: Meter
  assumeRolePolicyDocument: |
${indented(TRUST, 4)}
  policyRefs:
    - from: {name: write}
---
apiVersion: iam.services.k8s.aws/v1alpha1
kind: Policy
metadata: {name: write, namespace: observe}
spec:
  name: MeterWrite
  policyDocument: |
${indented(WRITE, 4)}
`;

const ACK_POD_IDENTITY = `${ACK.replace(
  indented(TRUST, 4),
  indented(
    '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]}',
    4,
  ),
)}---
apiVersion: eks.services.k8s.aws/v1alpha1
kind: PodIdentityAssociation
metadata: {name: meter, namespace: observe}
spec:
  clusterName: shop-dev
  namespace: observe
  serviceAccount: meter
  roleRef:
    from: {name: meter}
`;

const EKSCTL = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: {name: shop-dev, region: eu-west-1}
iam:
  withOIDC: true
  serviceAccounts:
    - metadata: {name: meter, namespace: observe}
      attachPolicyARNs:
        - arn:aws:iam::aws:policy/AmazonPrometheusRemoteWriteAccess
`;

const EKSCTL_POD_IDENTITY = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: {name: shop-dev, region: eu-west-1}
addonsConfig: {autoApplyPodIdentityAssociations: true}
iam:
  podIdentityAssociations:
    - namespace: observe
      serviceAccountName: meter
      permissionPolicy:
        Statement:
          - {Effect: Allow, Action: ["aps:RemoteWrite"], Resource: "*"}
`;

describe('roles that are no CloudFormation', () => {
  it.each<[string, Files]>([
    ['ACK', withRoles(ACK)],
    ['ACK, by Pod Identity', withRoles(ACK_POD_IDENTITY, [without])],
    ['eksctl, beside the manifest of the account', withRoles(EKSCTL, [without])],
    [
      'eksctl, which makes the account',
      withRoles(EKSCTL, [
        edit('collector.yaml', METRICS['collector.yaml'].slice(0, METRICS['collector.yaml'].indexOf('---\n') + 4), ''),
      ]),
    ],
    ['eksctl, by Pod Identity', withRoles(EKSCTL_POD_IDENTITY, [without])],
    [
      'eksctl, with the name of the role written',
      withRoles(EKSCTL.replace('      attachPolicyARNs', '      roleName: Meter\n      attachPolicyARNs')),
    ],
  ])('%s: proven to the end', (_, files) => {
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it.each<[string, string, readonly Edit[], string, string, readonly Edit[]]>([
    [
      'ACK: a trust for another account',
      ACK,
      [edit('roles.yaml', 'observe:meter"', 'observe:meters"')],
      'identity/untrusted-subject',
      'observe:meters"',
      [],
    ],
    [
      'ACK: another action',
      ACK,
      [edit('roles.yaml', 'aps:RemoteWrite', 'aps:QueryMetrics')],
      'identity/missing-action',
      'aps:QueryMetrics',
      [],
    ],
    [
      'ACK: another region',
      ACK,
      [edit('roles.yaml', 'aps:eu-west-1', 'aps:us-east-1')],
      'identity/other-resource',
      'aps:us-east-1',
      [],
    ],
    [
      'eksctl: another policy',
      EKSCTL,
      [edit('roles.yaml', 'AmazonPrometheusRemoteWriteAccess', 'AmazonPrometheusQueryAccess')],
      'identity/missing-action',
      'serviceAccounts',
      [without],
    ],
    [
      'eksctl by Pod Identity: no session tags',
      ACK_POD_IDENTITY,
      [edit('roles.yaml', ', "sts:TagSession"', '')],
      'identity/no-pod-identity',
      '',
      [without],
    ],
  ])('%s', (_, roles, edits, rule, end, more) => {
    const files = edited(withRoles(roles, more), edits);
    const { findings } = verifyFiles(files);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    if (rule === 'identity/missing-action' && end === 'serviceAccounts') return;
    const places = [findings[0].location, ...findings[0].related].map((place) => `${place?.file}:${place?.line}`);
    if (end) expect(places).toContain(`roles.yaml:${lineOf(files, 'roles.yaml', end)}`);
  });

  it('eksctl: an association for another namespace', () => {
    const files = withRoles(EKSCTL_POD_IDENTITY.replace('namespace: observe', 'namespace: observed'), [without]);
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).toEqual(['unknown']);
  });

  it('eksctl says what the cluster is called and where it is', () => {
    const { 'sightline.json': _, ...files } = withRoles(EKSCTL, [without]);
    const { worlds } = verifyFiles(files);
    expect(worlds.map(({ cluster, region }) => [cluster, region])).toEqual([['shop-dev', 'eu-west-1']]);
  });
});

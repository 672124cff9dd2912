import { type Edit, edited, type Files, fixture, verifyFiles } from './support/estate';

const TEMPLATE = 'templates/observability.template.json';
const ROLES = 'overlays/dev/roles.yaml';

interface Shape {
  readonly actions: readonly string[];
  readonly condition?: object;
  readonly association?: object;
}

/** The fixture, its metrics collector with an association in place of the annotation. */
function estate({ actions, condition, association }: Shape): Files {
  const files = fixture('estate');
  const template = JSON.parse(files[TEMPLATE]);
  template.Resources.MeterRole.Properties.AssumeRolePolicyDocument.Statement = [
    {
      Effect: 'Allow',
      Action: actions,
      Principal: { Service: 'pods.eks.amazonaws.com' },
      ...(condition && { Condition: condition }),
    },
  ];
  template.Resources.Association = {
    Type: 'AWS::EKS::PodIdentityAssociation',
    Properties: {
      ClusterName: 'shop-dev',
      Namespace: 'observe',
      ServiceAccount: 'meter',
      RoleArn: { 'Fn::GetAtt': ['MeterRole', 'Arn'] },
      ...association,
    },
  };
  const without: Edit = {
    file: ROLES,
    find: '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/MeterRole\n',
    replace: '',
  };
  return edited({ ...files, [TEMPLATE]: JSON.stringify(template, null, 1) }, [without]);
}

const BOTH = ['sts:AssumeRole', 'sts:TagSession'];

function hops(files: Files): Record<string, string> {
  const path = verifyFiles(files).paths.find(({ signal }) => signal === 'metrics');
  return Object.fromEntries((path?.hops ?? []).map(({ kind, status }) => [kind, status]));
}

describe('a service account with a Pod Identity association', () => {
  it('has its role without an annotation', () => {
    const files = estate({ actions: BOTH });
    expect(verifyFiles(files).findings).toEqual([]);
    expect(hops(files)).toMatchObject({ role: 'proven', trust: 'proven', permission: 'proven' });
  });

  it('is trusted under the conditions that AWS recommends', () => {
    const condition = {
      StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:RequestTag/kubernetes-namespace': 'observe' },
      ArnEquals: { 'aws:SourceArn': 'arn:aws:eks:ap-northeast-2:111122223333:cluster/shop-dev' },
    };
    expect(hops(estate({ actions: BOTH, condition })).trust).toBe('proven');
  });

  it.each<[string, Shape, string]>([
    ['sessions may not be tagged', { actions: ['sts:AssumeRole'] }, 'identity/no-pod-identity'],
    ['it is for pods of web identity only', { actions: ['sts:AssumeRoleWithWebIdentity'] }, 'identity/no-pod-identity'],
    [
      'another cluster is trusted',
      {
        actions: BOTH,
        condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:eks:ap-northeast-2:111122223333:cluster/shop-prod' } },
      },
      'identity/no-pod-identity',
    ],
    [
      'the association is for another account',
      { actions: BOTH, association: { ServiceAccount: 'metre' } },
      'identity/no-role',
    ],
    [
      'the association is for another namespace',
      { actions: BOTH, association: { Namespace: 'monitoring' } },
      'identity/no-role',
    ],
    [
      'the association is for another cluster',
      { actions: BOTH, association: { ClusterName: 'shop-prod' } },
      'identity/no-role',
    ],
  ])('is broken where %s', (_, shape, rule) => {
    const { findings } = verifyFiles(estate(shape));
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    const places = [findings[0].location, ...findings[0].related].map((place) => place?.file);
    expect(places).toContain(TEMPLATE);
    expect(places.some((file) => file?.endsWith('.yaml')) || rule === 'identity/no-pod-identity').toBe(true);
  });
});

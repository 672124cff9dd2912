import {
  AckAlertManagerDefinition,
  AckDeletionPolicy,
  AckFieldExport,
  type AckFieldExportProps,
  AckLogGroup,
  AckLoggingConfiguration,
  AckPodIdentityAssociation,
  AckPolicy,
  AckRole,
  AckRuleGroupsNamespace,
  IamTrust,
} from '../../src';
import { at, only, render } from '../render';

const OBJECT = { name: 'x', namespace: 'ack-system' };
const WORKSPACE = { name: 'eks-metrics', namespace: 'ack-system', region: 'ap-northeast-2' };
const RULES = 'groups:\n  - name: a\n    rules: []\n';
const ALERTS = 'alertmanager_config: |\n  route: {}\n';
const LOG_GROUP = 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/vendedlogs/amp:*';
const ISSUER = 'https://oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const STATEMENT = {
  actions: ['aps:RemoteWrite'],
  resources: ['arn:aws:aps:ap-northeast-2:111122223333:workspace/*'],
  conditions: { StringEquals: { 'aws:ResourceTag/sightline-overlay': 'dev' } },
};

describe('what lives in a workspace', () => {
  const content = { name: 'x', workspace: WORKSPACE };
  const objects = render((scope) => {
    new AckRuleGroupsNamespace(scope, 'r', { ...content, configuration: RULES, tags: { env: 'dev' } });
    new AckAlertManagerDefinition(scope, 'a', { ...content, configuration: ALERTS });
    new AckLoggingConfiguration(scope, 'l', { ...content, logGroupArn: LOG_GROUP });
  });

  test.each(['RuleGroupsNamespace', 'AlertManagerDefinition', 'LoggingConfiguration'])(
    '%s finds the workspace by the name of its object, never by an id',
    (kind) => {
      expect(at(only(objects, kind), 'spec', 'workspaceRef')).toEqual({ from: { name: 'eks-metrics' } });
      expect(at(only(objects, kind), 'spec', 'workspaceID')).toBeUndefined();
      expect(at(only(objects, kind), 'metadata')).toEqual({
        name: 'x',
        namespace: 'ack-system',
        annotations: { 'services.k8s.aws/region': 'ap-northeast-2', 'services.k8s.aws/deletion-policy': 'delete' },
      });
    },
  );

  test('the text goes in as it is', () => {
    expect(at(only(objects, 'RuleGroupsNamespace'), 'spec')).toMatchObject({
      name: 'x',
      configuration: RULES,
      tags: { env: 'dev' },
    });
    expect(at(only(objects, 'AlertManagerDefinition'), 'spec', 'configuration')).toBe(ALERTS);
    expect(at(only(objects, 'LoggingConfiguration'), 'spec', 'logGroupARN')).toBe(LOG_GROUP);
  });

  test('from another namespace, the reference names that of the workspace', () => {
    const [object] = render(
      (scope) => new AckRuleGroupsNamespace(scope, 'r', { ...content, namespace: 'monitoring', configuration: RULES }),
    );
    expect(at(object, 'spec', 'workspaceRef')).toEqual({ from: { name: 'eks-metrics', namespace: 'ack-system' } });
    expect(at(object, 'metadata', 'namespace')).toBe('monitoring');
  });

  test.each<[string, (scope: Parameters<Parameters<typeof render>[0]>[0]) => unknown, string]>([
    [
      'rules in base64',
      (scope) => new AckRuleGroupsNamespace(scope, 'r', { ...content, configuration: 'Z3JvdXBz' }),
      'AckRuleGroupsNamespaceProps.configuration: got "Z3JvdXBz"',
    ],
    [
      'a name that AWS refuses',
      (scope) => new AckRuleGroupsNamespace(scope, 'r', { ...content, configuration: RULES, rulesName: '_x' }),
      'AckRuleGroupsNamespaceProps.rulesName: got "_x"',
    ],
    [
      'an Alertmanager configuration without its frame',
      (scope) => new AckAlertManagerDefinition(scope, 'a', { ...content, configuration: 'route: {}' }),
      'AckAlertManagerDefinitionProps.configuration: got "route: {}"',
    ],
    [
      'an ARN without the asterisk',
      (scope) => new AckLoggingConfiguration(scope, 'l', { ...content, logGroupArn: LOG_GROUP.replace(':*', '') }),
      'End the ARN in ":*".',
    ],
  ])('%s are refused', (_, make, message) => {
    expect(() => render(make)).toThrow(message);
  });
});

describe('AckLogGroup', () => {
  const group = (changes: object = {}) =>
    render((scope) => new AckLogGroup(scope, 'l', { ...OBJECT, logGroupName: '/eks/x', ...changes }));

  test('forgets after a while by default, and is kept when its object goes', () => {
    expect(at(only(group(), 'LogGroup'), 'spec')).toEqual({ name: '/eks/x', retentionDays: 30 });
    expect(at(only(group(), 'LogGroup'), 'metadata', 'annotations')).toEqual({
      'services.k8s.aws/deletion-policy': 'retain',
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
  });

  test('is removed when asked to, and then Argo CD may prune it', () => {
    const object = only(group({ deletionPolicy: AckDeletionPolicy.DELETE }), 'LogGroup');
    expect(at(object, 'metadata', 'annotations')).toEqual({ 'services.k8s.aws/deletion-policy': 'delete' });
  });

  test.each<[object, string]>([
    [{ retentionDays: 31 }, 'AckLogGroupProps.retentionDays: got 31, allowed: 1, 3, 5'],
    [{ logGroupName: 'a b' }, 'AckLogGroupProps.logGroupName: got "a b"'],
    [{ region: 'seoul' }, 'AckLogGroupProps.region: got "seoul"'],
    [{ tags: { 'aws:x': 'y' } }, 'AckLogGroupProps.tags: got "aws:x"'],
  ])('%j is refused', (changes, message) => {
    expect(() => group(changes)).toThrow(message);
  });
});

describe('roles', () => {
  const trust = { issuer: ISSUER, accountId: '111122223333', namespace: 'monitoring', serviceAccount: 'grafana-alloy' };

  test('a service account is trusted by issuer, sub and aud', () => {
    const host = ISSUER.replace('https://', '');
    expect(JSON.parse(IamTrust.serviceAccount(trust).document).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${host}:aud`]: 'sts.amazonaws.com',
            [`${host}:sub`]: 'system:serviceaccount:monitoring:grafana-alloy',
          },
        },
      },
    ]);
  });

  test.each<[object, string]>([
    [{ issuer: 'https://oidc.eks.ap-northeast-2.amazonaws.com' }, 'ServiceAccountTrust.issuer: got'],
    [{ accountId: '1' }, 'ServiceAccountTrust.accountId: got "1"'],
    [{ namespace: '*' }, 'ServiceAccountTrust.namespace: got "*"'],
    [{ serviceAccount: '*' }, 'ServiceAccountTrust.serviceAccount: got "*"'],
  ])('trust with %j is refused', (changes, message) => {
    expect(() => IamTrust.serviceAccount({ ...trust, ...changes })).toThrow(message);
  });

  const objects = render((scope) => {
    const policy = new AckPolicy(scope, 'p', { ...OBJECT, name: 'write', statements: [STATEMENT], tags: { a: 'b' } });
    const role = new AckRole(scope, 'r', {
      ...OBJECT,
      roleName: 'Writer',
      trust: IamTrust.podIdentity(),
      policies: [policy],
      statements: [STATEMENT],
    });
    new AckPodIdentityAssociation(scope, 'a', {
      ...OBJECT,
      clusterName: 'tictactoe-dev',
      serviceAccountNamespace: 'monitoring',
      serviceAccountName: 'grafana-alloy',
      role,
    });
  });

  test('policies allow what they say and no more; tags are a list in IAM', () => {
    const policy = only(objects, 'Policy');
    expect(at(policy, 'spec', 'tags')).toEqual([{ key: 'a', value: 'b' }]);
    expect(JSON.parse(String(at(policy, 'spec', 'policyDocument')))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: STATEMENT.actions,
          Resource: STATEMENT.resources,
          Condition: STATEMENT.conditions,
        },
      ],
    });
  });

  test('role, policy and association find each other by their objects', () => {
    expect(at(only(objects, 'Role'), 'spec')).toMatchObject({
      name: 'Writer',
      policyRefs: [{ from: { name: 'write' } }],
      inlinePolicies: { allow: at(only(objects, 'Policy'), 'spec', 'policyDocument') },
    });
    expect(JSON.parse(String(at(only(objects, 'Role'), 'spec', 'assumeRolePolicyDocument'))).Statement[0]).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    });
    expect(at(only(objects, 'PodIdentityAssociation'), 'spec')).toEqual({
      clusterName: 'tictactoe-dev',
      namespace: 'monitoring',
      serviceAccount: 'grafana-alloy',
      roleRef: { from: { name: 'x' } },
    });
  });

  test.each<[object, string]>([
    [{ actions: ['aps:*'] }, 'AckPolicyProps.statements.actions: got "aps:*"'],
    [{ resources: ['workspace'] }, 'AckPolicyProps.statements.resources: got "workspace"'],
    [{ resources: [] }, 'allowed: one action and one resource or more'],
  ])('a statement with %j is refused', (changes, message) => {
    const statements = [{ ...STATEMENT, ...changes }];
    expect(() => render((scope) => new AckPolicy(scope, 'p', { ...OBJECT, statements }))).toThrow(message);
  });

  test('an association refuses a role of another namespace', () => {
    const make = () =>
      render((scope) => {
        const role = new AckRole(scope, 'r', { name: 'r', namespace: 'other', trust: IamTrust.podIdentity() });
        const account = { serviceAccountNamespace: 'a', serviceAccountName: 'b' };
        new AckPodIdentityAssociation(scope, 'a', { ...OBJECT, ...account, clusterName: 'c', role });
      });
    expect(make).toThrow('AckPodIdentityAssociationProps.role: got "other/r"');
  });
});

describe('AckFieldExport', () => {
  const PROPS: AckFieldExportProps = {
    ...OBJECT,
    fromGroup: 'iam.services.k8s.aws',
    fromKind: 'Role',
    fromName: 'writer',
    path: '.status.ackResourceMetadata.arn',
    configMapNamespace: 'monitoring',
    configMapName: 'roles',
    configMapKey: 'writer',
  };

  function exported(changes: Partial<AckFieldExportProps> = {}) {
    const made: AckFieldExport[] = [];
    const objects = render((scope) => made.push(new AckFieldExport(scope, 'e', { ...PROPS, ...changes })));
    return { objects, construct: made[0] };
  }

  test('hands a field over to whoever reads the ConfigMap, and tells Argo CD to leave it alone', () => {
    const { objects, construct } = exported();
    expect(at(only(objects, 'FieldExport'), 'spec')).toEqual({
      from: {
        path: '.status.ackResourceMetadata.arn',
        resource: { group: 'iam.services.k8s.aws', kind: 'Role', name: 'writer' },
      },
      to: { kind: 'configmap', name: 'roles', namespace: 'monitoring', key: 'writer' },
    });
    expect(only(objects, 'ConfigMap')).not.toHaveProperty('data');
    expect(construct?.value.source).toEqual({ name: 'roles', namespace: 'monitoring', key: 'writer' });
    expect(construct?.ignoreDifferences[0]?.jsonPointers).toEqual(['/data/writer']);
  });

  test('leaves the ConfigMap to others when it is shared', () => {
    expect(exported({ createConfigMap: false }).objects.map(({ kind }) => kind)).toEqual(['FieldExport']);
  });

  test.each<[Partial<AckFieldExportProps>, string]>([
    [{ path: 'status.x' }, 'AckFieldExportProps.path: got "status.x"'],
    [{ path: '.status' }, 'AckFieldExportProps.path: got ".status"'],
    [{ fromGroup: 'apps' }, 'AckFieldExportProps.fromGroup: got "apps"'],
    [{ fromKind: 'role' }, 'AckFieldExportProps.fromKind: got "role"'],
    [{ configMapKey: 'a/b' }, 'AckFieldExportProps.configMapKey: got "a/b"'],
  ])('%j is refused', (changes, message) => {
    expect(() => exported(changes)).toThrow(message);
  });
});

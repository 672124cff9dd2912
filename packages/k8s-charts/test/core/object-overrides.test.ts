import type { Construct } from 'constructs';
import {
  AckAlertManagerDefinition,
  AckFieldExport,
  AckLogGroup,
  AckLoggingConfiguration,
  AckPodIdentityAssociation,
  AckPolicy,
  AckPrometheusWorkspace,
  AckRole,
  AckRuleGroupsNamespace,
  ArgoApplication,
  ArgoApplicationSet,
  ArgoDestination,
  ArgoEksCluster,
  ArgoGenerator,
  ArgoProject,
  EnvironmentValue,
  ExternalGrafana,
  GrafanaAmpDataSource,
  GrafanaCloudWatchDataSource,
  GrafanaDashboard,
  GrafanaFolder,
  GrafanaToken,
  IamTrust,
  ObservabilityNamespace,
  PrometheusRemoteWriteTarget,
} from '../../src';
import { at, render } from '../render';

type Overrides = { [key: string]: unknown };

const place = { name: 'one', namespace: 'ack-system' };
const region = 'ap-northeast-2';
const arn = `arn:aws:eks:${region}:111122223333:cluster/tictactoe-dev`;
const other = 'arn:aws:iam::444455556666:role/other';
const workspace = { ...place, region };
const repoUrl = 'https://github.com/eks-sightline/sightline.git';
const statements = [{ actions: ['aps:RemoteWrite'], resources: ['*'] }];
const destination = ArgoDestination.eksCluster(arn);
const url = 'https://g-0123456789.grafana-workspace.ap-northeast-2.amazonaws.com';
const token = GrafanaToken.secret('token', 'key');
const grafana = (scope: Construct) => new ExternalGrafana(scope, 'grafana', { ...place, url, token });
const amp = PrometheusRemoteWriteTarget.ampWorkspace({
  region: EnvironmentValue.literal(region),
  workspaceId: EnvironmentValue.configMapKey({ ...place, key: 'id' }),
});
const annotated = (key: string, value: string) => ({ metadata: { annotations: { [key]: value } } });
const otherRegion = annotated('services.k8s.aws/region', 'eu-west-1');
const otherUrl = annotated('services.k8s.aws/endpoint-url', 'https://example.com');
const otherAccount = annotated('services.k8s.aws/owner-account-id', '444455556666');

/** Props' type, kind, the component with overrides, what they may add, and what would change where to or as whom. */
const OBJECTS: [string, string, (scope: Construct, overrides?: Overrides) => unknown, Overrides, Overrides[]][] = [
  [
    'AckPrometheusWorkspaceProps',
    'Workspace',
    (scope, overrides) => new AckPrometheusWorkspace(scope, 'x', { ...workspace, exportNamespace: 'm', overrides }),
    { spec: { tags: { team: 'games' } } },
    [otherRegion, otherUrl, otherAccount, { spec: { alias: 'other' } }],
  ],
  [
    'AckRuleGroupsNamespaceProps',
    'RuleGroupsNamespace',
    (scope, overrides) =>
      new AckRuleGroupsNamespace(scope, 'x', { ...place, workspace, configuration: 'groups: []', overrides }),
    { spec: { tags: { team: 'games' } } },
    [otherRegion, { spec: { workspaceID: 'ws-1' } }, { spec: { workspaceRef: { from: { name: 'other' } } } }],
  ],
  [
    'AckAlertManagerDefinitionProps',
    'AlertManagerDefinition',
    (scope, overrides) =>
      new AckAlertManagerDefinition(scope, 'x', {
        ...place,
        workspace,
        configuration: 'alertmanager_config: {}',
        overrides,
      }),
    { metadata: { labels: { team: 'games' } } },
    [otherUrl, { spec: { workspaceID: 'ws-1' } }],
  ],
  [
    'AckLoggingConfigurationProps',
    'LoggingConfiguration',
    (scope, overrides) =>
      new AckLoggingConfiguration(scope, 'x', {
        ...place,
        workspace,
        logGroupArn: `arn:aws:logs:${region}:111122223333:log-group:/x:*`,
        overrides,
      }),
    { metadata: { labels: { team: 'games' } } },
    [
      { spec: { logGroupARN: 'arn:aws:logs:eu-west-1:444455556666:log-group:/x:*' } },
      { spec: { workspaceID: 'ws-1' } },
    ],
  ],
  [
    'AckLogGroupProps',
    'LogGroup',
    (scope, overrides) => new AckLogGroup(scope, 'x', { ...place, logGroupName: '/x', overrides }),
    { spec: { kmsKeyID: 'alias/logs' } },
    [otherRegion, { spec: { name: '/y' } }],
  ],
  [
    'AckRoleProps',
    'Role',
    (scope, overrides) => new AckRole(scope, 'x', { ...place, trust: IamTrust.podIdentity(), overrides }),
    { spec: { permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' } },
    [otherAccount, { spec: { name: 'other' } }, { spec: { assumeRolePolicyDocument: '{}' } }],
  ],
  [
    'AckPolicyProps',
    'Policy',
    (scope, overrides) => new AckPolicy(scope, 'x', { ...place, statements, overrides }),
    { spec: { path: '/team/' } },
    [otherAccount, { spec: { policyDocument: '{}' } }],
  ],
  [
    'AckPodIdentityAssociationProps',
    'PodIdentityAssociation',
    (scope, overrides) =>
      new AckPodIdentityAssociation(scope, 'x', {
        ...place,
        clusterName: 'tictactoe-dev',
        serviceAccountNamespace: 'monitoring',
        serviceAccountName: 'fluent-bit',
        role: new AckRole(scope, 'role', { ...place, trust: IamTrust.podIdentity() }),
        overrides,
      }),
    { spec: { disableSessionTags: true } },
    [
      { spec: { roleARN: other } },
      { spec: { targetRoleARN: other } },
      { spec: { serviceAccount: 'other' } },
      { spec: { clusterRef: { from: { name: 'other' } } } },
      { spec: { clusterName: 'other' } },
    ],
  ],
  [
    'AckFieldExportProps',
    'FieldExport',
    (scope, overrides) =>
      new AckFieldExport(scope, 'x', {
        ...place,
        fromGroup: 'iam.services.k8s.aws',
        fromKind: 'Role',
        fromName: 'r',
        path: '.status.ackResourceMetadata.arn',
        configMapNamespace: 'm',
        configMapName: 'c',
        configMapKey: 'arn',
        overrides,
      }),
    { metadata: { labels: { team: 'games' } } },
    [{ spec: { to: { namespace: 'other' } } }, { spec: { from: { path: '.status.x' } } }],
  ],
  [
    'ArgoApplicationProps',
    'Application',
    (scope, overrides) =>
      new ArgoApplication(scope, 'x', { name: 'one', repoUrl, path: 'gitops', destination, overrides }),
    { spec: { revisionHistoryLimit: 3 } },
    [
      { spec: { destination: { server: 'https://example.com' } } },
      { spec: { destination: { name: 'other' } } },
      { spec: { source: { repoURL: 'https://example.com/x.git' } } },
      { spec: { sources: [{ repoURL: 'https://example.com/x.git' }] } },
      { spec: { source: { kustomize: { namespace: 'other' } } } },
    ],
  ],
  [
    'ArgoApplicationSetProps',
    'ApplicationSet',
    (scope, overrides) =>
      new ArgoApplicationSet(scope, 'x', {
        name: 'all',
        generator: ArgoGenerator.clusters(),
        applicationName: '{{.name}}',
        repoUrl,
        path: 'gitops',
        clusterServer: '{{.server}}',
        overrides,
      }),
    { spec: { strategy: { type: 'RollingSync' } } },
    [
      { spec: { template: { spec: { destination: { server: 'https://example.com' } } } } },
      { spec: { template: { spec: { sources: [] } } } },
      { spec: { templatePatch: 'spec: {}' } },
      { spec: { generators: [] } },
    ],
  ],
  [
    'ArgoProjectProps',
    'AppProject',
    (scope, overrides) =>
      new ArgoProject(scope, 'x', {
        name: 'one',
        sourceRepos: [repoUrl],
        destinations: [{ cluster: destination, namespace: 'm' }],
        overrides,
      }),
    { spec: { orphanedResources: { warn: true } } },
    [
      { spec: { destinations: [{ server: '*', namespace: '*' }] } },
      { spec: { sourceRepos: ['*'] } },
      { spec: { destinationServiceAccounts: [{ server: '*', namespace: '*', defaultServiceAccount: 'admin' }] } },
    ],
  ],
  [
    'ArgoEksClusterProps',
    'Secret',
    (scope, overrides) => new ArgoEksCluster(scope, 'x', { name: 'dev', clusterArn: arn, overrides }),
    { stringData: { shard: '1' } },
    [
      { stringData: { server: 'https://example.com' } },
      { stringData: { config: `{"awsAuthConfig":{"roleARN":"${other}"}}` } },
      { data: { server: 'eA==' } },
    ],
  ],
  [
    'ExternalGrafanaProps',
    'Grafana',
    (scope, overrides) => new ExternalGrafana(scope, 'x', { ...place, url, token, overrides }),
    { spec: { client: { timeout: 30 } } },
    [
      { spec: { external: { url: 'https://example.com' } } },
      { spec: { external: { apiKey: { name: 'other' } } } },
      { spec: { external: { adminUser: { name: 'x', key: 'y' } } } },
    ],
  ],
  [
    'GrafanaFolderProps',
    'GrafanaFolder',
    (scope, overrides) => new GrafanaFolder(scope, 'x', { name: 'f', title: 'F', grafana: grafana(scope), overrides }),
    { spec: { resyncPeriod: '1h' } },
    [{ spec: { instanceSelector: { matchLabels: { 'eks-sightline.github.io/grafana': 'other' } } } }],
  ],
  [
    'GrafanaDashboardProps',
    'GrafanaDashboard',
    (scope, overrides) =>
      new GrafanaDashboard(scope, 'x', {
        name: 'd',
        json: '{"uid":"d","title":"D"}',
        grafana: grafana(scope),
        overrides,
      }),
    { spec: { resyncPeriod: '1h' } },
    [{ spec: { url: 'https://example.com/d.json' } }, { spec: { folderUID: 'other' } }],
  ],
  [
    'GrafanaAmpDataSourceProps',
    'GrafanaDatasource',
    (scope, overrides) =>
      new GrafanaAmpDataSource(scope, 'x', { name: 'a', grafana: grafana(scope), workspace: amp, overrides }),
    { spec: { datasource: { jsonData: { timeInterval: '30s' } } } },
    [
      { spec: { datasource: { url: 'https://example.com' } } },
      { spec: { datasource: { jsonData: { sigV4Region: 'eu-west-1' } } } },
      { spec: { datasource: { jsonData: { sigV4AssumeRoleArn: other } } } },
      { spec: { valuesFrom: [] } },
    ],
  ],
  [
    'GrafanaCloudWatchDataSourceProps',
    'GrafanaDatasource',
    (scope, overrides) =>
      new GrafanaCloudWatchDataSource(scope, 'x', { name: 'c', grafana: grafana(scope), region, overrides }),
    { spec: { datasource: { jsonData: { logsTimeout: '30m' } } } },
    [
      { spec: { datasource: { url: 'https://example.com' } } },
      { spec: { datasource: { jsonData: { assumeRoleArn: other } } } },
      { spec: { datasource: { jsonData: { endpoint: 'https://example.com' } } } },
      { spec: { datasource: { secureJsonData: { accessKey: 'x' } } } },
      { spec: { valuesFrom: [{ targetPath: 'url' }] } },
    ],
  ],
  [
    'ObservabilityNamespaceProps',
    'Namespace',
    (scope, overrides) => new ObservabilityNamespace(scope, 'x', { name: 'm', overrides }),
    annotated('scheduler.alpha.kubernetes.io/node-selector', 'team=games'),
    [{ metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } }, otherAccount],
  ],
];

describe.each(OBJECTS)('%s.overrides', (struct, kind, make, added, refusals) => {
  const object = (overrides?: Overrides) =>
    render((scope) => make(scope, overrides))
      .filter((one) => one.kind === kind)
      .at(-1);

  test('add what the component has no prop for, and change nothing else', () => {
    const plain = object();
    const extended = object(added);
    expect(extended).not.toEqual(plain);
    expect(extended).toMatchObject(added);
    expect(extended).toMatchObject(plain ?? {});
  });

  test.each(refusals)('cannot say %j', (overrides) => {
    expect(() => object(overrides)).toThrow(`${struct}.overrides: got`);
  });

  test.each([{ metadata: { name: 'other' } }, { kind: 'Other' }, { apiVersion: 'v9' }])(
    'cannot say %j',
    (overrides) => {
      expect(() => object(overrides)).toThrow(`${struct}.overrides: got`);
    },
  );

  test('may repeat what is there', () => {
    const plain = object();
    expect(object({ metadata: { name: String(at(plain, 'metadata', 'name')) } })).toEqual(plain);
  });
});

test('the error names the field, what stands there and the mend', () => {
  const make = () =>
    render(
      (scope) => new AckLogGroup(scope, 'x', { ...place, logGroupName: '/x', overrides: { spec: { name: '/y' } } }),
    );
  expect(make).toThrow(
    'AckLogGroupProps.overrides: got "spec/name \\"/y\\"", allowed: spec/name "/x", which the component\'s own props say. ' +
      'Use the prop of the component that sets it.',
  );
});

import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AckControllerRole,
  AckPermissions,
  AddonConflictResolution,
  AdotAddon,
  AlertManager,
  AlertReceiver,
  ArgoCdRole,
  ClusterAccess,
  ClusterOidcProvider,
  ContainerLogGroup,
  EksCapability,
  EksCapabilityKind,
  EksObservability,
  GrafanaAuthenticationProvider,
  GrafanaDataSource,
  GrafanaRole,
  GrafanaServiceAccountToken,
  GrafanaSource,
  GrafanaSsoAssignment,
  GrafanaWorkspace,
  GrafanaWorkspaceDashboard,
  GrafanaWorkspaceDataSource,
  GrafanaWorkspaceFolder,
  IdentityCenterGroup,
  IdentityCenterUser,
  LogCollection,
  MetricsCollection,
  ObservabilityAddon,
  ObservabilityAddonName,
  PrivateComponent,
  PrivateObservabilityEndpoints,
  PrometheusAlarms,
  PrometheusRule,
  PrometheusScraper,
  PrometheusWorkspace,
  RuleGroups,
  RuleGroupsDefinition,
  SamlMetadata,
  ScrapeDefinition,
  ServiceAccountRole,
  WorkloadIdentity,
} from '../../src';
import { ACCOUNT, ISSUER, OTHER_ACCOUNT } from './stack';

/** Puts every construct of the library, with every grant, into the stack. */
export function addEverything(stack: Stack): void {
  const { issuer } = new ClusterOidcProvider(stack, 'Provider', { issuerUrl: `https://${ISSUER}` });
  const writer = new ServiceAccountRole(stack, 'Writer', {
    issuer,
    namespace: 'monitoring',
    serviceAccountName: 'grafana-alloy',
  });
  const metrics = new PrometheusWorkspace(stack, 'Metrics', {
    alias: 'eks-metrics',
    retentionPeriod: Duration.days(90),
    outOfOrderWindow: Duration.minutes(5),
    ruleQueryOffset: Duration.seconds(30),
    labelSetLimits: [
      { labels: { namespace: 'tictactoe-dev' }, maxSeries: 1000 },
      { labels: {}, maxSeries: 50_000 },
    ],
    encryptionKey: new kms.Key(stack, 'MetricsKey', { enableKeyRotation: true }),
    alertingLogGroup: new logs.LogGroup(stack, 'Alerting', { logGroupName: '/aws/vendedlogs/prometheus/alerting' }),
    queryLogGroup: new logs.LogGroup(stack, 'Queries', { logGroupName: '/aws/vendedlogs/prometheus/queries' }),
  });
  metrics.grantRemoteWrite(writer);
  metrics.grantRemoteWrite(new iam.AccountPrincipal(OTHER_ACCOUNT));
  new PrometheusAlarms(stack, 'MetricsAlarms', { workspace: metrics, maxActiveSeries: 1_600_000 });
  addRules(stack, metrics);
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });
  addScraper(stack, cluster);
  metrics.grantRemoteWrite(
    new WorkloadIdentity(stack, 'Adot', { cluster, namespace: 'monitoring', serviceAccountName: 'adot' }),
  );
  addToCluster(stack, cluster, metrics);
  new EksObservability(stack, 'Observability', {
    clusterName: 'tictactoe-prod',
    issuer,
    metrics: MetricsCollection.alloy(),
    logs: LogCollection.fluentBit(),
  });

  const tagged = PrometheusWorkspace.fromWorkspaceTags(stack, 'Tagged', { tags: { 'sightline-overlay': 'dev' } });
  const taggedWriter = new ServiceAccountRole(stack, 'TaggedWriter', {
    issuer,
    namespace: 'monitoring',
    serviceAccountName: 'grafana-alloy-2',
  });
  tagged.grantRemoteWrite(taggedWriter);

  const shipper = new ServiceAccountRole(stack, 'Shipper', {
    issuer,
    namespace: 'monitoring',
    serviceAccountName: 'fluent-bit',
  });
  const logGroup = new ContainerLogGroup(stack, 'Logs', {
    logGroupName: '/eks/tictactoe',
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
  });
  logGroup.grantWriteStreams(shipper);

  const grafana = new GrafanaWorkspace(stack, 'Grafana', {
    workspaceName: 'tictactoe-grafana',
    authenticationProviders: [GrafanaAuthenticationProvider.AWS_SSO, GrafanaAuthenticationProvider.SAML],
    saml: { metadata: SamlMetadata.fromUrl('https://idp.example.com/metadata') },
    pluginAdmin: false,
    networkAccess: { prefixLists: [ec2.PrefixList.fromPrefixListId(stack, 'Office', 'pl-0123456789abcdef0')] },
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'DataVpc', {
      vpcId: 'vpc-0123456789abcdef1',
      availabilityZones: ['ap-northeast-2a', 'ap-northeast-2b'],
      privateSubnetIds: ['subnet-0123456789abcde1a', 'subnet-0123456789abcde1b'],
    }),
    notificationTopics: [sns.Topic.fromTopicArn(stack, 'Tell', 'arn:aws:sns:ap-northeast-2:111122223333:tell')],
    dataSources: [GrafanaDataSource.PROMETHEUS, GrafanaDataSource.CLOUDWATCH],
  });
  grafana.grantQueryPrometheus(metrics);
  grafana.grantReadLogs(logGroup.logGroup);
  grafana.grantReadMetrics();
  addContent(stack, grafana, metrics, logGroup);
}

function addContent(
  stack: Stack,
  workspace: GrafanaWorkspace,
  metrics: PrometheusWorkspace,
  { logGroup }: ContainerLogGroup,
): void {
  const identityStoreId = 'd-1234567890';
  const group = new IdentityCenterGroup(stack, 'GrafanaAdmins', { identityStoreId, displayName: 'grafana-admins' });
  new GrafanaSsoAssignment(stack, 'Admins', { workspace, role: GrafanaRole.ADMIN, groups: [group] });
  const amp = GrafanaSource.prometheusWorkspace(metrics);
  new GrafanaWorkspaceDataSource(stack, 'AmpSource', { workspace, uid: 'amp', source: amp, isDefault: true });
  const cloudWatch = GrafanaSource.cloudWatch({ logGroups: [logGroup] });
  new GrafanaWorkspaceDataSource(stack, 'CloudWatchSource', { workspace, uid: 'cloudwatch', source: cloudWatch });
  const folder = new GrafanaWorkspaceFolder(stack, 'Games', { workspace, title: 'Games', uid: 'games' });
  const file = join(__dirname, '..', 'grafana-content', 'fixtures', 'game.json');
  new GrafanaWorkspaceDashboard(stack, 'Game', { workspace, folder, file });
  new GrafanaServiceAccountToken(stack, 'GrafanaToken', {
    workspace,
    role: GrafanaRole.ADMIN,
    secretName: 'tictactoe/grafana',
    encryptionKey: new kms.Key(stack, 'TokenKey', { enableKeyRotation: true }),
  });
}

function addRules(stack: Stack, workspace: PrometheusWorkspace): void {
  const rule = PrometheusRule.alerting('Down', { expr: 'up == 0', forDuration: Duration.minutes(5) });
  new RuleGroups(stack, 'Rules', {
    workspace,
    definition: RuleGroupsDefinition.fromGroups({ name: 'tictactoe', rules: [rule] }),
  });
  const topic = new sns.Topic(stack, 'Alerts', {
    masterKey: new kms.Key(stack, 'AlertsKey', { enableKeyRotation: true }),
    enforceSSL: true,
  });
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'PagerDuty', 'pagerduty');
  const onCall = AlertReceiver.pagerDuty('on-call', { secret, secretKey: 'routing_key' });
  new AlertManager(stack, 'AlertManager', {
    workspace,
    route: {
      receiver: AlertReceiver.sns('team', { topic }),
      routes: [{ receiver: onCall, matchers: ['severity="critical"'] }],
    },
  });
}

function addScraper(stack: Stack, cluster: eks.IClusterRef): void {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['ap-northeast-2a', 'ap-northeast-2b'],
    privateSubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcde0a', 'rtb-0123456789abcde0b'],
  });
  new PrivateObservabilityEndpoints(stack, 'Endpoints', { vpc, components: Object.values(PrivateComponent) });
  new PrometheusScraper(stack, 'Scraper', {
    cluster,
    workspace: new PrometheusWorkspace(stack, 'Scraped'),
    definition: ScrapeDefinition.fromText('scrape_configs: []'),
    vpc,
  });
}

function addToCluster(stack: Stack, cluster: eks.IClusterRef, metricsTo: PrometheusWorkspace): void {
  const certManager = new ObservabilityAddon(stack, 'CertManager', {
    cluster,
    addon: ObservabilityAddonName.CERT_MANAGER,
    conflictResolution: AddonConflictResolution.OVERWRITE,
  });
  new AdotAddon(stack, 'AdotAddon', {
    cluster,
    metricsTo,
    after: [certManager],
    version: 'v0.151.0-eksbuild.2',
    kubernetesVersion: '1.36',
    tracesToXray: true,
  });
  new EksCapability(stack, 'Ack', { cluster, kind: EksCapabilityKind.ack({ crossNamespace: true }) });
  addAckControllers(stack, cluster);
  const identityCenterInstanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
  const access = [{ role: ArgoCdRole.ADMIN, groupIds: ['01234567-89ab-cdef-0123-456789abcdef'] }];
  new EksCapability(stack, 'ArgoCd', {
    cluster,
    kind: EksCapabilityKind.argoCd({ identityCenterInstanceArn, access }),
  });
  new ClusterAccess(stack, 'OnCall', {
    cluster,
    role: iam.Role.fromRoleName(stack, 'OnCallRole', 'on-call'),
    kubernetesGroups: ['observers'],
  });
}

/** Puts those of the library into the stack that make people; the stack must be in us-east-1. */
export function addPeople(stack: Stack): void {
  const identityStoreId = 'd-1234567890';
  const names = { userName: 'operator', givenName: 'On', familyName: 'Call', email: 'on-call@example.com' };
  const operator = new IdentityCenterUser(stack, 'Operator', { identityStoreId, ...names });
  new IdentityCenterGroup(stack, 'Admins', { identityStoreId, displayName: 'grafana-admins', users: [operator] });
}

function addAckControllers(stack: Stack, cluster: eks.IClusterRef): void {
  const tags = { 'sightline-overlay': 'dev' };
  const controlled: Record<string, AckPermissions> = {
    Prometheus: AckPermissions.prometheus({
      tags,
      ruleGroupsNamespaces: ['tictactoe'],
      alertManager: true,
      logging: true,
      deletes: true,
    }),
    Logs: AckPermissions.logGroups({ logGroupNames: ['/eks/tictactoe'], deletes: true }),
    Iam: AckPermissions.roles({ roleNames: ['FluentBitRole'], policyNames: ['FluentBitPolicy'], deletes: true }),
    Eks: AckPermissions.podIdentityAssociations({
      cluster,
      roleArns: [`arn:aws:iam::${ACCOUNT}:role/FluentBitRole`],
      deletes: true,
    }),
  };
  for (const [id, permissions] of Object.entries(controlled)) {
    new AckControllerRole(stack, `Ack${id}`, { cluster, permissions });
  }
}

import {
  AddonConflictResolution,
  ClusterAccess,
  ClusterOidcProvider,
  ContainerLogGroup,
  GrafanaAuthenticationProvider,
  GrafanaWorkspace,
  IdentityCenterGroup,
  IdentityCenterUser,
  ObservabilityAddon,
  ObservabilityAddonName,
  PrometheusAlarms,
  PrometheusRule,
  PrometheusScraper,
  PrometheusWorkspace,
  RuleGroups,
  RuleGroupsDefinition,
  SamlMetadata,
  ScrapeDefinition,
} from '@eks-sightline/constructs';
import { Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { clusterName, issuer } from './world';

/** Constructs that make neither roles nor policies, with all their options. */
export class RestStack extends Stack {
  private readonly cluster = eks.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName });
  private readonly vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['ap-northeast-2a', 'ap-northeast-2b'],
    privateSubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
  });

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.metrics();
    this.logsAndGrafana();
    this.ofTheCluster();
    Tags.of(this).add('env', 'dev');
  }

  private metrics(): void {
    const group = (name: string) =>
      new logs.LogGroup(this, name, { logGroupName: `/aws/vendedlogs/prometheus/${name}` });
    const workspace = new PrometheusWorkspace(this, 'Metrics', {
      alias: 'eks-metrics',
      retentionPeriod: Duration.days(90),
      outOfOrderWindow: Duration.minutes(5),
      ruleQueryOffset: Duration.seconds(30),
      labelSetLimits: [
        { labels: { namespace: 'tictactoe-dev' }, maxSeries: 1000 },
        { labels: {}, maxSeries: 50_000 },
      ],
      encryptionKey: new kms.Key(this, 'MetricsKey', { enableKeyRotation: true }),
      alertingLogGroup: group('alerting'),
      queryLogGroup: group('queries'),
      queryLogThreshold: 1000,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new PrometheusAlarms(this, 'Alarms', { workspace, maxActiveSeries: 1_600_000 });
    new RuleGroups(this, 'Rules', {
      workspace,
      namespaceName: 'tictactoe',
      definition: RuleGroupsDefinition.fromGroups({
        name: 'tictactoe',
        interval: Duration.seconds(30),
        rules: [
          PrometheusRule.recording('namespace:up:avg', { expr: 'avg by (namespace) (up)' }),
          PrometheusRule.alerting('Down', {
            expr: 'up == 0',
            forDuration: Duration.minutes(5),
            labels: { severity: 'critical' },
            annotations: { summary: '{{ $labels.pod }} does not answer' },
          }),
        ],
      }),
    });
    new PrometheusScraper(this, 'Scraper', {
      alias: 'tictactoe',
      cluster: this.cluster,
      workspace: new PrometheusWorkspace(this, 'Scraped'),
      definition: ScrapeDefinition.fromText('scrape_configs: []'),
      vpc: this.vpc,
      vpcSubnets: { subnets: this.vpc.privateSubnets },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', 'sg-0123456789abcdef0')],
      authenticationMode: eks.AuthenticationMode.API,
      logGroup: group('scraper'),
    });
  }

  private logsAndGrafana(): void {
    new ContainerLogGroup(this, 'Logs', {
      logGroupName: '/eks/tictactoe',
      retention: logs.RetentionDays.THREE_MONTHS,
      logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new GrafanaWorkspace(this, 'Grafana', {
      workspaceName: 'tictactoe-grafana',
      description: 'The game',
      authenticationProviders: [GrafanaAuthenticationProvider.AWS_SSO, GrafanaAuthenticationProvider.SAML],
      saml: { metadata: SamlMetadata.fromUrl('https://idp.example.com/metadata') },
      grafanaVersion: '10.4',
      pluginAdmin: false,
      networkAccess: { prefixLists: [ec2.PrefixList.fromPrefixListId(this, 'Office', 'pl-0123456789abcdef0')] },
      vpc: this.vpc,
      notificationTopics: [sns.Topic.fromTopicArn(this, 'Tell', `arn:aws:sns:${this.region}:${this.account}:tell`)],
    });
    new IdentityCenterGroup(this, 'Admins', {
      identityStoreId: 'd-1234567890',
      displayName: 'grafana-admins',
      description: 'May change dashboards',
      userIds: ['01234567-89ab-cdef-0123-456789abcdef'],
    });
  }

  private ofTheCluster(): void {
    new ClusterOidcProvider(this, 'Provider', { issuerUrl: issuer });
    for (const addon of Object.values(ObservabilityAddonName)) {
      new ObservabilityAddon(this, addon, {
        cluster: this.cluster,
        addon,
        conflictResolution: AddonConflictResolution.OVERWRITE,
        preserveOnDelete: true,
      });
    }
    new ClusterAccess(this, 'OnCall', {
      cluster: this.cluster,
      role: iam.Role.fromRoleName(this, 'OnCallRole', 'on-call'),
      kubernetesGroups: ['observers'],
      accessPolicies: [
        eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', {
          accessScopeType: eks.AccessScopeType.NAMESPACE,
          namespaces: ['monitoring'],
        }),
      ],
    });
  }
}

/** CloudFormation knows users in us-east-1 only. */
export class PeopleStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const identityStoreId = 'd-1234567890';
    const names = { userName: 'operator', givenName: 'On', familyName: 'Call', email: 'on-call@example.com' };
    const operator = new IdentityCenterUser(this, 'Operator', { identityStoreId, ...names });
    new IdentityCenterGroup(this, 'Admins', { identityStoreId, displayName: 'grafana-admins', users: [operator] });
  }
}

import {
  AckControllerRole,
  AckPermissions,
  AdotAddon,
  AlertManager,
  AlertReceiver,
  ClusterOidcIssuer,
  ContainerLogGroup,
  EksCapability,
  EksCapabilityKind,
  EksObservability,
  GrafanaDataSource,
  GrafanaWorkspace,
  LogCollection,
  MetricsCollection,
  PrivateComponent,
  PrivateObservabilityEndpoints,
  PrometheusWorkspace,
  ServiceAccountRole,
  WorkloadIdentity,
} from '@eks-sightline/constructs';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { account, clusterName, issuer, logGroupName, otherAccount, tags, workspaceId } from './world';

const keyArn = `arn:aws:kms:ap-northeast-2:${account}:key/12345678-1234-1234-1234-123456789012`;

/** Every role that the library makes, each with one kind of grant, and every policy that it writes for a resource. */
export class RolesStack extends Stack {
  private readonly issuer = ClusterOidcIssuer.fromIssuerUrl(issuer);
  private readonly cluster = eks.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName });
  private readonly metrics = PrometheusWorkspace.fromWorkspaceAttributes(this, 'Metrics', { workspaceId });
  private readonly tagged = PrometheusWorkspace.fromWorkspaceTags(this, 'Tagged', { tags });
  private readonly logs = ContainerLogGroup.fromContainerLogGroupAttributes(this, 'Logs', { logGroupName });

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.metrics.grantRemoteWrite(this.irsa('IrsaWriter', 'writer'));
    this.metrics.grantIngest(this.irsa('IrsaIngester', 'ingester'));
    this.metrics.grantQuery(this.podIdentity('PodQuerier', 'querier'));
    this.tagged.grantRemoteWrite(this.irsa('TagWriter', 'tag-writer'));
    this.tagged.grantIngest(this.podIdentity('TagIngester', 'tag-ingester'));
    this.tagged.grantQuery(this.irsa('TagQuerier', 'tag-querier'));
    this.logs.grantWriteStreams(this.podIdentity('LogWriter', 'log-writer'));
    this.encrypted();
    this.grafana();
    this.collectors();
    this.controllers();
    this.capabilities();
    this.resourcePolicies();
  }

  private irsa(roleName: string, serviceAccountName: string): ServiceAccountRole {
    return new ServiceAccountRole(this, roleName, {
      issuer: this.issuer,
      namespace: 'monitoring',
      serviceAccountName,
      roleName,
    });
  }

  private podIdentity(roleName: string, serviceAccountName: string): WorkloadIdentity {
    return new WorkloadIdentity(this, roleName, {
      cluster: this.cluster,
      namespace: 'monitoring',
      serviceAccountName,
      roleName,
    });
  }

  private encrypted(): void {
    const encryptionKey = kms.Key.fromKeyArn(this, 'ImportedKey', keyArn);
    const encrypted = PrometheusWorkspace.fromWorkspaceAttributes(this, 'Encrypted', { workspaceId, encryptionKey });
    encrypted.grantRemoteWrite(this.irsa('KeyWriter', 'key-writer'));
    encrypted.grantQuery(this.irsa('KeyQuerier', 'key-querier'));
  }

  private grafana(): void {
    const grafana = new GrafanaWorkspace(this, 'Grafana', {
      roleName: 'Grafana',
      dataSources: [GrafanaDataSource.PROMETHEUS, GrafanaDataSource.CLOUDWATCH],
    });
    grafana.grantQueryPrometheus(this.metrics);
    grafana.grantReadLogs(this.logs.logGroup);
    grafana.grantReadMetrics();
  }

  private collectors(): void {
    new AdotAddon(this, 'Adot', {
      cluster: this.cluster,
      metricsTo: this.metrics,
      logsTo: this.logs,
      tracesToXray: true,
    });
    new EksObservability(this, 'Observability', {
      cluster: this.cluster,
      issuer: this.issuer,
      workspace: this.metrics,
      logGroup: this.logs,
      metrics: MetricsCollection.alloy({ roleName: 'Alloy' }),
      logs: LogCollection.fluentBit({ roleName: 'FluentBit' }),
    });
  }

  private controllers(): void {
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(
      this,
      'Boundary',
      `arn:aws:iam::${account}:policy/Boundary`,
    );
    const controlled: Record<string, AckPermissions> = {
      AckPrometheus: AckPermissions.prometheus({ tags, ruleGroupsNamespaces: ['game'], alertManager: true }),
      AckLogs: AckPermissions.logGroups({ logGroupNames: [logGroupName] }),
      AckRoles: AckPermissions.roles({ roleNames: ['FluentBitRole'], permissionsBoundary }),
      AckAssociations: AckPermissions.podIdentityAssociations({
        cluster: this.cluster,
        roleArns: [`arn:aws:iam::${account}:role/FluentBitRole`],
      }),
    };
    for (const [roleName, permissions] of Object.entries(controlled)) {
      new AckControllerRole(this, roleName, { cluster: this.cluster, issuer: this.issuer, permissions, roleName });
    }
  }

  private capabilities(): void {
    const permissions = [AckPermissions.prometheus({ tags, deletes: true })];
    const kinds = {
      AckCapability: EksCapabilityKind.ack({ crossNamespace: true, permissions }),
      ArgoCdCapability: EksCapabilityKind.argoCd({
        identityCenterInstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
      }),
      KroCapability: EksCapabilityKind.kro(),
    };
    for (const [roleName, kind] of Object.entries(kinds)) {
      new EksCapability(this, roleName, { cluster: this.cluster, kind, roleName });
    }
  }

  private resourcePolicies(): void {
    const workspace = new PrometheusWorkspace(this, 'Workspace', {
      encryptionKey: new kms.Key(this, 'WorkspaceKey', { enableKeyRotation: true }),
    });
    workspace.grantRemoteWrite(iam.Role.fromRoleArn(this, 'Theirs', `arn:aws:iam::${otherAccount}:role/Writer`));
    const topic = new sns.Topic(this, 'Alerts', {
      topicName: 'alerts',
      masterKey: new kms.Key(this, 'AlertsKey', { enableKeyRotation: true }),
    });
    const secret = new secretsmanager.Secret(this, 'PagerDuty', { secretName: 'pagerduty' });
    const onCall = AlertReceiver.pagerDuty('on-call', { secret, secretKey: 'routing_key' });
    new AlertManager(this, 'AlertManager', {
      workspace,
      route: {
        receiver: AlertReceiver.sns('team', { topic }),
        routes: [{ receiver: onCall, matchers: ['severity="critical"'] }],
      },
    });
    new ContainerLogGroup(this, 'EncryptedLogs', {
      logGroupName: '/eks/encrypted',
      encryptionKey: new kms.Key(this, 'LogsKey', { enableKeyRotation: true }),
    });
    new PrivateObservabilityEndpoints(this, 'Endpoints', {
      components: Object.values(PrivateComponent),
      vpc: ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
        vpcId: 'vpc-0123456789abcdef0',
        vpcCidrBlock: '10.0.0.0/16',
        availabilityZones: ['ap-northeast-2a', 'ap-northeast-2b'],
        privateSubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
        privateSubnetRouteTableIds: ['rtb-0123456789abcde0a', 'rtb-0123456789abcde0b'],
      }),
    });
  }
}

import {
  AckControllerRole,
  AckPermissions,
  AlertReceiver,
  ClusterOidcIssuer,
  ContainerLogGroup,
  EksCapability,
  EksCapabilityKind,
  EksObservability,
  GrafanaDataSource,
  GrafanaRole,
  GrafanaWorkspace,
  IdentityCenterGroup,
  LogCollection,
  MetricsCollection,
  ObservabilityAddonName,
  PrometheusRule,
  PrometheusWorkspace,
  RuleGroupsDefinition,
  WorkloadIdentity,
} from '@eks-sightline/constructs';
import { type App, Duration, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as sns from 'aws-cdk-lib/aws-sns';

/** What the programs in `fixtures/polyglot` say in their own languages; all must synthesize the same template. */
export function polyglotStack(app: App): Stack {
  const stack = new Stack(app, 'Observability', { env: { account: '111122223333', region: 'ap-northeast-2' } });
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'tictactoe-dev' });
  const issuer = ClusterOidcIssuer.fromIssuerUrl(
    'https://oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
  );
  const workspace = new PrometheusWorkspace(stack, 'Metrics', {
    alias: 'eks-metrics',
    retentionPeriod: Duration.days(90),
    outOfOrderWindow: Duration.minutes(5),
    labelSetLimits: [
      { labels: { namespace: 'tictactoe-dev' }, maxSeries: 1000 },
      { labels: {}, maxSeries: 50000 },
    ],
  });
  const grafana = new GrafanaWorkspace(stack, 'Grafana', { dataSources: [GrafanaDataSource.PROMETHEUS] });
  const admins = new IdentityCenterGroup(stack, 'Admins', {
    identityStoreId: 'd-1234567890',
    displayName: 'grafana-admins',
  });
  const observability = new EksObservability(stack, 'Observability', {
    cluster,
    issuer,
    workspace,
    metrics: MetricsCollection.alloy({ roleName: 'Alloy', looksUpSeries: true }),
    logs: LogCollection.fluentBit({ roleName: 'FluentBit' }),
    logGroup: new ContainerLogGroup(stack, 'Logs', { logGroupName: '/eks/tictactoe' }),
    alerts: {
      receiver: AlertReceiver.sns('team', { topic: new sns.Topic(stack, 'Alerts') }),
      rules: {
        tictactoe: RuleGroupsDefinition.fromGroups({
          name: 'game',
          rules: [PrometheusRule.alerting('Down', { expr: 'up == 0', forDuration: Duration.minutes(5) })],
        }),
      },
    },
    grafana,
    logins: [{ role: GrafanaRole.ADMIN, groups: [admins] }],
    addons: [ObservabilityAddonName.KUBE_STATE_METRICS],
  });
  const reader = new WorkloadIdentity(stack, 'Reader', {
    cluster,
    namespace: 'monitoring',
    serviceAccountName: 'reader',
  });
  workspace.grantQuery(reader);
  if (observability.logsRole) {
    workspace.grant(observability.logsRole, 'aps:DescribeWorkspace');
  }
  const permissions = AckPermissions.prometheus({ tags: { 'sightline-overlay': 'dev' }, alertManager: true });
  new AckControllerRole(stack, 'AckPrometheus', { cluster, issuer, permissions });
  new EksCapability(stack, 'Ack', {
    cluster,
    kind: EksCapabilityKind.ack({ crossNamespace: true, permissions: [permissions] }),
  });
  return stack;
}

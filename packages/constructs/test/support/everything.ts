import { Duration, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  ClusterOidcIssuer,
  ContainerLogGroup,
  GrafanaAuthenticationProvider,
  GrafanaDataSource,
  GrafanaWorkspace,
  PrometheusAlarms,
  PrometheusWorkspace,
  ServiceAccountRole,
} from '../../src';
import { ISSUER, OTHER_ACCOUNT } from './stack';

/** Puts every construct of the library, with every grant, into the stack. */
export function addEverything(stack: Stack): void {
  const provider = new iam.OidcProviderNative(stack, 'Provider', {
    url: `https://${ISSUER}`,
    clientIds: ['sts.amazonaws.com'],
  });
  const issuer = ClusterOidcIssuer.fromOidcProvider(provider);
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
    labelSetLimits: [{ labels: { namespace: 'tictactoe-dev' }, maxSeries: 1000 }],
    encryptionKey: new kms.Key(stack, 'MetricsKey', { enableKeyRotation: true }),
    alertingLogGroup: new logs.LogGroup(stack, 'Alerting', { logGroupName: '/aws/vendedlogs/prometheus/alerting' }),
    queryLogGroup: new logs.LogGroup(stack, 'Queries', { logGroupName: '/aws/vendedlogs/prometheus/queries' }),
  });
  metrics.grantRemoteWrite(writer);
  metrics.grantRemoteWrite(new iam.AccountPrincipal(OTHER_ACCOUNT));
  new PrometheusAlarms(stack, 'MetricsAlarms', { workspace: metrics, maxActiveSeries: 1_600_000 });

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
    authenticationProviders: [GrafanaAuthenticationProvider.AWS_SSO],
    dataSources: [GrafanaDataSource.PROMETHEUS, GrafanaDataSource.CLOUDWATCH],
  });
  grafana.grantQueryPrometheus(metrics);
  grafana.grantReadLogs(logGroup.logGroup);
  grafana.grantReadMetrics();
}

import { Duration, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  ClusterOidcIssuer,
  ContainerLogGroup,
  GrafanaAuthenticationProvider,
  GrafanaDataSource,
  GrafanaWorkspace,
  PrometheusWorkspace,
  ServiceAccountRole,
} from '../../src';
import { ISSUER } from './stack';

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
  });
  metrics.grantRemoteWrite(writer);

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

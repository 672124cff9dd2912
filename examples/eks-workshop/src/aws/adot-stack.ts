import {
  AdotAddon,
  ClusterOidcIssuer,
  GrafanaDataSource,
  GrafanaWorkspace,
  ObservabilityAddon,
  ObservabilityAddonName,
  PrometheusWorkspace,
  ServiceAccountRole,
} from '@eks-sightline/constructs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Cluster } from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import { environment } from '../environment';

const { adot, cluster, grafana, namespace, prometheus } = environment;

/** First half: a workspace, ADOT with what it needs on the cluster, and Grafana for both halves. */
export class AdotStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const workspace = new PrometheusWorkspace(this, 'Prometheus', { alias: adot.alias });
    const role = new ServiceAccountRole(this, 'Adot', {
      issuer: ClusterOidcIssuer.fromIssuerUrl(cluster.issuerUrl),
      namespace,
      serviceAccountName: adot.serviceAccount,
      roleName: adot.role,
      description: `ADOT in ${cluster.name} writes metrics to AMP`,
    });
    workspace.grantRemoteWrite(role);

    const existing = Cluster.fromClusterAttributes(this, 'Cluster', { clusterName: cluster.name });
    // The operator's webhooks are served with certificates that cert-manager makes.
    const certManager = new ObservabilityAddon(this, 'CertManager', {
      cluster: existing,
      addon: ObservabilityAddonName.CERT_MANAGER,
    });
    new AdotAddon(this, 'AdotAddon', { cluster: existing, after: [certManager] });

    const dashboards = new GrafanaWorkspace(this, 'Grafana', {
      workspaceName: grafana.workspace,
      dataSources: [GrafanaDataSource.PROMETHEUS],
    });
    dashboards.grantQueryPrometheus(workspace);
    dashboards.grantQueryPrometheus(
      PrometheusWorkspace.fromWorkspaceAttributes(this, 'ConsolePrometheus', { workspaceId: prometheus.workspaceId }),
    );

    new CfnOutput(this, adot.idOutput, { value: workspace.workspaceId });
    new CfnOutput(this, 'GrafanaUrl', { value: dashboards.workspaceUrl });
  }
}

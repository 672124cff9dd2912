import {
  AdotAddon,
  ClusterOidcIssuer,
  EksObservability,
  GrafanaDataSource,
  GrafanaWorkspace,
  MetricsCollection,
  ObservabilityAddonName,
  PrometheusWorkspace,
} from '@eks-sightline/constructs';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment } from '../environment';

const { adot, cluster, grafana, namespace, prometheus } = environment;

/** First half: a workspace, ADOT with what it needs on the cluster, and Grafana for both halves. */
export class AdotStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const dashboards = new GrafanaWorkspace(this, 'Grafana', {
      workspaceName: grafana.workspace,
      dataSources: [GrafanaDataSource.PROMETHEUS],
    });
    dashboards.grantQueryPrometheus(
      PrometheusWorkspace.fromWorkspaceAttributes(this, 'ConsolePrometheus', { workspaceId: prometheus.workspaceId }),
    );

    const observability = new EksObservability(this, 'Observability', {
      clusterName: cluster.name,
      issuer: ClusterOidcIssuer.fromIssuerUrl(cluster.issuerUrl),
      namespace,
      workspace: new PrometheusWorkspace(this, 'Prometheus', { alias: adot.alias }),
      metrics: MetricsCollection.adot({ serviceAccountName: adot.serviceAccount, roleName: adot.role }),
      addons: [ObservabilityAddonName.CERT_MANAGER],
      grafana: dashboards,
    });

    // The operator makes the collector's pods; its webhooks are served with certificates that cert-manager makes.
    new AdotAddon(this, 'AdotAddon', {
      cluster: observability.cluster,
      after: Object.values(observability.addons),
    });
  }
}

import { ClusterOidcIssuer, EksObservability, MetricsCollection, PrometheusWorkspace } from '@eks-sightline/constructs';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment } from '../environment';

const { cluster, namespace, prometheus } = environment;

/** Second half: as whom Prometheus writes to a workspace that somebody made in the console. */
export class PrometheusStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new EksObservability(this, 'Observability', {
      clusterName: cluster.name,
      issuer: ClusterOidcIssuer.fromIssuerUrl(cluster.issuerUrl),
      namespace,
      workspace: PrometheusWorkspace.fromWorkspaceAttributes(this, 'Workspace', {
        workspaceId: prometheus.workspaceId,
      }),
      metrics: MetricsCollection.prometheus({
        serviceAccountName: prometheus.serviceAccount,
        roleName: prometheus.role,
        // The four actions of the workshop's ingest policy, on this workspace instead of on all.
        looksUpSeries: true,
      }),
    });
  }
}

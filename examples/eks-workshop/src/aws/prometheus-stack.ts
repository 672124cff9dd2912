import { ClusterOidcIssuer, PrometheusWorkspace, ServiceAccountRole } from '@eks-sightline/constructs';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment } from '../environment';

const { cluster, namespace, prometheus } = environment;

/** Second half: as whom Prometheus writes to a workspace that somebody made in the console. */
export class PrometheusStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const role = new ServiceAccountRole(this, 'Prometheus', {
      issuer: ClusterOidcIssuer.fromIssuerUrl(cluster.issuerUrl),
      namespace,
      serviceAccountName: prometheus.serviceAccount,
      roleName: prometheus.role,
      description: `Prometheus in ${cluster.name} writes metrics to AMP`,
    });
    PrometheusWorkspace.fromWorkspaceAttributes(this, 'Workspace', {
      workspaceId: prometheus.workspaceId,
    }).grantRemoteWrite(role);
  }
}

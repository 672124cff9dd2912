import {
  AdotAddon,
  ClusterOidcIssuer,
  EksObservability,
  GrafanaDataSource,
  GrafanaRole,
  GrafanaSource,
  GrafanaWorkspace,
  GrafanaWorkspaceDashboard,
  GrafanaWorkspaceDataSource,
  IdentityCenterGroup,
  MetricsCollection,
  ObservabilityAddonName,
  PrometheusWorkspace,
} from '@eks-sightline/constructs';
import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment } from '../environment';
import { paths } from '../paths';

const { adot, cluster, grafana, identityCenter, namespace, prometheus } = environment;

/** First half: a workspace, ADOT with what it needs on the cluster, and Grafana for both halves. */
export class AdotStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const dashboards = new GrafanaWorkspace(this, 'Grafana', {
      workspaceName: grafana.workspace,
      dataSources: [GrafanaDataSource.PROMETHEUS],
    });

    const metrics = new PrometheusWorkspace(this, 'Prometheus', { alias: adot.alias });
    // People are made in IAM Identity Center; who of them looks at the panels is said here.
    const people = new IdentityCenterGroup(this, 'People', {
      identityStoreId: identityCenter.identityStoreId,
      displayName: identityCenter.group,
      userIds: [...identityCenter.userIds],
    });
    const observability = new EksObservability(this, 'Observability', {
      clusterName: cluster.name,
      issuer: ClusterOidcIssuer.fromIssuerUrl(cluster.issuerUrl),
      namespace,
      workspace: metrics,
      metrics: MetricsCollection.adot({ serviceAccountName: adot.serviceAccount, roleName: adot.role }),
      addons: [ObservabilityAddonName.CERT_MANAGER],
      grafana: dashboards,
      logins: [{ role: GrafanaRole.ADMIN, groups: [people] }],
    });

    for (const [uid, workspace] of Object.entries({
      [adot.stack]: metrics,
      [prometheus.stack]: PrometheusWorkspace.fromWorkspaceAttributes(this, 'ConsolePrometheus', {
        workspaceId: prometheus.workspaceId,
      }),
    })) {
      new GrafanaWorkspaceDataSource(this, `${uid}Source`, {
        workspace: dashboards,
        uid: uid.toLowerCase(),
        // The plugin that the dashboard asks for, whatever version of Grafana the workspace gets.
        source: GrafanaSource.prometheusWorkspace(workspace, { corePlugin: false }),
      });
    }
    // One dashboard for both: its reader chooses the half.
    new GrafanaWorkspaceDashboard(this, 'Collection', { workspace: dashboards, file: paths.dashboard });

    // The operator makes the collector's pods; its webhooks are served with certificates that cert-manager makes.
    new AdotAddon(this, 'AdotAddon', {
      cluster: observability.cluster,
      after: Object.values(observability.addons),
    });

    // For whoever reviews with cdk-nag: the wildcards in the roles of the functions that work inside of Grafana.
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions::AwsSolutions-IAM5[Resource::<ekssightlineGrafanaContentProviderHandlerFunction98D72CF0.Arn>:*]',
        reason: 'The framework of custom resources may call any version of its one function.',
      },
      {
        id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
        reason: 'Assigning people asks IAM Identity Center for its instance, which cannot be limited to a resource.',
      },
      {
        id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-${environment.account}-${environment.region}/*.json]`,
        reason: 'Names of assets are hashes: a deployment that is rolled back reads the dashboard of the one before.',
      },
    );
  }
}

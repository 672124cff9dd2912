import { join } from 'node:path';
import {
  GrafanaContentProvider,
  GrafanaRole,
  GrafanaServiceAccountToken,
  GrafanaSource,
  GrafanaSsoAssignment,
  GrafanaWorkspace,
  GrafanaWorkspaceDashboard,
  GrafanaWorkspaceDataSource,
  GrafanaWorkspaceFolder,
  PrometheusWorkspace,
  WorkloadIdentity,
} from '@eks-sightline/constructs';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { clusterName, grafanaId, workspaceId } from './world';

/** What is set up inside of a Grafana that exists, with the functions that do it, and who reads the token. */
export class ContentStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const workspace = GrafanaWorkspace.fromWorkspaceAttributes(this, 'Grafana', {
      workspaceId: grafanaId,
      role: iam.Role.fromRoleName(this, 'GrafanaRole', 'TheirGrafana'),
    });
    const provider = new GrafanaContentProvider(this, 'Provider');
    const content = { workspace, provider };
    const groupIds = ['01234567-89ab-cdef-0123-456789abcdef'];
    new GrafanaSsoAssignment(this, 'Viewers', { ...content, role: GrafanaRole.VIEWER, groupIds });
    const metrics = PrometheusWorkspace.fromWorkspaceAttributes(this, 'Metrics', { workspaceId });
    const source = GrafanaSource.prometheusWorkspace(metrics);
    new GrafanaWorkspaceDataSource(this, 'Source', { ...content, uid: 'amp', source });
    const folder = new GrafanaWorkspaceFolder(this, 'Folder', { ...content, title: 'Games', uid: 'games' });
    const file = join(__dirname, '..', '..', 'fixtures', 'dashboard.json');
    new GrafanaWorkspaceDashboard(this, 'Dashboard', { ...content, folder, file });
    const token = new GrafanaServiceAccountToken(this, 'Token', {
      ...content,
      role: GrafanaRole.ADMIN,
      secretName: 'tictactoe/grafana',
    });
    token.grantRead(
      new WorkloadIdentity(this, 'Reader', {
        cluster: eks.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName }),
        namespace: 'external-secrets',
        serviceAccountName: 'external-secrets',
        roleName: 'TokenReader',
      }),
    );
  }
}

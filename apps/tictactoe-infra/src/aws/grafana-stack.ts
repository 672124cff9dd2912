import {
  ContainerLogGroup,
  GrafanaAuthenticationProvider,
  GrafanaDataSource,
  GrafanaWorkspace,
  PrometheusWorkspace,
} from '@eks-sightline/constructs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment, type Overlay } from '../environment';
import { anyStreamOf, anyWorkspace, explainWildcards, unscopedReads } from './wildcards';

export interface GrafanaStackProps extends StackProps {
  readonly overlays: readonly Overlay[];
}

/** One Grafana for all installations: it reads the metrics and the logs of each of them, and nothing else. */
export class GrafanaStack extends Stack {
  constructor(scope: Construct, id: string, props: GrafanaStackProps) {
    super(scope, id, props);
    const grafana = new GrafanaWorkspace(this, 'Grafana', {
      workspaceName: environment.grafana.workspace,
      roleName: environment.grafana.role,
      authenticationProviders: [GrafanaAuthenticationProvider.AWS_SSO],
      dataSources: [GrafanaDataSource.PROMETHEUS, GrafanaDataSource.CLOUDWATCH],
    });
    for (const { name, prometheus, logGroup } of props.overlays) {
      grafana.grantQueryPrometheus(
        PrometheusWorkspace.fromWorkspaceTags(this, `Prometheus-${name}`, { tags: prometheus.tags }),
      );
      grafana.grantReadLogs(
        ContainerLogGroup.fromContainerLogGroupAttributes(this, `Logs-${name}`, { logGroupName: logGroup.name })
          .logGroup,
      );
      explainWildcards(grafana, anyStreamOf(logGroup.name));
    }
    // The health check of Grafana's CloudWatch data source asks for metrics too.
    grafana.grantReadMetrics();
    explainWildcards(grafana, { ...anyWorkspace, ...unscopedReads });

    new CfnOutput(this, 'GrafanaWorkspaceId', { value: grafana.workspaceId });
    new CfnOutput(this, 'GrafanaUrl', { value: grafana.workspaceUrl });
  }
}

import {
  ClusterOidcIssuer,
  ContainerLogGroup,
  PrometheusWorkspace,
  ServiceAccountRole,
} from '@eks-sightline/constructs';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environment, type Overlay } from '../environment';
import { retention } from './retention';
import { anyWorkspace, explainWildcards } from './wildcards';

export interface ObservabilityStackProps extends StackProps {
  readonly overlay: Overlay;
}

/** What one cluster needs of AWS: where its logs go, and as whom its collectors write. ACK makes the AMP workspace. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { overlay } = props;
    const { monitoring } = environment.namespaces;
    const issuer = ClusterOidcIssuer.fromIssuerUrl(overlay.cluster.issuerUrl);

    const alloy = new ServiceAccountRole(this, 'Alloy', {
      issuer,
      namespace: monitoring,
      serviceAccountName: environment.alloy.name,
      roleName: overlay.roles.alloy,
      description: `Grafana Alloy in ${overlay.cluster.name} writes metrics to AMP`,
    });
    PrometheusWorkspace.fromWorkspaceTags(this, 'Prometheus', { tags: overlay.prometheus.tags }).grantRemoteWrite(
      alloy,
    );
    explainWildcards(alloy, anyWorkspace);

    const fluentBit = new ServiceAccountRole(this, 'FluentBit', {
      issuer,
      namespace: monitoring,
      serviceAccountName: environment.fluentBit.name,
      roleName: overlay.roles.fluentBit,
      description: `Fluent Bit in ${overlay.cluster.name} writes container logs to CloudWatch`,
    });
    const logGroup = new ContainerLogGroup(this, 'LogGroup', {
      logGroupName: overlay.logGroup.name,
      retention: retention(overlay.logGroup.retentionDays),
    });
    logGroup.grantWriteStreams(fluentBit);

    new CfnOutput(this, 'AlloyRoleArn', { value: alloy.roleArn });
    new CfnOutput(this, 'FluentBitRoleArn', { value: fluentBit.roleArn });
    new CfnOutput(this, 'LogGroupName', { value: logGroup.logGroupName });
  }
}

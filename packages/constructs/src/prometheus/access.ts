import type { IResource } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';

/**
 * One or more workspaces of Amazon Managed Service for Prometheus to which access can be granted.
 *
 * An `IPrometheusWorkspace` is one, known by its id; `PrometheusWorkspace.fromWorkspaceTags` gives another, for a
 * workspace that somebody else makes (ACK, for example) and that has no id yet when the templates are synthesized.
 */
export interface IPrometheusAccess extends IResource {
  /**
   * Lets the grantee send samples: `aps:RemoteWrite`, the only action of the managed policy
   * `AmazonPrometheusRemoteWriteAccess`, but on these workspaces only.
   *
   * @param grantee who may write
   */
  grantRemoteWrite(grantee: iam.IGrantable): iam.Grant;

  /**
   * Lets the grantee send samples and look up which series there are: `aps:RemoteWrite`, `aps:GetSeries`, `aps:GetLabels` and
   * `aps:GetMetricMetadata`, the ingest policy of AWS's guide, but on these workspaces only. Collectors do with
   * `grantRemoteWrite`; this is for tools that compare what they send with what is there.
   *
   * @param grantee who may write and look up
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/set-up-irsa.html
   */
  grantIngest(grantee: iam.IGrantable): iam.Grant;

  /**
   * Lets the grantee query: `aps:GetLabels`, `aps:GetMetricMetadata`, `aps:GetSeries` and `aps:QueryMetrics`, the
   * actions of the managed policy `AmazonPrometheusQueryAccess`, but on these workspaces only.
   *
   * @param grantee who may query
   */
  grantQuery(grantee: iam.IGrantable): iam.Grant;
}

import type * as aps from 'aws-cdk-lib/aws-aps';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IPrometheusAccess } from './access';

/**
 * A workspace of Amazon Managed Service for Prometheus (AMP).
 */
export interface IPrometheusWorkspace extends IPrometheusAccess, aps.IWorkspaceRef {
  /**
   * Id of the workspace: `ws-` and a UUID.
   *
   * @attribute
   */
  readonly workspaceId: string;

  /**
   * ARN of the workspace: `arn:<partition>:aps:<region>:<account>:workspace/<id>`.
   *
   * @attribute
   */
  readonly workspaceArn: string;

  /**
   * Base URL of the workspace, without a slash at the end. It is what a Grafana data source wants as `url`:
   * `https://aps-workspaces.<region>.<DNS suffix>/workspaces/<id>`.
   *
   * Built from region and id, not from the attribute `PrometheusEndpoint`, about whose ending AWS's documentation and
   * what AWS returns do not agree. Plain text when region and id are known at synth.
   */
  readonly endpointUrl: string;

  /**
   * URL to which collectors send samples, signed with SigV4 for service `aps`: `<endpointUrl>/api/v1/remote_write`.
   */
  readonly remoteWriteUrl: string;

  /**
   * URL of instant queries, signed with SigV4 for service `aps`: `<endpointUrl>/api/v1/query`.
   */
  readonly queryUrl: string;

  /**
   * Key that the workspace is encrypted with, if that is a key of yours and known here. Whoever is granted to write or
   * query is then granted to use it, by way of AMP only.
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Grants any actions of service `aps` on this workspace, and on nothing else.
   *
   * @param grantee who may
   * @param actions such as `aps:DescribeWorkspace`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * Adds a statement to the policy of the workspace, for principals of other accounts. `grantRemoteWrite` and
   * `grantQuery` do so by themselves for a grantee of another account.
   *
   * AMP heeds only the actions of the Prometheus-compatible API there (`aps:RemoteWrite`, `aps:QueryMetrics`, …) and
   * ignores others. Nothing is added to a workspace that is not made here.
   *
   * @param statement the statement, with principals and with this workspace's ARN as resource
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-aps-resourcepolicy.html
   */
  addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;

  /**
   * A metric that AMP publishes for the workspace in namespace `AWS/Prometheus` under the one dimension `Workspace`,
   * such as `QuerySamplesProcessed`.
   *
   * Metrics that have a further dimension (discarded samples: the reason; rules: the group) do not show up this way.
   *
   * @param metricName name of the metric
   * @param options statistic, period and the like; by default the average of five minutes
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * A metric that AMP publishes for the workspace in namespace `AWS/Usage`: metric `ResourceCount` with dimensions
   * `Service` Prometheus, `Type` Resource, `Class` None, `ResourceId` the workspace and `Resource` what is counted.
   *
   * @param resource what is counted, such as `ActiveAlerts`, `RemoteWriteTPS` or `QueryMetricsTPS`
   * @param options statistic, period and the like; by default the maximum of five minutes
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html
   */
  metricResourceCount(resource: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Number of series that had a sample in the last two hours, which is what the quota of a workspace counts.
   *
   * @param options statistic, period and the like; by default the maximum of five minutes
   */
  metricActiveSeries(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Samples that arrive in a second, which is what a bill is made of.
   *
   * @param options statistic, period and the like; by default the maximum of five minutes
   */
  metricIngestionRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Samples that were refused, for whatever reason: `rate_limited`, `sample-too-old`, `per_user_series_limit`, ….
   *
   * AMP publishes one metric for each reason, so this is a query of CloudWatch Metrics Insights that adds them up. Look
   * at `DiscardedSamples` in `AWS/Prometheus` to see the reason.
   *
   * @param options label, period and the like; by default the sum of five minutes
   */
  metricDiscardedSamples(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression;

  /**
   * Evaluations of rules that failed, in all rule groups: a query of CloudWatch Metrics Insights, because AMP publishes
   * one metric for each rule group.
   *
   * @param options label, period and the like; by default the sum of five minutes
   */
  metricRuleEvaluationFailures(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression;

  /**
   * Notifications that the alert manager could not deliver.
   *
   * @param options statistic, period and the like; by default the sum of five minutes
   */
  metricNotificationsFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/**
 * What must be known of a workspace that exists.
 */
export interface PrometheusWorkspaceAttributes {
  /**
   * Id of the workspace: `ws-` and a UUID. Not its ARN, alias or URL.
   */
  readonly workspaceId: string;

  /**
   * Region of the workspace.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Account of the workspace.
   *
   * @default - the account of the stack
   */
  readonly account?: string;

  /**
   * Key that the workspace is encrypted with.
   *
   * @default - none that a writer or a reader would need a grant for
   */
  readonly encryptionKey?: kms.IKey;
}

import type { IResource } from 'aws-cdk-lib';
import type * as grafana from 'aws-cdk-lib/aws-grafana';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IPrometheusAccess } from '../prometheus';

/**
 * A workspace of Amazon Managed Grafana (AMG). As a grantee it stands for the role that its data sources read with.
 */
export interface IGrafanaWorkspace extends IResource, iam.IGrantable, grafana.IWorkspaceRef {
  /**
   * Id of the workspace: `g-` and hexadecimal digits.
   *
   * @attribute
   */
  readonly workspaceId: string;

  /**
   * ARN of the workspace: `arn:<partition>:grafana:<region>:<account>:/workspaces/<id>`.
   *
   * @attribute
   */
  readonly workspaceArn: string;

  /**
   * Host name of the workspace, without a scheme: `<id>.grafana-workspace.<region>.<DNS suffix>`.
   *
   * @attribute
   */
  readonly workspaceEndpoint: string;

  /** Where people and provisioners reach the workspace: `https://` and its host name. */
  readonly workspaceUrl: string;

  /**
   * Lets the workspace query a Prometheus workspace: what `IPrometheusAccess.grantQuery` grants.
   *
   * @param prometheus the workspace, or the workspaces that bear given tags
   */
  grantQueryPrometheus(prometheus: IPrometheusAccess): iam.Grant;

  /**
   * Lets the workspace read one log group through a CloudWatch data source.
   *
   * On the group and its streams: `logs:StartQuery`, `logs:GetQueryResults`, `logs:GetLogGroupFields`,
   * `logs:GetLogEvents`. On everything, because AWS supports no resource for them: `logs:DescribeLogGroups` (the names
   * of all log groups become visible in Grafana's menus, their content does not) and `logs:StopQuery`.
   *
   * The health check of the data source reads metrics too: without `grantReadMetrics` it reports a failure, though logs
   * can be queried.
   *
   * @param logGroup the group to read
   */
  grantReadLogs(logGroup: ILogGroup): iam.Grant;

  /**
   * Lets the workspace read CloudWatch metrics: `cloudwatch:ListMetrics` and `cloudwatch:GetMetricData`.
   *
   * AWS does not let them be scoped to a namespace or metric: the workspace can read all metrics of its account and
   * region.
   */
  grantReadMetrics(): iam.Grant;
}

/**
 * What must be known of a workspace that exists.
 */
export interface GrafanaWorkspaceAttributes {
  /** Id of the workspace: `g-` and hexadecimal digits. */
  readonly workspaceId: string;

  /**
   * The role that the workspace reads its data sources with.
   *
   * @default - unknown: what is granted becomes a warning that says which statement its role needs
   */
  readonly role?: iam.IRole;

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
}

import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

/*
 * The parts of the managed policy AmazonGrafanaCloudWatchAccess that a data source needs. Which actions take a resource
 * is from the service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
const LOG_GROUP_ACTIONS = ['logs:GetLogEvents', 'logs:GetLogGroupFields', 'logs:GetQueryResults', 'logs:StartQuery'];
const UNSCOPED_LOG_ACTIONS = ['logs:DescribeLogGroups', 'logs:StopQuery'];
const UNSCOPED_METRIC_ACTIONS = ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'];

/** Reading of one log group; the actions that take no resource are in a statement of their own. */
export function grantReadLogs(grantee: iam.IGrantable, logGroup: ILogGroup): iam.Grant {
  const scoped = iam.Grant.addToPrincipal({
    grantee,
    actions: LOG_GROUP_ACTIONS,
    resourceArns: [logGroup.logGroupArn],
  });
  return scoped.combine(iam.Grant.addToPrincipal({ grantee, actions: UNSCOPED_LOG_ACTIONS, resourceArns: ['*'] }));
}

/** Reading of all metrics of the account and region: CloudWatch knows no narrower resource. */
export function grantReadMetrics(grantee: iam.IGrantable): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions: UNSCOPED_METRIC_ACTIONS, resourceArns: ['*'] });
}

import { known, type PolicyDocument, type Statement, textOf, type Value } from '../../model';

/**
 * What AWS's own policies grant, as far as it lies on a signal's path; the full documents are in the AWS Managed Policy
 * Reference. A policy that is not in this table is unknown, never empty.
 */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  PowerUserAccess: ['aps:*', 'logs:*', 'cloudwatch:*', 'xray:*', 'grafana:*'],
  AmazonPrometheusRemoteWriteAccess: ['aps:RemoteWrite'],
  AmazonPrometheusQueryAccess: ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'],
  AmazonPrometheusFullAccess: ['aps:*'],
  CloudWatchAgentServerPolicy: [
    'cloudwatch:PutMetricData',
    'ec2:DescribeVolumes',
    'ec2:DescribeTags',
    'logs:PutLogEvents',
    'logs:PutRetentionPolicy',
    'logs:DescribeLogStreams',
    'logs:DescribeLogGroups',
    'logs:CreateLogStream',
    'logs:CreateLogGroup',
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
  CloudWatchFullAccess: ['cloudwatch:*', 'logs:*'],
  CloudWatchFullAccessV2: ['cloudwatch:*', 'logs:*'],
  CloudWatchLogsFullAccess: ['logs:*', 'cloudwatch:GenerateQuery'],
  CloudWatchLogsReadOnlyAccess: [
    'logs:Describe*',
    'logs:Get*',
    'logs:List*',
    'logs:StartQuery',
    'logs:StopQuery',
    'logs:TestMetricFilter',
    'logs:FilterLogEvents',
    'logs:StartLiveTail',
    'logs:StopLiveTail',
    'cloudwatch:GenerateQuery',
  ],
  AWSXrayWriteOnlyAccess: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
};

/** The document of a policy that AWS manages; `undefined` when this version does not know it. */
export function managedPolicy(arn: Value): PolicyDocument | undefined {
  const text = textOf(arn);
  const [, name] = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(text ?? '') ?? [];
  const grants = name === undefined ? undefined : GRANTS[name];
  if (!grants) return undefined;
  const statement: Statement = {
    effect: 'Allow',
    actions: { negated: false, values: grants.map((action) => known(action)) },
    resources: { negated: false, values: [known('*')] },
    conditions: [],
    ...(arn.span && { span: arn.span }),
  };
  return { label: `AWS managed policy ${name}`, statements: [statement], ...(arn.span && { span: arn.span }) };
}

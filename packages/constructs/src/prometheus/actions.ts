/** As in the managed policy AmazonPrometheusRemoteWriteAccess, version 1. */
export const REMOTE_WRITE_ACTIONS = ['aps:RemoteWrite'];

/** As in the managed policy AmazonPrometheusQueryAccess, version 1. */
export const QUERY_ACTIONS = ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'];

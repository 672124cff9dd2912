/** As in the managed policy AmazonPrometheusRemoteWriteAccess, version 1. */
export const REMOTE_WRITE_ACTIONS = ['aps:RemoteWrite'];

/** As in the ingest policy of AWS's guide: https://docs.aws.amazon.com/prometheus/latest/userguide/set-up-irsa.html */
export const INGEST_ACTIONS = ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:RemoteWrite'];

/** As in the managed policy AmazonPrometheusQueryAccess, version 1. */
export const QUERY_ACTIONS = ['aps:GetLabels', 'aps:GetMetricMetadata', 'aps:GetSeries', 'aps:QueryMetrics'];

/**
 * What whoever writes needs on a customer managed key of the workspace, and what whoever queries does.
 *
 * https://docs.aws.amazon.com/prometheus/latest/userguide/encryption-at-rest-Amazon-Service-Prometheus.html
 */
export const REMOTE_WRITE_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];
export const QUERY_KEY_ACTIONS = ['kms:Decrypt'];

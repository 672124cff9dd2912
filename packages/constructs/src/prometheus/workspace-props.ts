import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { PrometheusLabelSetLimit } from './label-set-limit';

/**
 * Properties of a `PrometheusWorkspace`.
 */
export interface PrometheusWorkspaceProps {
  /**
   * A name by which people find the workspace; need not be unique. 1 to 100 characters.
   *
   * @default - the workspace has no alias
   */
  readonly alias?: string;

  /**
   * How long samples are kept: whole days, 1 to 1095 (three years).
   *
   * @default - the service's default, 150 days
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html
   */
  readonly retentionPeriod?: Duration;

  /**
   * Key that the workspace is encrypted with, a symmetric one; it cannot be changed later, and the managed collectors of
   * AMP (`PrometheusScraper`) cannot write to a workspace with a key of your own.
   *
   * Its policy is extended so that principals of this account may have AMP make the grants that it needs. Whoever is
   * granted to write or query is granted to use the key by way of AMP. The policy of an imported key cannot be extended;
   * a warning says what it must allow.
   *
   * @default - encrypted with a key that AWS owns
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/encryption-at-rest-Amazon-Service-Prometheus.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How late a sample may be, compared with the newest of its series: whole seconds; zero switches it off.
   *
   * @default - the service's default, 60 seconds
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html
   */
  readonly outOfOrderWindow?: Duration;

  /**
   * How far back rules look, so that samples that come late are there when the rules are evaluated: whole seconds.
   *
   * @default - rules are evaluated for the time at which they run
   */
  readonly ruleQueryOffset?: Duration;

  /**
   * How many series with given labels the workspace takes: keeps one team's labels from using up the whole quota.
   *
   * @default - no limit but the quota of the workspace
   */
  readonly labelSetLimits?: PrometheusLabelSetLimit[];

  /**
   * Log group for what goes wrong with rules and alerts. A name that starts with `/aws/vendedlogs/` keeps the account's
   * policy for log deliveries small.
   *
   * @default - not logged
   */
  readonly alertingLogGroup?: logs.ILogGroup;

  /**
   * Log group for queries that read at least `queryLogThreshold` samples.
   *
   * @default - not logged
   */
  readonly queryLogGroup?: logs.ILogGroup;

  /**
   * From how many processed samples on a query is logged; 0 logs every query. Needs `queryLogGroup`.
   *
   * @default 0
   */
  readonly queryLogThreshold?: number;

  /**
   * What happens to the workspace, and with it to all samples, when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

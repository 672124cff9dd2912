import type { IServiceAccountRole } from '../identity';

/**
 * What is said of a collector that runs in the cluster; its manifests are another library's, or your own.
 */
export interface CollectorOptions {
  /**
   * Name of the service account that its pods run as.
   *
   * @default - that of the component in @eks-sightline/k8s-charts: grafana-alloy, prometheus-agent, adot-collector or
   * fluent-bit
   */
  readonly serviceAccountName?: string;

  /**
   * Namespace of the service account.
   *
   * @default - the namespace of the `EksObservability`
   */
  readonly namespace?: string;

  /**
   * Name of the role that is made, unique in the account.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;

  /**
   * Images of the pods, as in their manifest. With EKS Pod Identity, one that is known to be too old is refused; in a
   * private network, those that no endpoint serves are listed.
   *
   * @default - not looked at
   */
  readonly images?: string[];

  /**
   * The role of the service account, when somebody else owns it (`ServiceAccountRole.fromServiceAccountRoleAttributes`). It
   * is granted what the collector needs if it is in the account of the stack. Not together with the other options but
   * `images`.
   *
   * @default - a role is made
   */
  readonly identity?: IServiceAccountRole;
}

/**
 * What is said of a collector of metrics that runs in the cluster.
 */
export interface MetricsCollectorOptions extends CollectorOptions {
  /**
   * Whether the collector may look up series, labels and metadata as well: the ingest policy of AWS's guide.
   *
   * @default false
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/set-up-irsa.html
   */
  readonly looksUpSeries?: boolean;
}

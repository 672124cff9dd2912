import type * as eks from 'aws-cdk-lib/aws-eks';
import type { ObservabilityAddonName } from '../eks';
import type { IGrafanaWorkspace } from '../grafana';
import type { ClusterOidcIssuer } from '../identity';
import type { IContainerLogGroup } from '../logs';
import type { IPrometheusAccess } from '../prometheus';
import type { ObservabilityAlerts } from './alerts';
import type { LogCollection } from './log-collection';
import type { ObservabilityLogin } from './logins';
import type { MetricsCollection } from './metrics-collection';
import type { ObservabilityPrivateNetwork } from './private-network';

/**
 * Properties of an `EksObservability`.
 */
export interface EksObservabilityProps {
  /**
   * Name of the cluster, in the account and region of the stack.
   *
   * @default - that of `cluster`, one of which must be given
   */
  readonly clusterName?: string;

  /**
   * The cluster, of either of the CDK's modules for EKS.
   *
   * @default - the one called `clusterName`, one of which must be given
   */
  readonly cluster?: eks.IClusterRef;

  /**
   * Issuer of the cluster's tokens, for IRSA: `ClusterOidcIssuer.fromIssuerUrl` if its IAM OIDC provider exists,
   * `ClusterOidcProvider` to make one.
   *
   * @default - none, so that collectors get credentials by EKS Pod Identity
   */
  readonly issuer?: ClusterOidcIssuer;

  /**
   * Namespace of the collectors.
   *
   * @default 'monitoring'
   */
  readonly namespace?: string;

  /**
   * How metrics are collected.
   *
   * @default - they are not
   */
  readonly metrics?: MetricsCollection;

  /**
   * Where metrics go: a workspace of this app, one that exists, or one that somebody else makes
   * (`PrometheusWorkspace.fromWorkspaceTags`).
   *
   * @default - a workspace is made if metrics are collected, whose alias is the name of the cluster
   */
  readonly workspace?: IPrometheusAccess;

  /**
   * How logs are collected.
   *
   * @default - they are not, unless the way of collecting metrics does so, too
   */
  readonly logs?: LogCollection;

  /**
   * Where logs go: a log group of this app, or one that exists.
   *
   * @default - a log group `/eks/<name of the cluster>` is made if logs are collected, which keeps events for a month
   */
  readonly logGroup?: IContainerLogGroup;

  /**
   * Who is told of what goes wrong, and what that is. Needs a workspace whose id is known.
   *
   * @default - nobody
   */
  readonly alerts?: ObservabilityAlerts;

  /**
   * The Grafana that shows it: it is granted to query the metrics and to read the log group.
   *
   * @default - nothing is granted
   */
  readonly grafana?: IGrafanaWorkspace;

  /**
   * Who may log in to `grafana` by IAM Identity Center: an entry for each role.
   *
   * @default - nobody is assigned here
   */
  readonly logins?: ObservabilityLogin[];

  /**
   * Add-ons that EKS puts into the cluster, beside what is chosen above. Leave out those that the cluster has already.
   *
   * @default - none
   */
  readonly addons?: ObservabilityAddonName[];

  /**
   * The network, if the cluster has no way to the internet: gets the VPC endpoints for what is chosen here.
   *
   * @default - the cluster reaches the endpoints of AWS by itself
   */
  readonly privateNetwork?: ObservabilityPrivateNetwork;

  /**
   * What the names of the stack's outputs begin with, for a stack with several clusters.
   *
   * @default ''
   */
  readonly outputPrefix?: string;
}

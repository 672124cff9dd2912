import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { AwsIdentity } from '../core/aws-identity';
import type { ContainerImageProps } from '../core/container-image-props';
import type { ContainerResources } from '../core/container-resources';
import type { EnvironmentValue } from '../core/environment-value';
import type { MetricsSource } from './metrics-source';
import type { PodDiscovery } from './pod-discovery';
import type { PrometheusRemoteWriteTarget } from './prometheus-remote-write-target';

/**
 * The pods of a metrics collector, whatever it collects.
 */
export interface MetricsWorkloadProps extends ContainerImageProps {
  /**
   * Namespace of all namespaced objects. It is part of what an IAM role trusts, together with the name.
   */
  readonly namespace: string;

  /**
   * As whom the collector writes.
   */
  readonly identity: AwsIdentity;

  /**
   * Name of the workload, the cluster role and its binding, and value of the label `app`. The ConfigMap is called
   * `<name>-config`.
   *
   * @default - the component's own: `grafana-alloy`, `prometheus-agent`, `prometheus-server` or `adot-collector`
   */
  readonly name?: string;

  /**
   * Name of the service account, which an IAM role trusts together with the namespace.
   *
   * @default - the name of the component
   */
  readonly serviceAccountName?: string;

  /**
   * Run two replicas that both scrape and both write, so that nothing is missed while one is replaced. The workspace keeps the
   * samples of one: series leave with the labels `cluster` and `__replica__`, which it takes away again. Needs a value of
   * `clusterName` that no other collector of the workspace has.
   *
   * @default false
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-ingest-dedupe.html
   */
  readonly highAvailability?: boolean;

  /**
   * Resources of the container.
   *
   * @default - requests 100m CPU; memory by component: Grafana Alloy 384Mi, limit 768Mi; PrometheusServer 512Mi, limit 2Gi; the others
   * 256Mi, limit 512Mi
   */
  readonly resources?: ContainerResources;

  /**
   * Restrict the pod's traffic: in from itself only; out to name resolution, HTTPS, the Pod Identity agent and the
   * targets. Needs a cluster whose network plugin enforces policies.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Further labels of all objects and pods. They do not replace the component's own.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * What is to be different in the Deployment, DaemonSet or StatefulSet, or in the resource of the operator, as it stands in the manifest: objects are merged by key, lists of named things by
   * name, anything else is replaced. What joins it to other objects is refused: names, labels that select, the service account,
   * the configuration, variables that say where it writes to and as whom, and by what it turns names into addresses.
   *
   * @default - nothing
   */
  readonly overrides?: { [key: string]: unknown };
}

/**
 * What all metrics collectors have in common. The same props give the same series, whichever collector takes them: the same
 * targets, metric names and labels, `job` and `instance` included. To that end none passes `target_info` on, and whole numbers of `le` and
 * `quantile` have no decimal point ("1"). What is left: bounds of a million and more, or below a ten-thousandth, are "1000000" from
 * `AdotCollector` and "1e+06" from the others, where the page has them so.
 */
export interface MetricsCollectorProps extends MetricsWorkloadProps {
  /**
   * Where the metrics go.
   */
  readonly remoteWrite: PrometheusRemoteWriteTarget;

  /**
   * Value of the label `cluster` that every series gets on the way out.
   */
  readonly clusterName: EnvironmentValue;

  /**
   * Which pods are scraped.
   *
   * @default PodDiscovery.annotations()
   */
  readonly discovery?: PodDiscovery;

  /**
   * Metrics about the cluster to collect besides those of the pods: each once, by a single collector of the cluster.
   *
   * @default - none
   */
  readonly sources?: MetricsSource[];

  /**
   * Names of the metrics of pods to keep; all others are dropped after the scrape. A name may end in an asterisk, which stands
   * for any rest. What collectors say about the scrape itself, such as `up`, is always kept. Sources have a list of their own.
   *
   * @default - all metrics are kept
   */
  readonly keepMetrics?: string[];

  /**
   * Number of samples above which the scrape of a target fails as a whole. It bounds what a single target can cost.
   *
   * @default - no limit
   */
  readonly sampleLimit?: number;

  /**
   * Time between two scrapes of a target: 1 to 300 whole seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly scrapeInterval?: Duration;

  /**
   * Time after which a scrape has failed, in whole seconds; not longer than the interval.
   *
   * @default - 10 seconds, or the interval if that is shorter
   */
  readonly scrapeTimeout?: Duration;
}

/**
 * A metrics collector, whichever it is.
 */
export interface IMetricsCollector extends IConstruct {
  /**
   * Name of the workload.
   */
  readonly name: string;

  /**
   * Namespace of the pods.
   */
  readonly namespace: string;

  /**
   * Name of the service account, the last part of the `sub` that an IAM role has to trust.
   */
  readonly serviceAccountName: string;

  /**
   * The configuration, in the collector's own language.
   */
  readonly config: string;
}

import { checked, checkedInteger, DNS_LABEL } from '../core/check';
import { keepExpression } from './metric-names';
import { metricRules } from './metric-rules';
import { copyLabel, type RelabelRule } from './relabel-rule';
import type { ScrapeJob, ScrapeSettings } from './scrape-job';

type SourceParts = Omit<ScrapeJob, 'settings' | 'metricRules'>;

/**
 * Options of `MetricsSource.kubeStateMetrics`.
 */
export interface KubeStateMetricsSourceOptions {
  /**
   * Namespace of its pods.
   *
   * @default 'kube-state-metrics' - where the EKS add-on of this name runs
   */
  readonly namespace?: string;

  /**
   * Value of the label `app.kubernetes.io/name` of its pods.
   *
   * @default 'kube-state-metrics'
   */
  readonly name?: string;

  /**
   * Port of its metrics.
   *
   * @default 8080
   */
  readonly port?: number;

  /**
   * Names of the metrics to keep; a name may end in an asterisk.
   *
   * @default - all metrics are kept
   */
  readonly keepMetrics?: string[];
}

/**
 * Options of the sources that every node has.
 */
export interface NodeSourceOptions {
  /**
   * Names of the metrics to keep; a name may end in an asterisk.
   *
   * @default - the metrics that the source's documentation names
   */
  readonly keepMetrics?: string[];
}

/**
 * Metrics about the cluster, besides those of the pods that ask to be scraped. Their series carry labels of their own, such as
 * `namespace` and `pod` of the pod that they are about, and these are kept (`honor_labels`).
 */
export class MetricsSource {
  /**
   * kube-state-metrics, as `KubeStateMetrics` or the EKS add-on `kube-state-metrics` installs it: the state of pods, deployments
   * and other objects. Its pods must not be annotated for scraping as well.
   */
  public static kubeStateMetrics(options: KubeStateMetricsSourceOptions = {}): MetricsSource {
    const struct = 'KubeStateMetricsSourceOptions';
    const name = checked(`${struct}.name`, options.name ?? 'kube-state-metrics', DNS_LABEL);
    const namespace = checked(`${struct}.namespace`, options.namespace ?? 'kube-state-metrics', DNS_LABEL);
    const port = checkedInteger(`${struct}.port`, options.port ?? 8080, 1, 65535, 'Give the port of its metrics.');
    return new MetricsSource({
      id: 'kube_state_metrics',
      name: 'kube-state-metrics',
      role: 'pod',
      namespaces: [namespace],
      rules: podOfName(name, port),
      honorLabels: true,
      keep: keepExpression(`${struct}.keepMetrics`, options.keepMetrics),
    });
  }

  /**
   * CPU, memory and network of every container, from the cAdvisor in the kubelet of every node. By default these metrics:
   * `container_cpu_usage_seconds_total`, `container_cpu_cfs_periods_total`, `container_cpu_cfs_throttled_periods_total`,
   * `container_memory_working_set_bytes`, `container_memory_rss`, `container_oom_events_total`,
   * `container_network_receive_bytes_total`, `container_network_transmit_bytes_total`, `container_fs_usage_bytes`.
   */
  public static cAdvisor(options: NodeSourceOptions = {}): MetricsSource {
    return new MetricsSource({
      id: 'cadvisor',
      name: 'cadvisor',
      role: 'node',
      namespaces: [],
      rules: nodeRules('/metrics/cadvisor'),
      honorLabels: true,
      // They are older than the scrape, by a different amount each, and of a container that has ended they stand still.
      ignoreTimestamps: true,
      kubelet: true,
      keep: keepExpression('NodeSourceOptions.keepMetrics', options.keepMetrics ?? CADVISOR_METRICS),
    });
  }

  /**
   * The kubelet of every node about itself. By default `kubelet_volume_stats_*`, `kubelet_running_pods` and
   * `kubelet_running_containers`.
   */
  public static kubelet(options: NodeSourceOptions = {}): MetricsSource {
    return new MetricsSource({
      id: 'kubelet',
      name: 'kubelet',
      role: 'node',
      namespaces: [],
      rules: nodeRules('/metrics'),
      honorLabels: true,
      kubelet: true,
      keep: keepExpression('NodeSourceOptions.keepMetrics', options.keepMetrics ?? KUBELET_METRICS),
    });
  }

  /**
   * Value of the label `job`.
   */
  public readonly job: string;

  private readonly parts: SourceParts;

  private constructor(parts: SourceParts) {
    this.parts = parts;
    this.job = parts.name;
  }

  /**
   * The job, with the times and limits of the collector that takes it.
   *
   * @internal
   */
  public _job(settings: ScrapeSettings): ScrapeJob {
    return { ...this.parts, metricRules: metricRules(this.parts.keep), settings };
  }
}

const CADVISOR_METRICS = [
  'container_cpu_cfs_periods_total',
  'container_cpu_cfs_throttled_periods_total',
  'container_cpu_usage_seconds_total',
  'container_fs_usage_bytes',
  'container_memory_rss',
  'container_memory_working_set_bytes',
  'container_network_receive_bytes_total',
  'container_network_transmit_bytes_total',
  'container_oom_events_total',
];

const KUBELET_METRICS = ['kubelet_running_containers', 'kubelet_running_pods', 'kubelet_volume_stats_*'];

const POD = '__meta_kubernetes_pod_';

function podOfName(name: string, port: number): RelabelRule[] {
  return [
    { action: 'keep', sourceLabels: [`${POD}label_app_kubernetes_io_name`], regex: name },
    { action: 'keep', sourceLabels: [`${POD}phase`], regex: 'Running' },
    { action: 'drop', sourceLabels: [`${POD}container_init`], regex: 'true' },
    address('([0-9.]+)', `$1:${port}`),
    address('([0-9a-fA-F]*:[0-9a-fA-F:.]*)', `[$1]:${port}`),
    // One target, however many ports the pod declares.
    { action: 'labeldrop', regex: `${POD}container_.+` },
  ];
}

function address(regex: string, replacement: string): RelabelRule {
  return { action: 'replace', sourceLabels: [`${POD}ip`], regex, targetLabel: '__address__', replacement };
}

/** The address of a discovered node is that of its kubelet. */
function nodeRules(path: string): RelabelRule[] {
  return [
    { action: 'replace', targetLabel: '__scheme__', replacement: 'https' },
    { action: 'replace', targetLabel: '__metrics_path__', replacement: path },
    copyLabel('__meta_kubernetes_node_name', '(.+)', 'node'),
  ];
}

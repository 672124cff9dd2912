import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { addCollectorBase, addCollectorWorkload } from '../collector-parts/add-collector';
import { COLLECTOR_ENVIRONMENT } from '../collector-parts/environment';
import { collectorDaemonSet, collectorDeployment } from '../collector-parts/workloads';
import { invalid } from '../core/check';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { collectorSettings } from '../metrics/collector-settings';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import { monitorRules, monitorSettings } from '../metrics/monitor-settings';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import type { PrometheusMonitors } from '../metrics/prometheus-monitors';
import { queueSettings } from '../metrics/queue-settings';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { REPLICA_VARIABLE, sharesTopology } from '../metrics/replicas';
import { NODE_VARIABLE } from '../metrics/scrape-job';
import { alloyConfig } from './config';
import { addClusterService, alloyProgram, CONFIG_FILE, HTTP_PORT } from './workload';

/**
 * Where Alloy runs.
 */
export enum AlloyDelivery {
  /** A pod anywhere, or several, from a Deployment. */
  DEPLOYMENT = 'deployment',
  /** A pod on every node, from a DaemonSet, which scrapes the pods and the kubelet of its own node. */
  DAEMON_SET = 'daemon-set',
}

/**
 * How much Alloy logs about itself.
 */
export enum AlloyLogLevel {
  /** Everything. */
  DEBUG = 'debug',
  /** Normal operation. */
  INFO = 'info',
  /** What may need attention. */
  WARN = 'warn',
  /** Failures only. */
  ERROR = 'error',
}

/**
 * Properties of GrafanaAlloy.
 */
export interface GrafanaAlloyProps extends MetricsCollectorProps {
  /**
   * Where Alloy runs. A DaemonSet tolerates all taints, and has neither `replicas` nor `highAvailability` nor `monitors`, whose targets
   * each of its pods would scrape.
   *
   * @default AlloyDelivery.DEPLOYMENT
   */
  readonly delivery?: AlloyDelivery;

  /**
   * Pods of the Deployment that divide the targets among themselves: 1 to 100. Two or more form a cluster (`clustering` in the
   * configuration, `--cluster.enabled` when they run), in which every target is scraped by one. They find each other by a headless
   * Service, `<name>-cluster`. Unlike with `highAvailability`, the targets of a pod that goes away are missed until the others notice.
   *
   * @default 1
   * @see https://grafana.com/docs/alloy/latest/get-started/clustering/
   */
  readonly replicas?: number;

  /**
   * Scrape what PodMonitors and ServiceMonitors name, besides the pods that ask for it by annotation.
   *
   * @default - monitors are not looked at
   */
  readonly monitors?: PrometheusMonitors;

  /**
   * Size at which the volume of the write-ahead log, which holds the samples not sent yet, evicts the pod.
   *
   * @default Size.gibibytes(2)
   */
  readonly walSizeLimit?: Size;

  /**
   * How samples queue on their way out.
   *
   * @default - the defaults of RemoteWriteQueue
   */
  readonly queue?: RemoteWriteQueue;

  /**
   * How much Alloy logs about itself.
   *
   * @default AlloyLogLevel.INFO
   */
  readonly logLevel?: AlloyLogLevel;
}

/**
 * Grafana Alloy as a metrics collector: discovers pods, scrapes them and writes to a Prometheus workspace.
 *
 * One replica, replaced rather than overlapped in a rollout; several that divide the targets (`replicas`); two that the workspace tells
 * apart (`highAvailability`); or one on every node (`delivery`). It runs as a user of its own without privileges and fits the Pod
 * Security Standard *restricted*. The write-ahead log survives a restart of the container.
 */
export class GrafanaAlloy extends Construct implements IMetricsCollector {
  /**
   * Name of the Deployment or DaemonSet.
   */
  public readonly name: string;

  /**
   * Namespace of the pods.
   */
  public readonly namespace: string;

  /**
   * Name of the service account, the last part of the `sub` that an IAM role has to trust.
   */
  public readonly serviceAccountName: string;

  /**
   * Name of the ConfigMap that holds the configuration.
   */
  public readonly configMapName: string;

  /**
   * The configuration in Alloy's language.
   */
  public readonly config: string;

  constructor(scope: Construct, id: string, props: GrafanaAlloyProps) {
    super(scope, id);
    const struct = 'GrafanaAlloyProps';
    const ownNode = props.delivery === AlloyDelivery.DAEMON_SET;
    if (ownNode) {
      checkDaemonSet(props);
    }
    const topology = sharesTopology(struct, props);
    const image = images.grafanaAlloy.image;
    const settings = collectorSettings({ struct, name: 'grafana-alloy', image, topology, ownNode }, props);
    this.name = settings.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = settings.serviceAccountName;
    this.configMapName = settings.configMapName;
    const monitors = props.monitors && monitorSettings(struct, props.monitors);
    this.config = alloyConfig({
      monitors,
      jobs: settings.jobs,
      topology,
      queue: queueSettings(`${struct}.queue`, props.queue),
      remoteWrite: props.remoteWrite,
      logLevel: props.logLevel ?? AlloyLogLevel.INFO,
    });

    const base = { ...props, settings, furtherRules: monitors && monitorRules(monitors) };
    const configChecksum = addCollectorBase(this, base, CONFIG_FILE, this.config);
    const walSizeLimit = props.walSizeLimit ?? Size.gibibytes(2);
    const clustered = topology.replicas > 1 && !topology.copies;
    const program = alloyProgram({ ...props, settings, configChecksum, walSizeLimit, ownNode, clustered });
    addCollectorWorkload(this, settings, ownNode ? collectorDaemonSet(program) : collectorDeployment(program), {
      prop: `${struct}.overrides`,
      overrides: props.overrides,
      wiring: workloadWiring('alloy', [...Object.values(COLLECTOR_ENVIRONMENT), REPLICA_VARIABLE, NODE_VARIABLE]),
    });
    if (clustered) {
      addClusterService(this, settings);
    }
    if (props.networkPolicy) {
      const anyNamespace = monitors !== undefined;
      addCollectorNetworkPolicy(this, settings, { httpPort: HTTP_PORT, anyNamespace, peers: clustered });
    }
  }
}

/** A pod of each node scrapes what is there; nothing is left to divide or to copy. */
function checkDaemonSet({ replicas, highAvailability, monitors }: GrafanaAlloyProps): void {
  for (const [prop, value] of Object.entries({ replicas, highAvailability, monitors })) {
    if (value) {
      throw invalid(
        `GrafanaAlloyProps.${prop}`,
        value,
        'none with AlloyDelivery.DAEMON_SET, whose pods scrape what is on their own node',
        `Leave ${prop} out, or take AlloyDelivery.DEPLOYMENT.`,
      );
    }
  }
}

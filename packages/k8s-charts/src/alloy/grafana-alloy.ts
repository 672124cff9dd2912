import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import { addObject, checksum } from '../core/manifest';
import { withOverrides } from '../core/overrides';
import { addAccount } from '../core/rbac';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { collectorSettings } from '../metrics/collector-settings';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import { monitorRules, monitorSettings } from '../metrics/monitor-settings';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import type { PrometheusMonitors } from '../metrics/prometheus-monitors';
import { queueSettings } from '../metrics/queue-settings';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { addDisruptionBudget, REPLICA_VARIABLE } from '../metrics/replicas';
import { ALLOY_ENVIRONMENT, alloyConfig } from './config';
import { alloyDeployment, configMapData, HTTP_PORT } from './workload';

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
 * One replica, replaced rather than overlapped in a rollout, or two that the workspace tells apart. It runs as a user of its own without privileges and fits the
 * Pod Security Standard *restricted*. The write-ahead log survives a restart of the container.
 */
export class GrafanaAlloy extends Construct implements IMetricsCollector {
  /**
   * Name of the Deployment.
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
    const settings = collectorSettings('GrafanaAlloyProps', 'grafana-alloy', props);
    const { labels } = settings;
    this.name = settings.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = this.name;
    this.configMapName = settings.configMapName;
    const monitors = props.monitors && monitorSettings('GrafanaAlloyProps', props.monitors);
    this.config = alloyConfig({
      monitors,
      jobs: settings.jobs,
      highAvailability: settings.highAvailability,
      queue: queueSettings('GrafanaAlloyProps.queue', props.queue),
      remoteWrite: props.remoteWrite,
      logLevel: props.logLevel ?? AlloyLogLevel.INFO,
    });

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      identity: props.identity,
      rules: [...settings.rules, ...(monitors ? monitorRules(monitors) : [])],
    });

    addObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, namespace: this.namespace, labels: labels.all },
      data: configMapData(this.config),
    } satisfies IConfigMap);

    const deployment = alloyDeployment({
      name: this.name,
      namespace: this.namespace,
      labels,
      image: props.image ?? images.grafanaAlloy.image,
      configMap: this.configMapName,
      configChecksum: checksum(this.config),
      cluster: props.clusterName,
      remoteWrite: props.remoteWrite,
      resources: props.resources,
      highAvailability: settings.highAvailability,
      walSizeLimit: props.walSizeLimit ?? Size.gibibytes(2),
    });
    const wiring = workloadWiring('alloy', [...Object.values(ALLOY_ENVIRONMENT), REPLICA_VARIABLE]);
    addObject(this, 'deployment', withOverrides('GrafanaAlloyProps.overrides', deployment, props.overrides, wiring));

    if (settings.highAvailability) {
      addDisruptionBudget(this, settings);
    }
    if (props.networkPolicy) {
      addCollectorNetworkPolicy(this, settings, HTTP_PORT, monitors !== undefined);
    }
  }
}

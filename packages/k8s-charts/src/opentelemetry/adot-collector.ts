import { Construct } from 'constructs';
import {
  addCollectorAccount,
  addCollectorBase,
  addCollectorWorkload,
  type Changes,
} from '../collector-parts/add-collector';
import { COLLECTOR_ENVIRONMENT } from '../collector-parts/environment';
import { collectorDeployment } from '../collector-parts/workloads';
import { invalid } from '../core/check';
import { collectorWiring, workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { type CollectorSettings, collectorSettings } from '../metrics/collector-settings';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import { monitorSettings } from '../metrics/monitor-settings';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import type { PrometheusMonitors } from '../metrics/prometheus-monitors';
import { REPLICA_VARIABLE, sharesTopology } from '../metrics/replicas';
import { collectorConfig, METRICS_PORT } from './config';
import { type CollectorConfig, collectorData, renderCollector } from './config-model';
import { collectorResource, operatedSelector } from './operated';
import {
  addAllocatorAccount,
  addAllocatorNetworkPolicy,
  isScraping,
  targetAllocator,
  toAllocator,
} from './target-allocator';
import { adotProgram, CONFIG_FILE } from './workload';

/**
 * Who makes the collector's pods.
 */
export enum AdotDelivery {
  /** Kubernetes, from a Deployment. Nothing has to be installed. */
  DEPLOYMENT = 'deployment',
  /** The OpenTelemetry operator, which the EKS add-on `adot` installs, from an OpenTelemetryCollector. It needs cert-manager. */
  OPERATOR = 'operator',
}

/**
 * Properties of AdotCollector.
 */
export interface AdotCollectorProps extends MetricsCollectorProps {
  /**
   * Who makes the collector's pods.
   *
   * @default AdotDelivery.DEPLOYMENT
   */
  readonly delivery?: AdotDelivery;

  /**
   * Pods that divide the targets among themselves: 1 to 100. Two or more need `AdotDelivery.OPERATOR`: the operator then adds a target
   * allocator, which discovers in their place and gives each its share. The pods of a Deployment would all scrape everything.
   *
   * @default 1
   * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/cmd/otel-allocator/README.md
   */
  readonly replicas?: number;

  /**
   * Scrape what PodMonitors and ServiceMonitors name, besides the pods that ask for it by annotation. The target allocator follows
   * them, so this needs `AdotDelivery.OPERATOR`, version 0.142 of the operator or later, and no `highAvailability`. `sampleLimit` does not hold for their targets: a monitor
   * has a limit of its own.
   *
   * @default - monitors are not looked at
   */
  readonly monitors?: PrometheusMonitors;

  /**
   * Image of the target allocator, with its tag. It has to fit the operator's version.
   *
   * @default - the image that the operator has for it
   */
  readonly targetAllocatorImage?: string;
}

/**
 * The AWS Distro for OpenTelemetry as a metrics collector: discovers pods, scrapes them and writes to a Prometheus workspace.
 *
 * One replica, replaced rather than overlapped in a rollout; two that the workspace tells apart (`highAvailability`); or several that
 * divide the targets (`replicas`). It has no volume: what was not sent yet is lost with the container. It fits the Pod Security
 * Standard *restricted*. Dollar signs in rules are escaped as the collector wants them.
 *
 * @see https://aws-otel.github.io/docs/getting-started/prometheus-remote-write-exporter
 */
export class AdotCollector extends Construct implements IMetricsCollector {
  /**
   * Name of the Deployment or of the OpenTelemetryCollector.
   */
  public readonly name: string;

  /**
   * Name of the Deployment or StatefulSet, which the operator calls `<name>-collector`.
   */
  public readonly deploymentName: string;

  /**
   * Namespace of the pods.
   */
  public readonly namespace: string;

  /**
   * Name of the service account, the last part of the `sub` that an IAM role has to trust.
   */
  public readonly serviceAccountName: string;

  /**
   * Name of the ConfigMap that holds the configuration, unless the operator makes it.
   */
  public readonly configMapName?: string;

  /**
   * The configuration as YAML.
   */
  public readonly config: string;

  constructor(scope: Construct, id: string, props: AdotCollectorProps) {
    super(scope, id);
    const byOperator = props.delivery === AdotDelivery.OPERATOR;
    checkDelivery(props, byOperator);
    const topology = sharesTopology(STRUCT, props);
    const image = images.adotCollector.image;
    const settings = collectorSettings({ struct: STRUCT, name: 'adot-collector', image, topology }, props);
    this.name = settings.name;
    this.deploymentName = byOperator ? `${this.name}-collector` : this.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = settings.serviceAccountName;
    this.configMapName = byOperator ? undefined : settings.configMapName;
    const config = collectorConfig({ ...settings, dnsSuffix: props.remoteWrite.dnsSuffix });
    this.config = renderCollector(config);

    if (byOperator) {
      this.addOperated(settings, props, config);
    } else {
      this.addDeployed(settings, props);
    }
  }

  private addDeployed(settings: CollectorSettings, props: AdotCollectorProps): void {
    const configChecksum = addCollectorBase(this, { ...props, settings }, CONFIG_FILE, this.config);
    const deployment = collectorDeployment(adotProgram({ ...props, settings }, configChecksum));
    const wiring = workloadWiring('adot-collector', VARIABLES);
    addCollectorWorkload(this, settings, deployment, changes(props, wiring));
    if (props.networkPolicy) {
      addCollectorNetworkPolicy(this, settings, { httpPort: METRICS_PORT });
    }
  }

  private addOperated(settings: CollectorSettings, props: AdotCollectorProps, config: CollectorConfig): void {
    const monitors = props.monitors && monitorSettings(STRUCT, props.monitors);
    const allocated = monitors !== undefined || (settings.topology.replicas > 1 && !settings.topology.copies);
    const { imagePullSecrets, targetAllocatorImage } = props;
    const allocator = { settings, monitors, imagePullSecrets, image: targetAllocatorImage };
    const rules = settings.rules.filter((rule) => !allocated || isScraping(rule));

    // The operator leaves it to the account whether its pods get a token.
    addCollectorAccount(this, { ...props, settings: { ...settings, rules } }, true);
    if (allocated) {
      addAllocatorAccount(this, allocator);
    }
    const workload = { ...props, settings };
    const selector = operatedSelector(workload);
    const resource = collectorResource(
      workload,
      collectorData(config),
      allocated ? targetAllocator(allocator) : undefined,
    );
    addCollectorWorkload(this, settings, resource, changes(props, collectorWiring(VARIABLES)));
    if (props.networkPolicy) {
      const traffic = { httpPort: METRICS_PORT, selector, anyNamespace: monitors !== undefined };
      addCollectorNetworkPolicy(this, settings, { ...traffic, egress: allocated ? [toAllocator(settings)] : [] });
    }
    if (props.networkPolicy && allocated) {
      addAllocatorNetworkPolicy(this, settings);
    }
  }
}

const STRUCT = 'AdotCollectorProps';
const VARIABLES = [...Object.values(COLLECTOR_ENVIRONMENT), REPLICA_VARIABLE];

function changes({ overrides }: AdotCollectorProps, wiring: Changes['wiring']): Changes {
  return { prop: `${STRUCT}.overrides`, overrides, wiring };
}

/** What only the operator can do, and what contradicts itself. */
function checkDelivery(props: AdotCollectorProps, byOperator: boolean): void {
  const { replicas, monitors, targetAllocatorImage, highAvailability } = props;
  const ofAllocator = { replicas: replicas === 1 ? undefined : replicas, monitors, targetAllocatorImage };
  for (const [prop, value] of Object.entries(ofAllocator)) {
    if (value !== undefined && !byOperator) {
      throw invalid(
        `${STRUCT}.${prop}`,
        value,
        'none with AdotDelivery.DEPLOYMENT, as nobody would divide the targets among its pods',
        'Take AdotDelivery.OPERATOR, whose target allocator does, or GrafanaAlloy.',
      );
    }
  }
  if (monitors && highAvailability) {
    throw invalid(
      `${STRUCT}.monitors`,
      monitors,
      'none with highAvailability, as the target allocator gives each target to one pod',
      'Leave highAvailability out, and set replicas where one pod is not enough.',
    );
  }
}

import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import { addObject, checksum } from '../core/manifest';
import { withOverrides } from '../core/overrides';
import { addAccount } from '../core/rbac';
import { collectorWiring, workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { collectorSettings } from '../metrics/collector-settings';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import { addDisruptionBudget, REPLICA_VARIABLE } from '../metrics/replicas';
import { COLLECTOR_ENVIRONMENT, collectorConfig, METRICS_PORT } from './config';
import { collectorData, renderCollector } from './config-model';
import { collectorDeployment, collectorResource, configMapData } from './workload';

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
}

/**
 * The AWS Distro for OpenTelemetry as a metrics collector: discovers pods, scrapes them and writes to a Prometheus workspace.
 *
 * One replica, replaced rather than overlapped in a rollout, or two that the workspace tells apart. It has no volume: what was not sent yet is lost with the container.
 * It fits the Pod Security Standard *restricted*. Dollar signs in rules are escaped as the collector wants them.
 *
 * @see https://aws-otel.github.io/docs/getting-started/prometheus-remote-write-exporter
 */
export class AdotCollector extends Construct implements IMetricsCollector {
  /**
   * Name of the Deployment or of the OpenTelemetryCollector.
   */
  public readonly name: string;

  /**
   * Name of the Deployment, which the operator calls `<name>-collector`.
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
    const settings = collectorSettings('AdotCollectorProps', 'adot-collector', props);
    const { labels } = settings;
    const byOperator = props.delivery === AdotDelivery.OPERATOR;
    this.name = settings.name;
    this.deploymentName = byOperator ? `${this.name}-collector` : this.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = this.name;
    this.configMapName = byOperator ? undefined : settings.configMapName;
    const config = collectorConfig({ ...settings, dnsSuffix: props.remoteWrite.dnsSuffix });
    this.config = renderCollector(config);

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      identity: props.identity,
      // The operator leaves this to the account.
      automountToken: byOperator,
      rules: settings.rules,
    });

    const workload = {
      settings,
      image: props.image ?? images.adotCollector.image,
      cluster: props.clusterName,
      remoteWrite: props.remoteWrite,
      resources: props.resources,
    };
    const overrides = 'AdotCollectorProps.overrides';
    const variables = [...Object.values(COLLECTOR_ENVIRONMENT), REPLICA_VARIABLE];
    if (byOperator) {
      const resource = collectorResource(workload, collectorData(config));
      addObject(this, 'collector', withOverrides(overrides, resource, props.overrides, collectorWiring(variables)));
    } else {
      addObject(this, 'config-map', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: settings.configMapName, namespace: this.namespace, labels: labels.all },
        data: configMapData(this.config),
      } satisfies IConfigMap);
      const deployment = collectorDeployment(workload, checksum(this.config));
      const wiring = workloadWiring('adot-collector', variables);
      addObject(this, 'deployment', withOverrides(overrides, deployment, props.overrides, wiring));
    }

    if (settings.highAvailability) {
      addDisruptionBudget(this, settings);
    }
    if (props.networkPolicy) {
      addCollectorNetworkPolicy(this, settings, METRICS_PORT);
    }
  }
}

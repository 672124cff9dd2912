import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { EnvironmentValue } from '../core/environment-value';
import { addObject, checksum } from '../core/manifest';
import { withOverrides } from '../core/overrides';
import { addAccount } from '../core/rbac';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { collectorSettings } from '../metrics/collector-settings';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import { queueSettings } from '../metrics/queue-settings';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { addDisruptionBudget, REPLICA_VARIABLE } from '../metrics/replicas';
import { CLUSTER_VARIABLE, prometheusConfig } from './config';
import { configMapData, HTTP_PORT, prometheusDeployment } from './workload';

/**
 * Properties of PrometheusAgent.
 *
 * Region and workspace id must be known at synthesis: Prometheus expands variables in external labels only, not in URLs.
 */
export interface PrometheusAgentProps extends MetricsCollectorProps {
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
}

/**
 * Prometheus in agent mode as a metrics collector: discovers pods, scrapes them and writes to a Prometheus workspace. It stores
 * nothing, answers no queries and needs no persistent volume.
 *
 * One replica, replaced rather than overlapped in a rollout, or two that the workspace tells apart. It fits the Pod Security Standard *restricted*. The write-ahead log
 * survives a restart of the container. The image must hold Prometheus 3.
 *
 * @see https://prometheus.io/docs/prometheus/latest/prometheus_agent/
 */
export class PrometheusAgent extends Construct implements IMetricsCollector {
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
   * The configuration as YAML.
   */
  public readonly config: string;

  constructor(scope: Construct, id: string, props: PrometheusAgentProps) {
    super(scope, id);
    const settings = collectorSettings('PrometheusAgentProps', 'prometheus-agent', props);
    const { labels } = settings;
    this.name = settings.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = this.name;
    this.configMapName = settings.configMapName;
    const { remoteWrite } = props;
    const region = known('PrometheusAgentProps.remoteWrite.region', remoteWrite.region);
    const workspaceId = known('PrometheusAgentProps.remoteWrite.workspaceId', remoteWrite.workspaceId);
    this.config = prometheusConfig({
      jobs: settings.jobs,
      highAvailability: settings.highAvailability,
      queue: queueSettings('PrometheusAgentProps.queue', props.queue),
      region,
      url: `https://aps-workspaces.${region}.${remoteWrite.dnsSuffix}/workspaces/${workspaceId}/api/v1/remote_write`,
    });

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      identity: props.identity,
      rules: settings.rules,
    });

    addObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, namespace: this.namespace, labels: labels.all },
      data: configMapData(this.config),
    } satisfies IConfigMap);

    const deployment = prometheusDeployment({
      settings,
      image: props.image ?? images.prometheus.image,
      configChecksum: checksum(this.config),
      cluster: props.clusterName,
      resources: props.resources,
      walSizeLimit: props.walSizeLimit ?? Size.gibibytes(2),
    });
    const wiring = workloadWiring('prometheus', [CLUSTER_VARIABLE, REPLICA_VARIABLE]);
    addObject(this, 'deployment', withOverrides('PrometheusAgentProps.overrides', deployment, props.overrides, wiring));

    if (settings.highAvailability) {
      addDisruptionBudget(this, settings);
    }
    if (props.networkPolicy) {
      addCollectorNetworkPolicy(this, settings, HTTP_PORT);
    }
  }
}

function known(prop: string, value: EnvironmentValue): string {
  if (value.literalValue === undefined) {
    throw new Error(
      `${prop}: got a key of ConfigMap "${value.source?.name}", allowed: EnvironmentValue.literal, as Prometheus reads no ` +
        'variables in URLs. Give the value itself, or use GrafanaAlloy or AdotCollector, which read it when they start.',
    );
  }
  return value.literalValue;
}

import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { addCollectorBase, addCollectorWorkload } from '../collector-parts/add-collector';
import { collectorDeployment } from '../collector-parts/workloads';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { collectorSettings } from '../metrics/collector-settings';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import { queueSettings } from '../metrics/queue-settings';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { REPLICA_VARIABLE } from '../metrics/replicas';
import { CLUSTER_VARIABLE, knownWorkspace, renderPrometheus } from './config';
import { agentProgram, CONFIG_FILE, HTTP_PORT } from './workload';

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
    const struct = 'PrometheusAgentProps';
    const { image } = images.prometheus;
    const settings = collectorSettings({ struct, name: 'prometheus-agent', image }, props);
    this.name = settings.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = settings.serviceAccountName;
    this.configMapName = settings.configMapName;
    this.config = renderPrometheus({
      ...settings,
      queue: queueSettings(`${struct}.queue`, props.queue),
      workspace: knownWorkspace(struct, props.remoteWrite),
    });

    const configChecksum = addCollectorBase(this, { ...props, settings }, CONFIG_FILE, this.config);
    const program = agentProgram({ ...props, settings, configChecksum }, props.walSizeLimit ?? Size.gibibytes(2));
    addCollectorWorkload(this, settings, collectorDeployment(program), {
      prop: `${struct}.overrides`,
      overrides: props.overrides,
      wiring: workloadWiring('prometheus', [CLUSTER_VARIABLE, REPLICA_VARIABLE]),
    });
    if (props.networkPolicy) {
      addCollectorNetworkPolicy(this, settings, { httpPort: HTTP_PORT });
    }
  }
}

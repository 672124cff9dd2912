import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { collectorDeployment } from '../collector-parts/workloads';
import { yamlText } from '../core/yaml-text';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { addPrometheus, prometheusParts } from './collector';
import { agentProgram } from './workload';

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
    const kind = { struct: 'PrometheusAgentProps', name: 'prometheus-agent' };
    const { settings, config } = prometheusParts(kind, props);
    this.name = settings.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = settings.serviceAccountName;
    this.configMapName = settings.configMapName;
    this.config = yamlText(config);
    const walSizeLimit = props.walSizeLimit ?? Size.gibibytes(2);
    addPrometheus(this, kind, props, { settings, text: this.config }, (configChecksum) =>
      collectorDeployment(agentProgram({ ...props, settings, configChecksum }, walSizeLimit)),
    );
  }
}

import type { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { yamlText } from '../core/yaml-text';
import type { IMetricsCollector, MetricsCollectorProps } from '../metrics/metrics-collector';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { addPrometheus, prometheusParts } from './collector';
import { serverStorage } from './server-storage';
import { addServerService, serverStatefulSet } from './workload';

/**
 * Properties of PrometheusServer.
 *
 * Region and workspace id must be known at synthesis: Prometheus expands variables in external labels only, not in URLs.
 */
export interface PrometheusServerProps extends MetricsCollectorProps {
  /**
   * Size of the volume of each pod: 1 GiB or more. The database takes up to four fifths of it, and then drops its oldest blocks.
   *
   * @default Size.gibibytes(8)
   */
  readonly storageSize?: Size;

  /**
   * Storage class of the volume. EKS has none that is the default unless it is made so.
   *
   * @default - the default storage class of the cluster
   */
  readonly storageClassName?: string;

  /**
   * How long samples stay in the database of the pod, in whole days. The workspace keeps them by its own retention.
   *
   * @default Duration.days(15)
   */
  readonly retention?: Duration;

  /**
   * How samples queue on their way out.
   *
   * @default - the defaults of RemoteWriteQueue
   */
  readonly queue?: RemoteWriteQueue;
}

/**
 * Prometheus with a database as a metrics collector: discovers pods, scrapes them, answers queries from its own volume and writes to a
 * Prometheus workspace. Where nobody queries it, `PrometheusAgent` does the same without a volume.
 *
 * A StatefulSet with a volume claim for each pod; the claims stay when the pods go. One replica, or two that the workspace tells apart. It
 * fits the Pod Security Standard *restricted*. Queries go to the Service of its name, port 9090; with `networkPolicy`, who may ask has
 * to be let in by a policy of its own. The image must hold Prometheus 3.
 *
 * @see https://prometheus.io/docs/prometheus/latest/storage/
 */
export class PrometheusServer extends Construct implements IMetricsCollector {
  /**
   * Name of the StatefulSet and of its Service.
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

  constructor(scope: Construct, id: string, props: PrometheusServerProps) {
    super(scope, id);
    const kind = { struct: 'PrometheusServerProps', name: 'prometheus-server' };
    const { settings, config } = prometheusParts(kind, props);
    this.name = settings.name;
    this.namespace = settings.namespace;
    this.serviceAccountName = settings.serviceAccountName;
    this.configMapName = settings.configMapName;
    this.config = yamlText(config);
    const storage = serverStorage(kind.struct, props);
    addPrometheus(this, kind, props, { settings, text: this.config }, (configChecksum) =>
      serverStatefulSet({ ...props, settings, configChecksum }, storage),
    );
    addServerService(this, settings);
  }
}

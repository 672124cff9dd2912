import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { AwsIdentity } from '../core/aws-identity';
import { checked, checkedInteger, DNS_LABEL, type Rule } from '../core/check';
import type { ContainerResources } from '../core/container-resources';
import { checkReadableFrom } from '../core/environment';
import { componentLabels } from '../core/labels';
import { addObject, checksum } from '../core/manifest';
import { withOverrides } from '../core/overrides';
import { addAccount } from '../core/rbac';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import type { CloudWatchLogsTarget } from './cloudwatch-logs-target';
import { FLUENT_BIT_ENVIRONMENT, fluentBitConfig } from './config';
import type { LogRoute } from './log-route';
import { fluentBitNetworkPolicy } from './network-policy';
import { numberedRoutes } from './routes';
import type { StackTrace } from './stack-trace';
import { configMapData, fluentBitDaemonSet } from './workload';

/**
 * How much Fluent Bit logs about itself.
 */
export enum FluentBitLogLevel {
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
 * The pods of Fluent Bit, whatever they read and wherever they write to.
 */
export interface FluentBitWorkloadProps {
  /**
   * Folder on the node for read positions and for the lines that could not be sent yet. It outlives the pod.
   *
   * @default - `/var/lib/<name>`
   */
  readonly stateHostPath?: string;

  /**
   * Run on tainted nodes too.
   *
   * @default true
   */
  readonly tolerateAllTaints?: boolean;

  /**
   * Priority class of the pods, so that they are not the ones to go when a node is full.
   *
   * @default - the cluster's default priority
   */
  readonly priorityClassName?: string;

  /**
   * Resources of the container.
   *
   * @default - requests 50m CPU and 96Mi memory, limit 256Mi memory
   */
  readonly resources?: ContainerResources;

  /**
   * Image with its tag. It must hold `/fluent-bit/bin/fluent-bit`, version 4 or later.
   *
   * @default - AWS for Fluent Bit, in the version of this library's table of images
   */
  readonly image?: string;

  /**
   * How much Fluent Bit logs about itself.
   *
   * @default FluentBitLogLevel.INFO
   */
  readonly logLevel?: FluentBitLogLevel;

  /**
   * Further labels of all objects and pods. They do not replace the component's own.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Restrict the pods' traffic: in from metrics collectors only; out to name resolution, HTTPS and the Pod Identity agent. Needs a
   * cluster whose network plugin enforces policies.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * What is to be different in the DaemonSet, as it stands in the manifest: objects are merged by key, lists of named things by
   * name, anything else is replaced. What joins it to other objects is refused: names, labels that select, the service account,
   * the configuration, and variables that say where it writes to and as whom.
   *
   * @default - nothing
   */
  readonly overrides?: { [key: string]: unknown };
}

/**
 * Properties of FluentBit.
 */
export interface FluentBitProps extends FluentBitWorkloadProps {
  /**
   * Namespace of all namespaced objects. It is part of what an IAM role trusts, together with the name.
   */
  readonly namespace: string;

  /**
   * As whom Fluent Bit writes.
   */
  readonly identity: AwsIdentity;

  /**
   * Where the lines go.
   */
  readonly target: CloudWatchLogsTarget;

  /**
   * Name of the DaemonSet, the service account, the cluster role and its binding, and value of the label `app`. The
   * ConfigMap is called `<name>-config`.
   *
   * @default 'fluent-bit'
   */
  readonly name?: string;

  /**
   * Log files to read: a glob below `/var/log/containers/`, where files are named
   * `<pod>_<namespace>_<container>-<id>.log`.
   *
   * @default '/var/log/containers/*.log'
   */
  readonly path?: string;

  /**
   * Add the pod's labels to every line. About 140 bytes a line, which CloudWatch charges for.
   *
   * @default false
   */
  readonly podLabels?: boolean;

  /**
   * Space on the node for lines that could not be sent yet. When it is full, the oldest are dropped.
   *
   * @default Size.gibibytes(1)
   */
  readonly bufferSize?: Size;

  /**
   * Join the lines of stack traces of these languages into one. Lines are held back for up to two seconds for that, and what is held
   * back is lost when the process is killed.
   *
   * @default - every line for itself
   */
  readonly stackTraces?: StackTrace[];

  /**
   * Namespaces whose lines go to log groups of their own. Each route buffers up to `bufferSize` by itself.
   *
   * @default - all lines go to the target's log group
   */
  readonly routes?: LogRoute[];
}

/**
 * Fluent Bit as a log collector: reads the container logs of every node and ships them to CloudWatch Logs.
 *
 * - Lines are read in the format of CRI runtimes (containerd, CRI-O); parts of a long line are joined.
 * - JSON lines are parsed into the field `log_processed`; the raw text is kept for all others, as `log`.
 * - Delivery is at least once: what is not sent yet lies on the node's disk and is retried without limit.
 *
 * It mounts directories of the node and runs as root without capabilities, so its namespace can only enforce the Pod
 * Security Standard *privileged* (see `ObservabilityNamespaceProps.enforce`).
 */
export class FluentBit extends Construct {
  /**
   * Name of the DaemonSet.
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

  constructor(scope: Construct, id: string, props: FluentBitProps) {
    super(scope, id);
    this.name = checked('FluentBitProps.name', props.name ?? 'fluent-bit', DNS_LABEL);
    this.namespace = checked('FluentBitProps.namespace', props.namespace, DNS_LABEL);
    this.serviceAccountName = this.name;
    this.configMapName = `${this.name}-config`;
    checkReadableFrom(this.namespace, 'FluentBitProps.target.region', props.target.region);
    checkReadableFrom(this.namespace, 'FluentBitProps.target.logGroupName', props.target.logGroupName);

    const labels = componentLabels(this.name, 'log-collector', props.labels);
    const routes = numberedRoutes('FluentBitProps.routes', this.namespace, props.routes);
    this.config = fluentBitConfig({
      path: checked('FluentBitProps.path', props.path ?? '/var/log/containers/*.log', LOG_PATH),
      target: props.target,
      bufferSize: checkedBuffer(props.bufferSize ?? Size.gibibytes(1)),
      podLabels: props.podLabels ?? false,
      logLevel: props.logLevel ?? FluentBitLogLevel.INFO,
      stackTraces: [...new Set(props.stackTraces)].sort(),
      routes,
    });

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      identity: props.identity,
      // The kubernetes filter asks for one pod at a time; it never lists or watches.
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    });

    addObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, namespace: this.namespace, labels: labels.all },
      data: configMapData(this.config),
    } satisfies IConfigMap);

    const daemonSet = fluentBitDaemonSet({
      name: this.name,
      namespace: this.namespace,
      labels,
      image: props.image ?? images.fluentBit.image,
      configMap: this.configMapName,
      configChecksum: checksum(this.config),
      target: props.target,
      routes,
      stateHostPath: checked(
        'FluentBitProps.stateHostPath',
        props.stateHostPath ?? `/var/lib/${this.name}`,
        STATE_PATH,
      ),
      tolerateAllTaints: props.tolerateAllTaints ?? true,
      priorityClassName: props.priorityClassName,
      resources: props.resources,
    });
    const variables = [...Object.values(FLUENT_BIT_ENVIRONMENT), ...routes.map(({ variable }) => variable)];
    const wiring = workloadWiring('fluent-bit', variables);
    addObject(this, 'daemon-set', withOverrides('FluentBitProps.overrides', daemonSet, props.overrides, wiring));

    if (props.networkPolicy) {
      addObject(this, 'network-policy', fluentBitNetworkPolicy(this.name, this.namespace, labels));
    }
  }
}

const LOG_PATH: Rule = {
  matches: /^\/var\/log\/containers\/[^/\s${}]+(,\/var\/log\/containers\/[^/\s${}]+)*$/,
  allowed: 'globs directly below /var/log/containers/, with commas between them',
  mend: 'Select by the file name, <pod>_<namespace>_<container>-<id>.log: "/var/log/containers/*_my-namespace_*.log".',
};

const STATE_PATH: Rule = {
  matches: /^\/(?!.*(^|\/)\.\.?(\/|$))[\w.-]+(\/[\w.-]+)+$/,
  allowed: 'an absolute path of two parts or more, without "." and ".."',
  mend: 'Give a folder that no other workload of the node uses, such as "/var/lib/fluent-bit".',
};

function checkedBuffer(size: Size): Size {
  const prop = 'FluentBitProps.bufferSize (MiB)';
  checkedInteger(prop, size.toMebibytes(), 64, 1024 * 1024, 'Give what the node can spare; a chunk alone takes 2 MiB.');
  return size;
}

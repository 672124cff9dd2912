import type { Size } from 'cdk8s';
import type { AwsIdentity } from '../core/aws-identity';
import type { ContainerImageProps } from '../core/container-image-props';
import type { ContainerResources } from '../core/container-resources';
import type { CloudWatchLogsTarget } from './cloudwatch-logs-target';
import type { LogRedaction } from './log-redaction';
import type { LogRoute } from './log-route';
import type { MultilineRule } from './multiline-rule';
import type { StackTrace } from './stack-trace';

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
 * The pods of Fluent Bit, whatever they read and wherever they write to. The image is AWS for Fluent Bit; another must hold
 * `/fluent-bit/bin/fluent-bit`, version 4 or later.
 */
export interface FluentBitWorkloadProps extends ContainerImageProps {
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
   * Let no other pods of the namespace mount folders of the node, and Fluent Bit's no others than its three, by a
   * ValidatingAdmissionPolicy: Kubernetes 1.30 or later. A namespace that Fluent Bit shares lets everybody do so otherwise.
   *
   * @default false
   */
  readonly hostPathPolicy?: boolean;

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
   * Space on the node for lines that could not be sent yet, at least 64 MiB. When it is full, the oldest are dropped.
   *
   * @default Size.gibibytes(1)
   */
  readonly bufferSize?: Size;

  /**
   * How much of that is in memory at a time. The container's memory limit must leave 96 MiB beside it.
   *
   * @default - 128 MiB, or what a lower memory limit leaves
   */
  readonly memoryBufferSize?: Size;

  /**
   * Join the lines of stack traces of these languages into one. Lines are held back for up to two seconds for that, and what is held
   * back is lost when the process is killed.
   *
   * @default - every line for itself
   */
  readonly stackTraces?: StackTrace[];

  /**
   * Join the lines that these rules tell to belong together, as `stackTraces` does.
   *
   * @default - every line for itself
   */
  readonly multilineRules?: MultilineRule[];

  /**
   * What is taken out of lines. It needs an image whose Fluent Bit has the filter `lua`, as that of AWS and the upstream one have.
   *
   * @default - lines are sent as they are
   */
  readonly redaction?: LogRedaction;

  /**
   * Namespaces whose lines go to log groups of their own. Each route buffers up to `bufferSize` by itself.
   *
   * @default - all lines go to the target's log group
   */
  readonly routes?: LogRoute[];
}

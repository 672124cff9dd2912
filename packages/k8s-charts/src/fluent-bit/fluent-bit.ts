import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, checkedInteger, DNS_LABEL, type Rule } from '../core/check';
import { addConfigMap } from '../core/config-map';
import { componentImage } from '../core/container-image';
import { quantity } from '../core/container-parts';
import { checkReadableFrom } from '../core/environment';
import { componentLabels } from '../core/labels';
import { addObject, checksum } from '../core/manifest';
import { withOverrides } from '../core/overrides';
import { addAccount } from '../core/rbac';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { CONTAINER_LOGS, FLUENT_BIT_ENVIRONMENT, fluentBitConfig } from './config';
import { FluentBitLogLevel, type FluentBitProps } from './fluent-bit-props';
import { addHostPathPolicy } from './host-path-policy';
import { multilineParsers } from './multiline';
import { fluentBitNetworkPolicy } from './network-policy';
import { redactionScript } from './redaction';
import { numberedRoutes } from './routes';
import { configMapData, DEFAULT_MEMORY_LIMIT, fluentBitDaemonSet, POD_LOGS } from './workload';

/**
 * Fluent Bit as a log collector: reads the container logs of every node and ships them to CloudWatch Logs.
 *
 * - Lines are read in the format of CRI runtimes (containerd, CRI-O); parts of a long line are joined.
 * - JSON lines are parsed into the field `log_processed`; the raw text is kept for all others, as `log`.
 * - Delivery is at least once: what is not sent yet lies on the node's disk and is retried without limit.
 *
 * It mounts directories of the node and runs as root without capabilities, so its namespace can only enforce the Pod
 * Security Standard *privileged* (see `ObservabilityNamespaceProps.enforce`).
 *
 * @example
 * new FluentBit(this, 'fluent-bit', {
 *   namespace: 'monitoring',
 *   identity: AwsIdentity.role('arn:aws:iam::111122223333:role/FluentBitRole'),
 *   target: CloudWatchLogsTarget.logGroup({
 *     region: EnvironmentValue.literal('ap-northeast-2'),
 *     logGroupName: EnvironmentValue.literal('/eks/shop'),
 *   }),
 *   stackTraces: [StackTrace.JAVA],
 *   redaction: {
 *     maskFields: ['password'],
 *     patterns: [LogPattern.bearerTokens(), LogPattern.emailAddresses()],
 *   },
 *   bufferSize: Size.gibibytes(2),
 * });
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
      memoryBufferSize: checkedMemoryBuffer(props),
      podLabels: props.podLabels ?? false,
      logLevel: props.logLevel ?? FluentBitLogLevel.INFO,
      stackTraces: [...new Set(props.stackTraces)].sort(),
      multilineParsers: multilineParsers('FluentBitProps.multilineRules', props.multilineRules),
      redactionScript: redactionScript('FluentBitProps.redaction', props.redaction),
      routes,
    });

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      identity: props.identity,
      imagePullSecrets: props.imagePullSecrets,
      // The kubernetes filter asks for one pod at a time; it never lists or watches.
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    });

    const { name, namespace } = this;
    addConfigMap(this, { name: this.configMapName, namespace, labels: labels.all, data: configMapData(this.config) });

    const givenPath = props.stateHostPath ?? `/var/lib/${name}`;
    const stateHostPath = checked('FluentBitProps.stateHostPath', givenPath, STATE_PATH);
    const daemonSet = fluentBitDaemonSet({
      name,
      namespace,
      labels,
      image: componentImage('FluentBitProps', images.fluentBit.image, props),
      configMap: this.configMapName,
      configChecksum: checksum(this.config),
      target: props.target,
      routes,
      stateHostPath,
      tolerateAllTaints: props.tolerateAllTaints ?? true,
      priorityClassName: props.priorityClassName,
      resources: props.resources,
    });
    const variables = [...Object.values(FLUENT_BIT_ENVIRONMENT), ...routes.map(({ variable }) => variable)];
    const wiring = workloadWiring('fluent-bit', variables);
    addObject(this, 'daemon-set', withOverrides('FluentBitProps.overrides', daemonSet, props.overrides, wiring));

    if (props.hostPathPolicy) {
      const paths = [CONTAINER_LOGS, POD_LOGS, stateHostPath];
      const serviceAccount = this.serviceAccountName;
      addHostPathPolicy(this, { name, namespace, labels: labels.all, serviceAccount, paths });
    }
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

function checkedMemoryBuffer({ memoryBufferSize, resources }: FluentBitProps): Size {
  const limit = resources?.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  const most = Math.floor(limit.toKibibytes() / 1024) - BESIDE_BUFFER;
  const size = memoryBufferSize?.toMebibytes() ?? Math.min(128, most);
  const prop = 'FluentBitProps.memoryBufferSize (MiB)';
  checkedInteger(prop, size, 16, most, `Lower it, or raise resources.memoryLimit (${quantity(limit)}).`);
  return Size.mebibytes(size);
}

/** MiB that Fluent Bit takes for itself, and for what it is reading and sending. */
const BESIDE_BUFFER = 96;

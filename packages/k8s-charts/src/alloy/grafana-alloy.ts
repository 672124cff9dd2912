import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { AwsIdentity } from '../core/aws-identity';
import { checked, checkedInteger, DNS_LABEL, invalid } from '../core/check';
import type { ContainerResources } from '../core/container-resources';
import { checkReadableFrom } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { componentLabels } from '../core/labels';
import { addObject, checksum } from '../core/manifest';
import { addAccount } from '../core/rbac';
import { images } from '../data/images';
import { PodDiscovery } from '../metrics/pod-discovery';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { alloyConfig } from './config';
import { alloyNetworkPolicy } from './network-policy';
import { alloyDeployment, configMapData } from './workload';

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
export interface GrafanaAlloyProps {
  /**
   * Namespace of all namespaced objects. It is part of what an IAM role trusts, together with the name.
   */
  readonly namespace: string;

  /**
   * As whom Alloy writes.
   */
  readonly identity: AwsIdentity;

  /**
   * Where the metrics go.
   */
  readonly remoteWrite: PrometheusRemoteWriteTarget;

  /**
   * Value of the label `cluster` that every series gets on the way out.
   */
  readonly clusterName: EnvironmentValue;

  /**
   * Name of the Deployment, the service account, the cluster role and its binding, and value of the label `app`. The
   * ConfigMap is called `<name>-config`.
   *
   * @default 'grafana-alloy'
   */
  readonly name?: string;

  /**
   * Which pods are scraped.
   *
   * @default PodDiscovery.annotations()
   */
  readonly discovery?: PodDiscovery;

  /**
   * Time between two scrapes of a target: 1 to 300 whole seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly scrapeInterval?: Duration;

  /**
   * Time after which a scrape has failed, in whole seconds; not longer than the interval.
   *
   * @default - 10 seconds, or the interval if that is shorter
   */
  readonly scrapeTimeout?: Duration;

  /**
   * Resources of the container.
   *
   * @default - requests 100m CPU and 384Mi memory, limit 768Mi memory
   */
  readonly resources?: ContainerResources;

  /**
   * Size at which the volume of the write-ahead log, which holds the samples not sent yet, evicts the pod.
   *
   * @default Size.gibibytes(2)
   */
  readonly walSizeLimit?: Size;

  /**
   * Restrict the pod's traffic: in from itself only; out to name resolution, HTTPS, the Pod Identity agent and the
   * targets. Needs a cluster whose network plugin enforces policies.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Image with its tag.
   *
   * @default - Grafana Alloy, in the version of this library's table of images
   */
  readonly image?: string;

  /**
   * How much Alloy logs about itself.
   *
   * @default AlloyLogLevel.INFO
   */
  readonly logLevel?: AlloyLogLevel;

  /**
   * Further labels of all objects and pods. They do not replace the component's own.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };
}

/**
 * Grafana Alloy as a metrics collector: discovers pods, scrapes them and writes to a Prometheus workspace.
 *
 * One replica, replaced rather than overlapped in a rollout. It runs as a user of its own without privileges and fits the
 * Pod Security Standard *restricted*. The write-ahead log survives a restart of the container.
 */
export class GrafanaAlloy extends Construct {
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
    this.name = checked('GrafanaAlloyProps.name', props.name ?? 'grafana-alloy', DNS_LABEL);
    this.namespace = checked('GrafanaAlloyProps.namespace', props.namespace, DNS_LABEL);
    this.serviceAccountName = this.name;
    this.configMapName = `${this.name}-config`;
    const { clusterName, remoteWrite } = props;
    checkReadableFrom(this.namespace, 'GrafanaAlloyProps.clusterName', clusterName);
    checkReadableFrom(this.namespace, 'GrafanaAlloyProps.remoteWrite.region', remoteWrite.region);
    checkReadableFrom(this.namespace, 'GrafanaAlloyProps.remoteWrite.workspaceId', remoteWrite.workspaceId);

    const discovery = props.discovery ?? PodDiscovery.annotations();
    const labels = componentLabels(this.name, 'metrics-collector', props.labels);
    this.config = alloyConfig({
      discovery,
      remoteWrite,
      ...scrapeTimes(props),
      logLevel: props.logLevel ?? AlloyLogLevel.INFO,
    });

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      identity: props.identity,
      // Discovery lists and watches pods; it reads nothing else.
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    });

    addObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, namespace: this.namespace, labels: labels.all },
      data: configMapData(this.config),
    } satisfies IConfigMap);

    addObject(
      this,
      'deployment',
      alloyDeployment({
        name: this.name,
        namespace: this.namespace,
        labels,
        image: props.image ?? images.grafanaAlloy.image,
        configMap: this.configMapName,
        configChecksum: checksum(this.config),
        cluster: clusterName,
        remoteWrite,
        resources: props.resources,
        walSizeLimit: props.walSizeLimit ?? Size.gibibytes(2),
      }),
    );

    if (props.networkPolicy) {
      const targetNamespaces = discovery.namespaces;
      addObject(
        this,
        'network-policy',
        alloyNetworkPolicy({ name: this.name, namespace: this.namespace, labels, targetNamespaces }),
      );
    }
  }
}

function scrapeTimes(props: GrafanaAlloyProps) {
  const scrapeIntervalSeconds = checkedInteger(
    'GrafanaAlloyProps.scrapeInterval (seconds)',
    (props.scrapeInterval ?? Duration.seconds(60)).toSeconds(),
    1,
    300,
    'Queries take a series for ended after five minutes without a sample; 15 to 60 seconds are usual.',
  );
  const scrapeTimeoutSeconds = props.scrapeTimeout?.toSeconds() ?? Math.min(10, scrapeIntervalSeconds);
  if (scrapeTimeoutSeconds < 1 || scrapeTimeoutSeconds > scrapeIntervalSeconds) {
    throw invalid(
      'GrafanaAlloyProps.scrapeTimeout (seconds)',
      scrapeTimeoutSeconds,
      `1 to the scrape interval, ${scrapeIntervalSeconds}`,
      'Lower scrapeTimeout or raise scrapeInterval.',
    );
  }
  return { scrapeIntervalSeconds, scrapeTimeoutSeconds };
}

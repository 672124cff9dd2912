import { Construct } from 'constructs';
import { AwsIdentity } from '../core/aws-identity';
import { checked, DNS_LABEL, invalid } from '../core/check';
import { componentImage } from '../core/container-image';
import type { ContainerImageProps } from '../core/container-image-props';
import type { ContainerResources } from '../core/container-resources';
import { componentLabels } from '../core/labels';
import { addObject } from '../core/manifest';
import { withOverrides } from '../core/overrides';
import { type AccountRule, addAccount } from '../core/rbac';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { MetricsSource } from '../metrics/metrics-source';
import { apiGroup, USUAL_OBJECTS } from './api-groups';
import { addKubeStateMetricsNetworkPolicy } from './network-policy';
import type { ObservedObject } from './observed-object';
import { kubeStateMetricsDeployment, METRICS_PORT } from './workload';

/**
 * Properties of KubeStateMetrics.
 */
export interface KubeStateMetricsProps extends ContainerImageProps {
  /**
   * Namespace of all namespaced objects.
   */
  readonly namespace: string;

  /**
   * Name of the Deployment, the service account, the cluster role and its binding, and value of the labels `app` and
   * `app.kubernetes.io/name`.
   *
   * @default 'kube-state-metrics'
   */
  readonly name?: string;

  /**
   * Kinds of objects whose state is told. Secrets and ConfigMaps are not among them.
   *
   * @default - daemon sets, deployments, horizontal pod autoscalers, jobs, nodes, persistent volume claims, pods, stateful sets
   */
  readonly objects?: ObservedObject[];

  /**
   * Names of the metrics that collectors keep; a name may end in an asterisk.
   *
   * @default - all metrics are kept
   */
  readonly keepMetrics?: string[];

  /**
   * Resources of the container. Memory grows with the number of objects: about 2 KiB for each.
   *
   * @default - requests 20m CPU and 128Mi memory, limit 256Mi memory
   */
  readonly resources?: ContainerResources;

  /**
   * Restrict the pod's traffic: in from metrics collectors, and to no other port than that of its metrics; out to name resolution and
   * HTTPS, where Kubernetes' API is. Needs a cluster whose network plugin enforces policies.
   *
   * @default false
   */
  readonly networkPolicy?: boolean;

  /**
   * Further labels of all objects and pods. They do not replace the component's own.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * What is to be different in the Deployment, as it stands in the manifest: objects are merged by key, lists of named things by
   * name, anything else is replaced. What joins it to other objects is refused: names, labels that select, the service account,
   * the command, and by what it turns names into addresses.
   *
   * @default - nothing
   */
  readonly overrides?: { [key: string]: unknown };
}

/**
 * kube-state-metrics: tells the state of Kubernetes objects as metrics. Hand its `source` to a single metrics collector.
 *
 * It reads the kinds of objects it is asked for, in all namespaces, calls nothing but Kubernetes' API and fits the Pod Security
 * Standard *restricted*.
 *
 * @see https://github.com/kubernetes/kube-state-metrics
 */
export class KubeStateMetrics extends Construct {
  /**
   * Name of the Deployment.
   */
  public readonly name: string;

  /**
   * Namespace of the pods.
   */
  public readonly namespace: string;

  /**
   * What a metrics collector has to know to scrape it, see `MetricsCollectorProps.sources`.
   */
  public readonly source: MetricsSource;

  constructor(scope: Construct, id: string, props: KubeStateMetricsProps) {
    super(scope, id);
    this.name = checked('KubeStateMetricsProps.name', props.name ?? 'kube-state-metrics', DNS_LABEL);
    this.namespace = checked('KubeStateMetricsProps.namespace', props.namespace, DNS_LABEL);
    const objects = [...new Set(props.objects ?? USUAL_OBJECTS)].sort();
    if (objects.length === 0) {
      throw invalid('KubeStateMetricsProps.objects', [], 'one kind or more', 'Leave the prop out for the usual ones.');
    }
    this.source = MetricsSource.kubeStateMetrics({
      name: this.name,
      namespace: this.namespace,
      port: METRICS_PORT,
      keepMetrics: props.keepMetrics,
    });
    const labels = componentLabels(this.name, 'metrics-source', props.labels);

    addAccount(this, {
      name: this.name,
      namespace: this.namespace,
      labels: labels.all,
      // It does not call AWS.
      identity: AwsIdentity.podIdentity(),
      imagePullSecrets: props.imagePullSecrets,
      rules: accountRules(objects),
    });

    const deployment = kubeStateMetricsDeployment({
      name: this.name,
      namespace: this.namespace,
      labels,
      image: componentImage('KubeStateMetricsProps', images.kubeStateMetrics.image, props),
      objects,
      resources: props.resources,
    });
    const wiring = workloadWiring('kube-state-metrics', []);
    addObject(
      this,
      'deployment',
      withOverrides('KubeStateMetricsProps.overrides', deployment, props.overrides, wiring),
    );
    if (props.networkPolicy) {
      addKubeStateMetricsNetworkPolicy(this, this.name, this.namespace, labels);
    }
  }
}

/** One rule for each API group. */
function accountRules(objects: ObservedObject[]): AccountRule[] {
  const groups = [...new Set(objects.map(apiGroup))].sort();
  return groups.map((group) => ({
    apiGroups: [group],
    resources: objects.filter((object) => apiGroup(object) === group),
    verbs: ['list', 'watch'],
  }));
}

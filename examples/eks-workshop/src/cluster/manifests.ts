import {
  AdotCollector,
  AdotDelivery,
  AwsIdentity,
  EnvironmentValue,
  ObservabilityNamespace,
  PrometheusHelmValues,
  PrometheusRemoteWriteTarget,
} from '@eks-sightline/k8s-charts';
import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { environment } from '../environment';

const { account, adot, cluster, namespace, partition, prometheus } = environment;
const region = EnvironmentValue.literal(environment.region);
const clusterName = EnvironmentValue.literal(cluster.name);

/**
 * What is applied to the cluster, by file: each half of the workshop is a way of its own to the same panels.
 *
 * @param workspaceId id of the workspace that the stack makes; before its first deployment nobody knows it, and the pods
 * wait until the ConfigMap has it
 */
export function manifests(workspaceId: string | undefined): ReadonlyMap<string, string> {
  const app = new App();
  return new Map([
    ['adot/collector.yaml', yaml(adotChart(app, workspaceId))],
    ['prometheus/values.yaml', prometheusValues()],
  ]);
}

function adotChart(app: App, workspaceId: string | undefined): Chart {
  const chart = new Chart(app, 'adot');
  new ObservabilityNamespace(chart, 'namespace', { name: namespace });
  new ApiObject(chart, 'workspace', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: adot.idConfigMap, namespace },
    ...(workspaceId !== undefined && { data: { [adot.idKey]: workspaceId } }),
  });
  new AdotCollector(chart, 'collector', {
    name: adot.serviceAccount,
    namespace,
    delivery: AdotDelivery.OPERATOR,
    identity: AwsIdentity.role(roleArn(adot.role)),
    clusterName,
    remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({
      region,
      workspaceId: EnvironmentValue.configMapKey({ name: adot.idConfigMap, key: adot.idKey, namespace }),
    }),
  });
  return chart;
}

/** An agent needs no volume, which is why the workshop turns away from Prometheus. */
function prometheusValues(): string {
  return PrometheusHelmValues.ofAgent({
    name: prometheus.serviceAccount,
    namespace,
    identity: AwsIdentity.role(roleArn(prometheus.role)),
    clusterName,
    remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({
      region,
      workspaceId: EnvironmentValue.literal(prometheus.workspaceId),
    }),
  }).text;
}

function yaml(chart: Chart): string {
  return Yaml.stringify(...(chart.toJson() as object[]));
}

/** Roles have no path, so the name is the whole of it; a test compares it with the templates. */
function roleArn(name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

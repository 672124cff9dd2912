import {
  AckPrometheusWorkspace,
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  FluentBit,
  GrafanaAlloy,
  type KustomizeManifest,
  ObservabilityNamespace,
  PodDiscovery,
  PodSecurityLevel,
  PrometheusRemoteWriteTarget,
} from '@eks-sightline/k8s-charts';
import { type App, Chart } from 'cdk8s';
import { environment, type Overlay } from '../environment';
import { addGame } from './game';

const { account, alloy, fluentBit, namespaces, partition, prometheus } = environment;

/** Everything that runs in the cluster of one overlay, a chart per file of the tree. */
export class Installation {
  readonly manifests: KustomizeManifest[];
  readonly workspace: AckPrometheusWorkspace;

  constructor(app: App, overlay: Overlay) {
    const chart = (file: string) =>
      new Chart(app, `${overlay.name}/${file}`.replaceAll('/', '-'), { disableResourceNameHashes: true });
    const charts = {
      'prometheus/workspace.yaml': chart('prometheus/workspace'),
      'monitoring/namespace.yaml': chart('monitoring/namespace'),
      'monitoring/grafana-alloy.yaml': chart('monitoring/grafana-alloy'),
      'monitoring/fluent-bit.yaml': chart('monitoring/fluent-bit'),
    };
    const games = overlay.gameNamespaces.map((namespace) => ({
      file: `tictactoe/${namespace}.yaml`,
      source: chart(`tictactoe/${namespace}`),
      namespace,
    }));
    for (const { source, namespace } of games) addGame(source, namespace);
    this.manifests = [...Object.entries(charts).map(([file, source]) => ({ file, source })), ...games];
    const region = EnvironmentValue.literal(environment.region);

    this.workspace = new AckPrometheusWorkspace(charts['prometheus/workspace.yaml'], 'workspace', {
      name: prometheus.workspace,
      namespace: namespaces.ack,
      region: environment.region,
      alias: overlay.prometheus.alias,
      tags: { ...overlay.prometheus.tags },
      exportNamespace: namespaces.monitoring,
      configMapName: prometheus.idConfigMap,
      configMapKey: prometheus.idKey,
    });

    new ObservabilityNamespace(charts['monitoring/namespace.yaml'], 'namespace', {
      name: namespaces.monitoring,
      // Fluent Bit reads the node's log files.
      enforce: PodSecurityLevel.PRIVILEGED,
    });

    new GrafanaAlloy(charts['monitoring/grafana-alloy.yaml'], 'alloy', {
      name: alloy.name,
      namespace: namespaces.monitoring,
      identity: AwsIdentity.role(roleArn(overlay.roles.alloy)),
      clusterName: EnvironmentValue.literal(overlay.cluster.name),
      discovery: PodDiscovery.annotations({ defaultPort: environment.discovery.defaultPort }),
      remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({ region, workspaceId: this.workspace.workspaceId }),
    });

    new FluentBit(charts['monitoring/fluent-bit.yaml'], 'fluent-bit', {
      name: fluentBit.name,
      namespace: namespaces.monitoring,
      identity: AwsIdentity.role(roleArn(overlay.roles.fluentBit)),
      path: fluentBit.logFiles,
      target: CloudWatchLogsTarget.logGroup({
        region,
        logGroupName: EnvironmentValue.literal(overlay.logGroup.name),
      }),
    });
  }
}

/** Roles have no path, so the name is the whole of it; a test compares it with the templates. */
function roleArn(name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

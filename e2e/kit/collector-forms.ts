import {
  AdotCollector,
  AlloyDelivery,
  AwsIdentity,
  EnvironmentValue,
  GrafanaAlloy,
  type MetricsCollectorProps,
  PrometheusAgent,
  PrometheusHelmChart,
  PrometheusHelmValues,
  PrometheusRemoteWriteTarget,
  PrometheusServer,
} from '@eks-sightline/k8s-charts';
import { Duration, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { engine, optionalEngine } from '../engines';
import { type Collector, workspace, world } from './collected-cluster';
import type { KubernetesObject } from './objects';
import { type ChartValues, chartObjects } from './prometheus-chart';

/** Props of any collector, whose samples come often, so that suites need not wait for a minute. */
export function collectorProps(clusterName: string = world.cluster): MetricsCollectorProps {
  return {
    namespace: 'monitoring',
    identity: AwsIdentity.role(`arn:aws:iam::${world.account}:role/GrafanaAgentAMPRole`),
    clusterName: EnvironmentValue.literal(clusterName),
    remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({
      region: EnvironmentValue.literal(world.region),
      workspaceId: EnvironmentValue.literal(workspace),
    }),
    scrapeInterval: Duration.seconds(10),
  };
}

/** What a construct renders. */
export function rendered(make: (scope: Construct) => unknown): KubernetesObject[] {
  const chart = Testing.chart();
  make(chart);
  return chart.toJson() as KubernetesObject[];
}

/** One way of having a collector. */
export interface Form {
  /** Of its workload, and the value of the label `cluster` of what it sends. */
  readonly name: string;
  readonly container: string;
  readonly program: readonly string[];
  readonly make: (props: MetricsCollectorProps) => KubernetesObject[];
}

const prometheus = () => engine('prometheus').command;
const helm = 'prometheus-metrics-collector';

/** Every way that can run here; without Alloy where the machine has none. */
export function forms(): Form[] {
  const alloy = optionalEngine('alloy');
  const ofAlloy = alloy && { container: 'alloy', program: alloy.command };
  return [
    ...(ofAlloy
      ? [
          {
            ...ofAlloy,
            name: 'alloy',
            make: (props: MetricsCollectorProps) => rendered((scope) => new GrafanaAlloy(scope, 'c', props)),
          },
          {
            ...ofAlloy,
            name: 'alloy-on-nodes',
            make: (props: MetricsCollectorProps) =>
              rendered((scope) => new GrafanaAlloy(scope, 'c', { ...props, delivery: AlloyDelivery.DAEMON_SET })),
          },
        ]
      : []),
    {
      name: 'adot',
      container: 'adot-collector',
      program: engine('otel-collector').command,
      make: (props) => rendered((scope) => new AdotCollector(scope, 'c', props)),
    },
    {
      name: 'agent',
      container: 'prometheus',
      program: prometheus(),
      make: (props) => rendered((scope) => new PrometheusAgent(scope, 'c', props)),
    },
    {
      name: 'server',
      container: 'prometheus',
      program: prometheus(),
      make: (props) => rendered((scope) => new PrometheusServer(scope, 'c', props)),
    },
    {
      name: 'helm-agent',
      container: helm,
      program: prometheus(),
      make: (props) => chartObjects(plain(PrometheusHelmValues.ofAgent(props))),
    },
    {
      name: 'helm-server-26',
      container: helm,
      program: prometheus(),
      make: (props) => chartObjects(plain(PrometheusHelmValues.ofServer(props, { chart: PrometheusHelmChart.V26 }))),
    },
  ];
}

/** The pod of a form, with props of its own. */
export function collectorOf(form: Form, address: string, changes: Partial<MetricsCollectorProps> = {}): Collector {
  const { name, container, program } = form;
  const objects = form.make({ ...collectorProps(name), name, ...changes });
  return { name, objects, container, image: { command: program }, address };
}

/** What Helm reads of the values. */
export function plain({ values }: PrometheusHelmValues): ChartValues {
  return values as unknown as ChartValues;
}

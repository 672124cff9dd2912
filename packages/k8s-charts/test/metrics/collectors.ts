import type { Construct } from 'constructs';
import {
  AdotCollector,
  AwsIdentity,
  EnvironmentValue,
  GrafanaAlloy,
  type IMetricsCollector,
  type MetricsCollectorProps,
  PrometheusAgent,
  PrometheusRemoteWriteTarget,
  PrometheusServer,
} from '../../src';

/** Props that every collector takes. */
export const PROPS: MetricsCollectorProps = {
  namespace: 'monitoring',
  identity: AwsIdentity.role('arn:aws:iam::111122223333:role/GrafanaAgentAMPRole'),
  clusterName: EnvironmentValue.literal('tictactoe-dev'),
  remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({
    region: EnvironmentValue.literal('ap-northeast-2'),
    workspaceId: EnvironmentValue.literal('ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95'),
  }),
};

export type MakeCollector = (scope: Construct, props: MetricsCollectorProps) => IMetricsCollector;

/** Name of the props' type, default name, the constructor. */
export const COLLECTORS: [string, string, MakeCollector][] = [
  ['GrafanaAlloyProps', 'grafana-alloy', (scope, props) => new GrafanaAlloy(scope, 'c', props)],
  ['PrometheusAgentProps', 'prometheus-agent', (scope, props) => new PrometheusAgent(scope, 'c', props)],
  ['PrometheusServerProps', 'prometheus-server', (scope, props) => new PrometheusServer(scope, 'c', props)],
  ['AdotCollectorProps', 'adot-collector', (scope, props) => new AdotCollector(scope, 'c', props)],
];

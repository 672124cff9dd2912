import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdotCollector,
  AwsIdentity,
  EnvironmentValue,
  PrometheusAgent,
  PrometheusRemoteWriteTarget,
} from '@eks-sightline/k8s-charts';
import { App, Chart } from 'cdk8s';
import { engine } from '../engines';
import { run } from '../engines/run';
import { describeCollected, job } from '../kit/collected-behaviour';
import { CollectedCluster, collectorAddress, workspace, world } from '../kit/collected-cluster';
import { type KubernetesObject, only } from '../kit/objects';
import { temporaryFolder } from '../kit/temporary';

const props = {
  namespace: 'monitoring',
  identity: AwsIdentity.role(`arn:aws:iam::${world.account}:role/GrafanaAgentAMPRole`),
  clusterName: EnvironmentValue.literal(world.cluster),
  remoteWrite: PrometheusRemoteWriteTarget.ampWorkspace({
    region: EnvironmentValue.literal(world.region),
    workspaceId: EnvironmentValue.literal(workspace),
  }),
};

describe('AdotCollector', () => {
  const objects = rendered((chart) => new AdotCollector(chart, 'adot', props));
  const program = engine('otel-collector').command;
  const text = configuration(objects, 'adot-collector-config', 'config.yaml');

  test('the collector takes the configuration', async () => {
    expect(await validate(text)).toEqual({ status: 0, stderr: '' });
  });

  test('it refuses another', async () => {
    const { status, stderr } = await validate(text.replace('disable_scope_info:', 'no_scope_info:'));
    expect(status).not.toBe(0);
    expect(stderr).toContain('invalid keys: no_scope_info');
  });

  describe('from a real API server to a real Prometheus', () => {
    let cluster: CollectedCluster;
    beforeAll(async () => {
      const image = { command: program };
      cluster = await CollectedCluster.start({ name: 'adot-collector', objects, container: 'adot-collector', image });
    }, 300_000);
    afterAll(() => cluster?.stop());

    // Its own page has a target_info, which must not take the place of the scrape's job and instance.
    const own = { __name__: 'otelcol_process_uptime', job, instance: `${collectorAddress}:8888` };
    describeCollected('adot-collector', own, () => cluster);
  });

  async function validate(config: string) {
    const file = join(temporaryFolder(), 'config.yaml');
    writeFileSync(file, config);
    const variables = { AWS_REGION: world.region, AMP_WORKSPACE_ID: workspace, CLUSTER_NAME: world.cluster };
    // It asks for credentials even when it only validates.
    const credentials = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_EC2_METADATA_DISABLED: 'true' };
    const env = { ...variables, ...credentials };
    const { status, stderr } = await run([...program, 'validate', `--config=${file}`], { env, timeout: 60_000 });
    return { status, stderr };
  }
});

describe('PrometheusAgent', () => {
  const objects = rendered((chart) => new PrometheusAgent(chart, 'prometheus', props));
  const text = configuration(objects, 'prometheus-agent-config', 'prometheus.yml');

  test('Prometheus takes the configuration as an agent’s', async () => {
    expect((await check(text)).status).toBe(0);
  });

  test('it refuses another', async () => {
    const { status, stderr } = await check(`${text}\nrule_files: [rules.yml]\n`);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/rule_files/);
  });

  describe('from a real API server to a real Prometheus', () => {
    let cluster: CollectedCluster;
    beforeAll(async () => {
      const image = { command: engine('prometheus').command };
      cluster = await CollectedCluster.start({ name: 'prometheus-agent', objects, container: 'prometheus', image });
    }, 300_000);
    afterAll(() => cluster?.stop());

    const own = { __name__: 'prometheus_build_info', job, instance: `${collectorAddress}:9090` };
    describeCollected('prometheus-agent', own, () => cluster);
  });

  function check(config: string) {
    const file = join(temporaryFolder(), 'prometheus.yml');
    writeFileSync(file, config);
    return run([...engine('promtool').command, 'check', 'config', '--agent', file], { timeout: 60_000 });
  }
});

function rendered(make: (chart: Chart) => unknown): KubernetesObject[] {
  const chart = new Chart(new App(), 'test');
  make(chart);
  return chart.toJson() as KubernetesObject[];
}

function configuration(objects: readonly KubernetesObject[], configMap: string, key: string): string {
  return (only(objects, 'ConfigMap', configMap).data as Record<string, string>)[key] ?? '';
}

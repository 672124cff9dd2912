import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AdotCollector,
  AlloyDelivery,
  AlloyLogLevel,
  GrafanaAlloy,
  MetricsSource,
  PodDiscovery,
  PrometheusAgent,
  PrometheusServer,
} from '@eks-sightline/k8s-charts';
import { Duration, Size } from 'cdk8s';
import { engine, optionalEngine } from '../engines';
import { run } from '../engines/run';
import { makeCertificate } from '../kit/certificate';
import { collectorProps, rendered } from '../kit/collector-forms';
import { type KubernetesObject, only } from '../kit/objects';
import { temporaryFolder } from '../kit/temporary';

/** Every option that changes the configuration. */
const props = {
  ...collectorProps(),
  discovery: PodDiscovery.annotations({ namespaces: ['tictactoe-dev', 'monitoring'], defaultPort: 8080 }),
  sources: [MetricsSource.kubeStateMetrics(), MetricsSource.cAdvisor(), MetricsSource.kubelet()],
  keepMetrics: ['nginx_*', 'http_requests_total'],
  sampleLimit: 5000,
  scrapeInterval: Duration.seconds(30),
  scrapeTimeout: Duration.seconds(15),
};
const queue = { capacity: 2500, maxShards: 200, maxSamplesPerSend: 1000 };

describe('every option at once is taken by', () => {
  test.each([
    [
      'agent',
      ['--agent'],
      rendered((scope) => new PrometheusAgent(scope, 'c', { ...props, queue, highAvailability: true })),
    ],
    [
      'server',
      [],
      rendered((scope) => new PrometheusServer(scope, 'c', { ...props, queue, retention: Duration.days(2) })),
    ],
  ])('promtool, for a Prometheus %s', async (name, flags, objects) => {
    const file = fileOf(objects, `prometheus-${name}-config`, 'prometheus.yml');
    // The files of the service account are in pods only.
    const check = [...engine('promtool').command, 'check', 'config', '--syntax-only', ...flags, file];
    expect((await run(check, { timeout: 60_000 })).status).toBe(0);
  });

  test('the collector of ADOT', async () => {
    const objects = rendered((scope) => new AdotCollector(scope, 'c', { ...props, highAvailability: true }));
    // It looks for the files of the account, which are in pods only.
    const account = temporaryFolder();
    await makeCertificate(account, ['kubernetes']);
    renameSync(join(account, 'cert.pem'), join(account, 'ca.crt'));
    writeFileSync(join(account, 'token'), 'token');
    const text = textOf(objects, 'adot-collector-config', 'config.yaml');
    const file = join(temporaryFolder(), 'config.yaml');
    writeFileSync(file, text.replaceAll('/var/run/secrets/kubernetes.io/serviceaccount', account));
    const variables = ['AWS_REGION', 'AMP_WORKSPACE_ID', 'CLUSTER_NAME', 'POD_NAME', 'AWS_ACCESS_KEY_ID'];
    const env = {
      ...Object.fromEntries([...variables, 'AWS_SECRET_ACCESS_KEY'].map((name) => [name, 'any'])),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const validate = [...engine('otel-collector').command, 'validate', `--config=${file}`];
    expect(await run(validate, { env, timeout: 60_000 })).toMatchObject({ status: 0, stderr: '' });
  });

  const alloy = optionalEngine('alloy');
  const reason = alloy ? '' : ' (skipped: no alloy on PATH or in SIGHTLINE_ALLOY)';
  (alloy ? test : test.skip).each([
    [
      'as copies',
      { highAvailability: true, monitors: { namespaces: ['a'], matchLabels: { 'team.io/name': 'games' } } },
    ],
    ['as a cluster', { replicas: 3, monitors: { podMonitors: false } }],
    ['on every node', { delivery: AlloyDelivery.DAEMON_SET }],
  ])(`alloy validate and alloy fmt, %s${reason}`, async (_, form) => {
    const more = { queue, logLevel: AlloyLogLevel.WARN, walSizeLimit: Size.gibibytes(4) };
    const objects = rendered((scope) => new GrafanaAlloy(scope, 'c', { ...props, ...more, ...form }));
    const file = fileOf(objects, 'grafana-alloy-config', 'config.alloy');
    const command = alloy?.command ?? [];
    expect(await run([...command, 'validate', file], { timeout: 60_000 })).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await run([...command, 'fmt', file], { timeout: 60_000 });
    expect(stdout).toBe(textOf(objects, 'grafana-alloy-config', 'config.alloy'));
  });
});

function textOf(objects: readonly KubernetesObject[], configMap: string, key: string): string {
  return (only(objects, 'ConfigMap', configMap).data as Record<string, string>)[key] ?? '';
}

function fileOf(objects: readonly KubernetesObject[], configMap: string, key: string): string {
  const file = join(temporaryFolder(), key);
  writeFileSync(file, textOf(objects, configMap, key));
  return file;
}

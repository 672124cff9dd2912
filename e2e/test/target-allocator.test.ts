import { AdotCollector, AdotDelivery } from '@eks-sightline/k8s-charts';
import { engine, optionalEngine } from '../engines';
import { CollectedCluster } from '../kit/collected-cluster';
import { collectorProps, rendered } from '../kit/collector-forms';
import type { KubernetesObject } from '../kit/objects';
import { operatedObjects } from '../kit/operated';
import { until } from '../kit/until';

const allocator = optionalEngine('target-allocator');
const reason = allocator ? '' : ' (skipped: no target-allocator on PATH or in SIGHTLINE_TARGET_ALLOCATOR)';

/** Of the game's server, besides its annotations. */
const podMonitor: KubernetesObject = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name: 'frontend', namespace: 'tictactoe-dev' },
  spec: {
    selector: { matchLabels: { app: 'tictactoe-frontend' } },
    podMetricsEndpoints: [{ portNumber: 9113, interval: '10s' }],
  },
};

const collectors = ['adot-collector-collector-0', 'adot-collector-collector-1'];
const addresses = ['10.77.0.5', '10.77.0.6'];
const allocatorAddress = '10.77.0.4';

(allocator ? describe : describe.skip)(`two collectors of ADOT with the operator's target allocator${reason}`, () => {
  let cluster: CollectedCluster;

  beforeAll(async () => {
    const resources = rendered(
      (scope) =>
        new AdotCollector(scope, 'c', {
          ...collectorProps(),
          delivery: AdotDelivery.OPERATOR,
          replicas: 2,
          monitors: {},
          keepMetrics: ['nginx_*', 'http_requests_*', 'otelcol_process_uptime'],
        }),
    );
    const objects = operatedObjects(resources);
    const image = { command: engine('otel-collector').command };
    const pods = [
      {
        name: 'adot-collector-targetallocator',
        container: 'ta-container',
        image: { command: allocator?.command ?? [] },
        address: allocatorAddress,
      },
      ...collectors.map((pod, index) => ({
        name: 'adot-collector-collector',
        pod,
        container: 'otc-container',
        image,
        address: addresses[index] ?? '',
      })),
    ].map((pod) => ({ ...pod, objects }));
    const arrived = async (one: CollectedCluster) => (await one.query('count by (pod, job) (up == 1)')).length === 5;
    const hosts = { 'adot-collector-targetallocator': allocatorAddress };
    cluster = await CollectedCluster.start(pods, { hosts, arrived, objects: [podMonitor] });
  }, 300_000);

  afterAll(() => cluster?.stop());

  test('every pod is scraped with the labels that a single collector gives, the allocator is not', async () => {
    const series = await cluster.query('up{job="kubernetes-pods"}');
    expect(series.map(({ pod, instance, app }) => `${app} ${pod} ${instance}`).sort()).toEqual([
      'adot-collector adot-collector-collector-0 10.77.0.5:8888',
      'adot-collector adot-collector-collector-1 10.77.0.6:8888',
      'tictactoe-backend tictactoe-backend-0 10.77.0.3:8081',
      'tictactoe-frontend tictactoe-frontend-0 10.77.0.2:9113',
    ]);
  });

  test('each target belongs to one of the two', async () => {
    const shares = () => Promise.all(collectors.map((collector) => targetsOf('kubernetes-pods', collector)));
    const all = ['10.77.0.2', '10.77.0.3', '10.77.0.5', '10.77.0.6'];
    await until('four targets are divided', async () => (await shares()).flat().length === all.length, 30_000);
    expect((await shares()).flat().sort()).toEqual(all);
  });

  test('what a PodMonitor names is scraped as its own job, and kept by the names of the metrics', async () => {
    const job = 'tictactoe-dev/frontend';
    expect(await cluster.query(`nginx_http_requests_total{job="${job}"}`)).toEqual([
      expect.objectContaining({ namespace: 'tictactoe-dev', pod: 'tictactoe-frontend-0', instance: '10.77.0.2:9113' }),
    ]);
    expect(await cluster.query(`{__name__=~"go_.+|process_.+|target_info",job="${job}"}`)).toEqual([]);
  });

  test('its account is enough: nothing that it asks for is forbidden but secrets, which it must not read', async () => {
    const forbidden = cluster
      .log('adot-collector-targetallocator-0/ta-container')
      .split('\n')
      .flatMap((line) => /cannot (\w+) resource \\?"(\w+)\\?"/.exec(line)?.slice(1, 3).join(' ') ?? []);
    expect([...new Set(forbidden)].filter((one) => !one.endsWith(' secrets'))).toEqual([]);
  });

  /** The allocator tells addresses as they were discovered; the collector writes the port of the annotation into them. */
  async function targetsOf(job: string, collector: string): Promise<string[]> {
    const page = await cluster.page(`http://${allocatorAddress}/jobs/${job}/targets?collector_id=${collector}`);
    return (JSON.parse(page || '[]') as { targets: string[] }[]).flatMap(({ targets }) =>
      targets.map((target) => target.replace(/:\d+$/, '')),
    );
  }
});

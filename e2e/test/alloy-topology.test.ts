import { AlloyDelivery, GrafanaAlloy } from '@eks-sightline/k8s-charts';
import { optionalEngine } from '../engines';
import { CollectedCluster, type Collector } from '../kit/collected-cluster';
import { collectorProps, rendered } from '../kit/collector-forms';
import { until } from '../kit/until';

const alloy = optionalEngine('alloy');
const reason = alloy ? '' : ' (skipped: no alloy on PATH or in SIGHTLINE_ALLOY)';
const image = { command: alloy?.command ?? [] };

/** The first names the game's server; the second is there so that its kind is known. */
const monitors = [
  { kind: 'PodMonitor', spec: { podMetricsEndpoints: [{ portNumber: 9113, interval: '10s' }] } },
  { kind: 'ServiceMonitor', spec: { endpoints: [{ port: 'none' }] } },
].map(({ kind, spec }) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind,
  metadata: { name: 'frontend', namespace: 'tictactoe-dev' },
  spec: { ...spec, selector: { matchLabels: { app: 'tictactoe-frontend' } } },
}));

const addresses = ['10.77.0.4', '10.77.0.5'];

/** Pods of the game, and the two of Alloy. */
const all = 4;

(alloy ? describe : describe.skip)(`two pods of Alloy${reason}`, () => {
  describe('on two nodes', () => {
    const objects = rendered(
      (scope) => new GrafanaAlloy(scope, 'c', { ...collectorProps(), delivery: AlloyDelivery.DAEMON_SET }),
    );
    const cluster = running(objects, { nodes: { 'tictactoe-backend': 'node-2' } });

    test('scrape what is on their own node, and nothing else', async () => {
      expect(await targets(cluster(), '10.77.0.4')).toBe(2);
      expect(await targets(cluster(), '10.77.0.5')).toBe(2);
    });
  });

  describe('as a cluster', () => {
    const objects = rendered(
      (scope) => new GrafanaAlloy(scope, 'c', { ...collectorProps(), replicas: 2, monitors: {} }),
    );
    const hosts = { 'grafana-alloy-cluster': addresses };
    const cluster = running(objects, { hosts, objects: monitors });

    test('find each other by the name of their Service', async () => {
      for (const address of addresses) {
        expect(await gauge(cluster(), address, 'cluster_node_peers{.*state="participant".*}')).toBe(2);
      }
    });

    test('scrape what a PodMonitor names, as its own job', async () => {
      const series = () => cluster().query('nginx_http_requests_total{job="tictactoe-dev/frontend"}');
      await until('the job of the monitor arrives', async () => (await series()).length > 0, 60_000);
      expect(await series()).toEqual([
        expect.objectContaining({
          namespace: 'tictactoe-dev',
          pod: 'tictactoe-frontend-0',
          instance: '10.77.0.2:9113',
        }),
      ]);
    }, 90_000);

    test('divide the targets among themselves', async () => {
      const sum = async () => {
        const shares = await Promise.all(addresses.map((address) => targets(cluster(), address)));
        return shares.reduce((one, two) => one + two, 0);
      };
      await until('each target belongs to one', async () => (await sum()) === all, 60_000);
    }, 90_000);
  });
});

/** How many targets an Alloy scrapes. */
function targets(cluster: CollectedCluster, address: string): Promise<number> {
  return gauge(cluster, address, 'prometheus_scrape_targets_gauge{.*component_id="prometheus.scrape.pods".*}');
}

async function gauge(cluster: CollectedCluster, address: string, series: string): Promise<number> {
  const page = await cluster.page(`http://${address}:12345/metrics`);
  return Number(new RegExp(`^${series} (\\S+)$`, 'm').exec(page)?.[1] ?? Number.NaN);
}

type Objects = Collector['objects'];

function running(objects: Objects, options: Parameters<typeof CollectedCluster.start>[1]): () => CollectedCluster {
  let cluster: CollectedCluster | undefined;
  beforeAll(async () => {
    const one = { name: 'grafana-alloy', objects, container: 'alloy', image };
    const pods = [
      { ...one, pod: 'grafana-alloy-0', node: 'node-1', address: '10.77.0.4' },
      { ...one, pod: 'grafana-alloy-1', node: 'node-2', address: '10.77.0.5' },
    ];
    const arrived = async (started: CollectedCluster) =>
      (await started.query('count by (pod) (up == 1)')).length === pods.length + 2;
    cluster = await CollectedCluster.start(pods, { ...options, arrived });
  }, 300_000);
  afterAll(() => cluster?.stop());
  return () => {
    if (!cluster) {
      throw new Error('the cluster is not running');
    }
    return cluster;
  };
}

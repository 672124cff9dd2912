import { optionalEngine } from '../engines';
import { podObject } from '../kit/cri';
import { buildObjects } from '../kit/objects';
import { answered, exchanges } from '../kit/observed';
import { type Pod, whyNoPods } from '../kit/pod';
import { overlayFolder, overlays, worldOf } from '../kit/rendered';
import { startRenderedPod } from '../kit/rendered-pod';
import { type Call, type PodObject, type RemoteWriteCall, temporaryAccessKey } from '../kit/stand-in/world';
import { type Workload, workloadOf } from '../kit/workload';

const alloy = optionalEngine('alloy');
const reason = alloy ? '' : ' (skipped: no alloy on PATH or in SIGHTLINE_ALLOY)';
const workspace = 'ws-0a1b2c3d-0000-4000-8000-000000000000';

/** Every pod is at an address of its own, and its exporter tells one metric. */
const pods: readonly PodObject[] = [
  pod('on-default-port', '127.1.0.1', { 'prometheus.io/scrape': 'true' }),
  pod('on-its-own-port', '127.1.0.2', {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9200',
    'prometheus.io/path': '/stats',
  }),
  pod('without-annotation', '127.1.0.3', {}),
  pod('switched-off', '127.1.0.4', { 'prometheus.io/scrape': 'false' }),
  pod('not-running', '127.1.0.5', { 'prometheus.io/scrape': 'true' }, 'Succeeded'),
];

interface Run {
  readonly workload: Workload;
  readonly calls: readonly Call[];
  readonly writes: readonly RemoteWriteCall[];
}

(alloy ? describe : describe.skip)(`alloy as the pod that is rendered${reason}`, () => {
  const runs = new Map<string, Run>();

  beforeAll(async () => {
    const why = await whyNoPods();
    if (why) {
      throw new Error(why);
    }
    // At once: the first scrape comes at any moment of the interval of a minute.
    await Promise.all(overlays.map(async (overlay) => runs.set(overlay, await collect(overlay))));
  }, 170_000);

  describe.each(overlays)('%s', (overlay) => {
    const run = () => runs.get(overlay) ?? { workload: {} as Workload, calls: [], writes: [] };

    test('exchanges its token at STS for the role of its service account, which trusts that token', async () => {
      const { workload, calls } = run();
      const made = await exchanges(calls, overlay);
      expect(made.length).toBeGreaterThan(0);
      for (const exchange of made) {
        const subject = `system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
        const { issuer } = worldOf(overlay);
        expect(exchange).toEqual({ issuer, subject, roleArn: workload.roleArn, decision: 'Allowed' });
      }
    });

    test('writes to the workspace whose id came from the ConfigMap, signed for its region as the role', () => {
      const { workload, writes } = run();
      for (const { path, signature } of writes) {
        expect(path).toBe(`/workspaces/${workspace}/api/v1/remote_write`);
        expect(signature).toEqual({ accessKey: temporaryAccessKey, region: workload.env.AWS_REGION, service: 'aps' });
      }
    });

    test('scrapes running pods that ask for it, by their port and path or by default, and no other', () => {
      const instances = new Set(games(run()).map((series) => series.instance));
      expect([...instances].sort()).toEqual(['127.1.0.1:9113', '127.1.0.2:9200']);
    });

    test('labels every series with namespace, pod, app and cluster', () => {
      for (const series of games(run())) {
        expect(series).toMatchObject({
          namespace: 'tictactoe-dev',
          pod: series.instance === '127.1.0.1:9113' ? 'on-default-port' : 'on-its-own-port',
          app: 'game',
          cluster: worldOf(overlay).cluster,
          row: '1',
        });
      }
    });

    test('answers its probes and a scrape of its metrics where the template says', () => {
      expect(answered(run().calls)).toEqual(['12345/-/ready', '12345/metrics']);
    });

    test('asks the API server for nothing but pods', () => {
      const asked = run().calls.filter((call) => call.service === 'kubernetes');
      expect([...new Set(asked.map(({ path }) => path))]).toEqual(['/api/v1/pods']);
      expect(run().calls.filter((call) => call.service === 'unknown')).toEqual([]);
    });
  });
});

async function collect(overlay: string): Promise<Run> {
  const objects = await buildObjects(overlayFolder(overlay));
  const workload = workloadOf(objects, 'Deployment', 'grafana-alloy');
  const running: Pod = await startRenderedPod({
    objects,
    workload,
    program: alloy?.command ?? [],
    world: worldOf(overlay),
    services: ['aps-workspaces'],
    configMapKeys: { 'amp-workspace/workspaceId': workspace },
    standIn: {
      logGroups: [],
      pods,
      exporters: { 9113: 'tictactoe_games_total{row="1"} 3\n', 9200: 'tictactoe_games_total{row="1"} 4\n' },
    },
  });
  try {
    const both = (calls: readonly Call[]) =>
      new Set(games({ writes: writesIn(calls) }).map((series) => series.instance)).size >= 2;
    await running.until(`${overlay}: samples of both pods arrive`, both, 150_000);
    return { workload, calls: running.calls(), writes: writesIn(running.calls()) };
  } finally {
    await running.stop();
  }
}

function writesIn(calls: readonly Call[]): RemoteWriteCall[] {
  return calls.filter((call) => call.service === 'aps');
}

function games({ writes }: Pick<Run, 'writes'>): Readonly<Record<string, string>>[] {
  return writes.flatMap((write) => write.series).filter((series) => series.__name__ === 'tictactoe_games_total');
}

function pod(name: string, podIP: string, annotations: Record<string, string>, phase = 'Running'): PodObject {
  const { metadata, ...rest } = podObject({ name, namespace: 'tictactoe-dev', container: 'game', lines: [] });
  return { ...rest, metadata: { ...metadata, uid: `uid-${name}`, annotations }, status: { phase, podIP } };
}

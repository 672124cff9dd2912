import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionalEngine } from '../engines';
import { run } from '../engines/run';
import { type LoggingPod, podObject, writePodLog } from '../kit/cri';
import { buildObjects, type KubernetesObject, only } from '../kit/objects';
import { answered, exchanges } from '../kit/observed';
import { type Pod, whyNoPods } from '../kit/pod';
import { overlayFolder, overlays, worldOf } from '../kit/rendered';
import { startRenderedPod } from '../kit/rendered-pod';
import { type Call, type LogsCall, temporaryAccessKey } from '../kit/stand-in/world';
import { temporaryFolder } from '../kit/temporary';
import { type Workload, workloadOf } from '../kit/workload';

const fluentBit = optionalEngine('fluent-bit');
const reason = fluentBit ? '' : ' (skipped: no fluent-bit on PATH or in SIGHTLINE_FLUENT_BIT)';
const program = fluentBit?.command ?? [];

/** Lines as containerd writes them: JSON, plain text, and one line in two parts. */
function linesOf(namespace: string): string[] {
  return [
    `2026-11-22T01:02:03.400000000Z stdout F {"level":"info","msg":"move","game":"${namespace}","row":1,"time":"noon"}`,
    '2026-11-22T01:02:04.500000000Z stderr F plain text, no JSON',
    `2026-11-22T01:02:05.600000000Z stdout P {"level":"info","msg":"${'x'.repeat(1000)}`,
    `2026-11-22T01:02:05.600000001Z stdout F ${'y'.repeat(1000)}"}`,
  ];
}

const pods: readonly LoggingPod[] = ['tictactoe-dev', 'tictactoe-staging', 'tictactoe-prod'].map((namespace) => ({
  name: `game-${namespace}-5d4f8-abcde`,
  namespace,
  container: 'game',
  lines: linesOf(namespace),
}));
const stranger: LoggingPod = {
  name: 'coredns-5d4f8-abcde',
  namespace: 'kube-system',
  container: 'coredns',
  lines: linesOf('kube-system'),
};

(fluentBit ? describe : describe.skip)(`fluent-bit --dry-run${reason}`, () => {
  test.each(overlays)('takes the configuration of %s', async (overlay) => {
    const { config, workload } = await rendered(overlay);
    const { status, stderr } = await dryRun(config, workload);
    expect(stderr).toContain('configuration test is successful');
    expect(status).toBe(0);
  });

  test('refuses a property that the plugin does not have', async () => {
    const { config, workload } = await rendered('dev');
    const { status } = await dryRun(config.replace('auto_create_group', 'auto_create_grope'), workload);
    expect(status).not.toBe(0);
  });

  function dryRun(config: string, workload: Workload) {
    return run([...program, '--dry-run', '-c', file(config)], {
      env: { ...process.env, ...workload.env },
      timeout: 30_000,
    });
  }
});

(fluentBit ? describe : describe.skip)(`fluent-bit as the pod that is rendered${reason}`, () => {
  describe.each(overlays)('%s', (overlay) => {
    let workload: Workload;
    let puts: readonly LogsCall[];
    let all: readonly Call[];

    beforeAll(async () => {
      const why = await whyNoPods();
      if (why) {
        throw new Error(why);
      }
      workload = (await rendered(overlay)).workload;
      const pod = await startPod(overlay);
      try {
        const lines = pods.length * 3;
        await pod.until('all lines arrive', (calls) => eventsIn(calls).length >= lines, 60_000);
        await pod.until('the pod answers', (calls) => answered(calls).length >= workload.endpoints.length, 10_000);
        all = pod.calls();
        puts = all
          .filter((call) => call.service === 'logs')
          .filter((call) => call.action === 'PutLogEvents' && call.status === 200);
      } finally {
        await pod.stop();
      }
    });

    test('exchanges its token at STS for the role of its service account, which trusts that token', async () => {
      const made = await exchanges(all, overlay);
      expect(made.length).toBeGreaterThan(0);
      for (const exchange of made) {
        const subject = `system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
        const { issuer } = worldOf(overlay);
        expect(exchange).toEqual({ issuer, subject, roleArn: workload.roleArn, decision: 'Allowed' });
      }
    });

    test('writes to the log group of the overlay, one stream for each namespace, signed for its region as the role', () => {
      const { LOG_GROUP_NAME: group, AWS_REGION: region } = workload.env;
      const streams = [...new Set(puts.map((put) => put.stream))].sort();
      expect(streams).toEqual(pods.map((pod) => pod.namespace).sort());
      expect(new Set(puts.map((put) => put.group))).toEqual(new Set([group]));
      for (const { signature } of puts) {
        expect(signature).toEqual({ accessKey: temporaryAccessKey, region, service: 'logs' });
      }
    });

    test('makes no call that its role does not permit', () => {
      const actions = all.filter((call) => call.service === 'logs').map((call) => call.action);
      expect([...new Set(actions)].sort()).toEqual(['CreateLogStream', 'PutLogEvents']);
      expect(all.filter((call) => call.service === 'unknown')).toEqual([]);
    });

    test('keeps the fields of JSON lines, the text of the others, joins parts and takes the time of the line', () => {
      for (const pod of pods) {
        const events = puts.filter((put) => put.stream === pod.namespace).flatMap((put) => put.events);
        const records = events.map((event) => JSON.parse(event.message) as Record<string, unknown>);
        expect(events.map((event) => event.timestamp)).toEqual([
          Date.parse('2026-11-22T01:02:03.400Z'),
          Date.parse('2026-11-22T01:02:04.500Z'),
          Date.parse('2026-11-22T01:02:05.600Z'),
        ]);
        const kubernetes = expect.objectContaining({
          namespace_name: pod.namespace,
          pod_name: pod.name,
          container_name: 'game',
        });
        expect(records).toEqual([
          expect.objectContaining({
            kubernetes,
            log_processed: { level: 'info', msg: 'move', game: pod.namespace, row: 1, time: 'noon' },
          }),
          expect.objectContaining({ kubernetes, log: 'plain text, no JSON', stream: 'stderr' }),
          expect.objectContaining({
            kubernetes,
            log_processed: { level: 'info', msg: 'x'.repeat(1000) + 'y'.repeat(1000) },
          }),
        ]);
        expect(records[0]).not.toHaveProperty('log');
      }
    });

    test('answers its probes and a scrape of its metrics where the template says', () => {
      expect(answered(all)).toEqual(['2020/api/v1/health', '2020/api/v2/metrics/prometheus']);
    });

    test('leaves the logs of other pods alone', () => {
      expect(puts.flatMap((put) => put.events).filter((event) => event.message.includes('kube-system'))).toEqual([]);
    });
  });
});

async function rendered(overlay: string): Promise<{ objects: KubernetesObject[]; config: string; workload: Workload }> {
  const objects = await buildObjects(overlayFolder(overlay));
  const { data } = only(objects, 'ConfigMap', 'fluent-bit-config');
  const config = (data as Record<string, string>)['fluent-bit.yaml'] ?? '';
  return { objects, config, workload: workloadOf(objects, 'DaemonSet', 'fluent-bit') };
}

async function startPod(overlay: string): Promise<Pod> {
  const { objects, workload } = await rendered(overlay);
  const node = temporaryFolder();
  const folders = { pods: join(node, 'pods'), containers: join(node, 'containers') };
  for (const pod of [...pods, stranger]) {
    writePodLog(folders, pod);
  }
  return startRenderedPod({
    objects,
    workload,
    program,
    world: worldOf(overlay),
    services: ['logs'],
    hostPaths: { '/var/log/pods': folders.pods, '/var/log/containers': folders.containers },
    standIn: { logGroups: [workload.env.LOG_GROUP_NAME ?? ''], pods: [...pods, stranger].map(podObject) },
  });
}

function eventsIn(calls: readonly Call[]) {
  return calls.flatMap((call) => (call.service === 'logs' && call.status === 200 ? call.events : []));
}

function file(text: string): string {
  const path = join(temporaryFolder(), 'fluent-bit.yaml');
  writeFileSync(path, text);
  return path;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionalEngine } from '../engines';
import { run } from '../engines/run';
import { deployedRoles } from '../kit/cloudformation';
import { type LoggingPod, podObject, writePodLog } from '../kit/cri';
import { assume } from '../kit/iam';
import { buildObjects, only } from '../kit/objects';
import { Pod, whyNoPods } from '../kit/pod';
import { overlayFolder, overlays, templateOf, worldOf } from '../kit/rendered';
import { type Call, type LogsCall, type StsCall, temporaryAccessKey } from '../kit/stand-in/world';
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
        all = pod.calls();
        puts = all
          .filter((call) => call.service === 'logs')
          .filter((call) => call.action === 'PutLogEvents' && call.status === 200);
      } finally {
        await pod.stop();
      }
    });

    test('exchanges its token at STS for the role of its service account, which trusts that token', async () => {
      // GIVEN
      const exchanges = all.filter((call): call is StsCall => call.service === 'sts');
      const { issuer } = worldOf(overlay);
      const role = deployedRoles(templateOf(`Observability-${overlay}`), worldOf(overlay)).find(
        ({ arn }) => arn === workload.roleArn,
      );
      // THEN
      expect(exchanges.length).toBeGreaterThan(0);
      for (const { roleArn, claims } of exchanges) {
        const [, , namespace = '', serviceAccount = ''] = (claims.sub ?? '').split(':');
        const token = { issuer: claims.iss ?? '', namespace, serviceAccount, audience: claims.aud?.[0] };
        expect(roleArn).toBe(workload.roleArn);
        expect(token.issuer).toBe(issuer);
        expect(role && (await assume(role, [token]))).toEqual(['Allowed']);
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

    test('leaves the logs of other pods alone', () => {
      expect(puts.flatMap((put) => put.events).filter((event) => event.message.includes('kube-system'))).toEqual([]);
    });
  });
});

async function rendered(overlay: string): Promise<{ config: string; workload: Workload }> {
  const objects = await buildObjects(overlayFolder(overlay));
  const { data } = only(objects, 'ConfigMap', 'fluent-bit-config');
  const config = (data as Record<string, string>)['fluent-bit.yaml'] ?? '';
  return { config, workload: workloadOf(objects, 'DaemonSet', 'fluent-bit') };
}

/** The pod with what the kubelet and the EKS webhook give it: volumes, environment, both service-account tokens. */
async function startPod(overlay: string): Promise<Pod> {
  const { config, workload } = await rendered(overlay);
  const { issuer } = worldOf(overlay);
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  for (const name of ['pods', 'containers', 'state', 'aws', 'account']) {
    mkdirSync(at(name));
  }
  for (const pod of [...pods, stranger]) {
    writePodLog({ pods: at('pods'), containers: at('containers') }, pod);
  }
  const subject = `system:serviceaccount:${workload.namespace}:${workload.serviceAccount}`;
  writeFileSync(join(at('aws'), 'token'), unsignedToken({ iss: issuer, sub: subject, aud: ['sts.amazonaws.com'] }));
  writeFileSync(join(at('account'), 'token'), 'token-for-the-api-server');
  writeFileSync(join(at('account'), 'namespace'), workload.namespace);
  const { AWS_REGION: region = '', LOG_GROUP_NAME: group = '' } = workload.env;
  return Pod.start({
    command: [...program, '-c', file(config)],
    env: {
      ...workload.env,
      AWS_ROLE_ARN: workload.roleArn,
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    },
    mounts: {
      '/var/log/pods': at('pods'),
      '/var/log/containers': at('containers'),
      '/var/lib/fluent-bit': at('state'),
      '/run/secrets/eks.amazonaws.com/serviceaccount': at('aws'),
      '/run/secrets/kubernetes.io/serviceaccount': at('account'),
    },
    authorities: ['/run/secrets/kubernetes.io/serviceaccount/ca.crt'],
    hosts: [`logs.${region}.amazonaws.com`, `sts.${region}.amazonaws.com`, 'kubernetes.default.svc'],
    world: {
      logGroups: [group],
      pods: [...pods, stranger].map(podObject),
      kubernetesToken: 'token-for-the-api-server',
    },
  });
}

function unsignedToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

function eventsIn(calls: readonly Call[]) {
  return calls.flatMap((call) => (call.service === 'logs' && call.status === 200 ? call.events : []));
}

function file(text: string): string {
  const path = join(temporaryFolder(), 'fluent-bit.yaml');
  writeFileSync(path, text);
  return path;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../engines';
import { run } from '../engines/run';
import { containersOf } from '../kit/containers';
import { imagesOfGame } from '../kit/game';
import { Machine, whyNoMachines } from '../kit/machine';
import type { Container } from '../kit/machine-options';
import { buildObjects, type KubernetesObject, only } from '../kit/objects';
import { query as ask, prometheusCommand } from '../kit/prometheus';
import { overlayFolder } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

const [frontend, backend] = ['10.77.0.2', '10.77.0.3'];

let objects: readonly KubernetesObject[];
let machine: Machine;

beforeAll(async () => {
  const why = await whyNoMachines();
  if (why) {
    throw new Error(why);
  }
  const all = await buildObjects(overlayFolder('dev'));
  objects = all.filter(({ metadata }) => metadata.namespace === 'tictactoe-dev');
  const server = containersOf(objects, 'tictactoe-frontend', imagesOfGame());
  const broken = join(temporaryFolder(), 'nginx.conf');
  writeFileSync(broken, `${configuration()}\nserver {}\n`);
  machine = await Machine.start({
    pods: [
      { name: 'frontend', address: frontend, containers: server },
      { name: 'backend', address: backend, containers: containersOf(objects, 'tictactoe-backend', imagesOfGame()) },
      { name: 'check', address: '10.77.0.4', containers: [checked(server)] },
      { name: 'broken', address: '10.77.0.5', containers: [checked(server, { '/etc/nginx/nginx.conf': broken })] },
    ],
    services: { prometheus: prometheusCommand(scrapes()) },
    hosts: { 'tictactoe-backend': backend },
  });
}, 60_000);

afterAll(() => machine?.stop());

describe('nginx', () => {
  test('takes the configuration that is rendered', async () => {
    await machine.until('nginx -t ends', () => machine.log('check/nginx').includes('nginx.conf test '), 20_000);
    expect(machine.log('check/nginx')).toMatch(/configuration file \/etc\/nginx\/nginx\.conf test is successful\n$/);
  });

  test('refuses another', async () => {
    await machine.until('nginx -t ends', () => machine.log('broken/nginx').includes('nginx.conf test '), 20_000);
    expect(machine.log('broken/nginx')).toMatch(/"server" directive is not allowed here/);
  });

  test('serves the game, and to any path that it does not know', async () => {
    await machine.answers(`http://${frontend}:8080/healthz`);
    const page = (only(objects, 'ConfigMap', 'tictactoe-frontend-files').data as Record<string, string>)['index.html'];
    expect(await machine.fetch(`http://${frontend}:8080/`)).toEqual({ status: 200, body: page });
    expect(await machine.fetch(`http://${frontend}:8080/some/where`)).toEqual({ status: 200, body: page });
  });

  test('passes calls of the game on to the backend, which counts them', async () => {
    await machine.answers(`http://${frontend}:8080/healthz`);
    await machine.answers(`http://${backend}:8081/healthz`);
    // WHEN
    const game = { method: 'POST', body: JSON.stringify({ winner: 'X', mode: 'local' }) };
    const { status } = await machine.fetch(`http://${frontend}:8080/api/game`, game);
    // THEN
    expect(status).toBe(201);
    const { body } = await machine.fetch(`http://${backend}:8081/metrics`);
    expect(body).toMatch(/^tictactoe_wins_total\{player="X",mode="local"\} [1-9]/m);
  });

  test('logs every request as a line of JSON, but not the questions of the kubelet', async () => {
    // GIVEN
    await machine.answers(`http://${frontend}:8080/healthz`);
    await machine.fetch(`http://${frontend}:8080/api/a%22quote%0A`);
    // WHEN
    const lines = () => machine.log('frontend/nginx').split('\n').slice(0, -1);
    await machine.until('the request is logged', () => lines().some((line) => line.includes('quote')), 10_000);
    // THEN
    const requests = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const request of requests) {
      expect(request).toEqual({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
        remote_addr: '10.77.0.1',
        method: expect.stringMatching(/^(GET|POST)$/),
        uri: expect.stringMatching(/^\//),
        status: expect.any(Number),
        body_bytes_sent: expect.any(Number),
        request_time: expect.any(Number),
      });
    }
    expect(requests.map(({ uri }) => uri)).not.toContain('/healthz');
  });

  test('tells its status to the pod, and to nobody else', async () => {
    await machine.answers(`http://${frontend}:8080/healthz`);
    expect((await machine.fetch(`http://${frontend}:8081/stub_status`)).status).toBe(0);
  });
});

describe('metrics', () => {
  // https://github.com/nginx/nginx-prometheus-exporter#exported-metrics, for stub_status
  const ofNginx = [
    'nginx_up',
    'nginx_connections_accepted',
    'nginx_connections_handled',
    'nginx_connections_active',
    'nginx_connections_reading',
    'nginx_connections_writing',
    'nginx_connections_waiting',
    'nginx_http_requests_total',
  ];
  const ofGame = [
    'tictactoe_games_total',
    'tictactoe_wins_total',
    'tictactoe_current_win_streak',
    'tictactoe_online_games_active',
    'http_requests_total',
    'http_requests_in_flight',
    'http_request_duration_seconds_bucket',
  ];

  test('of nginx are told by the exporter, under the names that dashboards ask for', async () => {
    await machine.answers(`http://${frontend}:9113/metrics`);
    const up = async () => /^nginx_up 1$/m.test((await machine.fetch(`http://${frontend}:9113/metrics`)).body);
    await machine.until('the exporter reads the status', up, 20_000);
    const { body } = await machine.fetch(`http://${frontend}:9113/metrics`);
    expect(namesIn(body)).toEqual(expect.arrayContaining(ofNginx));
  });

  test('of the game pass promtool', async () => {
    await play();
    const { body } = await machine.fetch(`http://${backend}:8081/metrics`);
    expect(namesIn(body)).toEqual(expect.arrayContaining(ofGame));
    expect(await check(body)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('that are wrong do not pass promtool', async () => {
    await play();
    const { body } = await machine.fetch(`http://${backend}:8081/metrics`);
    const { status, stdout, stderr } = await check(body.replace(/^# HELP tictactoe_games_total .*\n/m, ''));
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('tictactoe_games_total no help text');
  });

  test('of both arrive in Prometheus, scraped where the annotations of the pods say', async () => {
    await play();
    const last = async () => (await query('up == 1')).length === 2 && (await query('tictactoe_games_total')).length > 0;
    await machine.until('Prometheus has scraped both', last, 30_000);
    expect((await query('up')).map(({ instance }) => instance).sort()).toEqual([`${frontend}:9113`, `${backend}:8081`]);
    for (const name of [...ofNginx, ...ofGame]) {
      expect([name, (await query(name)).length > 0]).toEqual([name, true]);
    }
  });

  async function play(): Promise<void> {
    await machine.answers(`http://${backend}:8081/healthz`);
    const body = JSON.stringify({ winner: 'O', mode: 'online' });
    expect((await machine.fetch(`http://${backend}:8081/api/game`, { method: 'POST', body })).status).toBe(201);
  }

  function check(metrics: string) {
    return run([...engine('promtool').command, 'check', 'metrics'], { input: metrics, timeout: 20_000 });
  }

  const query = (expression: string) => ask(machine, expression);
});

function configuration(): string {
  return (only(objects, 'ConfigMap', 'tictactoe-frontend-files').data as Record<string, string>)['nginx.conf'] ?? '';
}

/** The container of nginx, which only checks its configuration. */
function checked(containers: readonly Container[], files: Record<string, string> = {}): Container {
  const [container] = containers.filter(({ name }) => name === 'nginx');
  if (!container) {
    throw new Error('the frontend has no container nginx');
  }
  return { ...container, command: [container.command[0] ?? '', '-t'], files: { ...container.files, ...files } };
}

/** Scrapes both where the annotations of the pods say. */
function scrapes(): object {
  const targets = [
    { name: 'tictactoe-frontend', address: frontend },
    { name: 'tictactoe-backend', address: backend },
  ].map(({ name, address }) => `${address}:${annotationsOf(name)['prometheus.io/port']}`);
  return { scrape_configs: [{ job_name: 'pods', scrape_interval: '1s', static_configs: [{ targets }] }] };
}

function annotationsOf(deployment: string): Readonly<Record<string, string>> {
  const { spec } = only(objects, 'Deployment', deployment) as unknown as {
    spec: { template: { metadata: { annotations: Record<string, string> } } };
  };
  return spec.template.metadata.annotations;
}

function namesIn(page: string): string[] {
  return [...new Set(page.match(/^[a-z_]+/gm))];
}

import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';

let backend: ChildProcess;
let url: string;
const log: Record<string, unknown>[] = [];

beforeAll(async () => {
  const file = path.resolve(__dirname, '../workload/backend.js');
  backend = spawn(process.execPath, [file], { env: { PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    backend.on('exit', (code) => reject(new Error(`the backend ended with ${code}`)));
    let rest = '';
    backend.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const entry = JSON.parse(line);
        log.push(entry);
        if (entry.message === 'listening') resolve(entry.port);
      }
    });
  });
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  backend.removeAllListeners('exit');
  const gone = new Promise((resolve) => backend.once('exit', resolve));
  backend.kill('SIGTERM');
  await gone;
});

const post = (endpoint: string, body: string) => fetch(url + endpoint, { method: 'POST', body });
const metrics = async () => (await fetch(`${url}/metrics`)).text();

test('a game that was won is counted, with a streak', async () => {
  expect((await post('/api/game', '{"winner":"X","mode":"online"}')).status).toBe(201);
  const text = await metrics();
  expect(text).toContain('tictactoe_games_total{result="win",mode="online"} 1');
  expect(text).toMatch(/tictactoe_wins_total\{player="X",mode="online"\} 1/);
  expect(text).toMatch(/^tictactoe_current_win_streak\{player="X"\} \d$/m);
});

test.each([
  ['no JSON', 'x', 'the body is not JSON'],
  ['a winner that is no player', '{"winner":"somebody"}', 'winner is "X", "O" or null'],
  ['an unknown mode', '{"winner":"O","mode":"<script>"}', 'mode is "local" or "online"'],
])('%s is refused and makes no series', async (_, body, error) => {
  const response = await post('/api/game', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error });
  expect(await metrics()).not.toMatch(/somebody|script/);
});

test('unknown paths share one series', async () => {
  await fetch(`${url}/a`);
  await fetch(`${url}/b?c`);
  const series = (await metrics()).split('\n').filter((line) => line.includes('status="Not Found"'));
  expect(series).toEqual(['http_requests_total{method="other",endpoint="other",status="Not Found"} 2']);
});

test('a body that is too long is refused', async () => {
  expect((await post('/api/game', 'x'.repeat(5000))).status).toBe(413);
});

test('durations are a histogram whose buckets grow up to the count', async () => {
  await fetch(`${url}/healthz`);
  const text = await metrics();
  const of = (suffix: string) => new RegExp(`http_request_duration_seconds_${suffix} (\\d+)`);
  const labels = 'method="GET",endpoint="/healthz"';
  expect(of(`bucket\\{${labels},le="\\+Inf"\\}`).exec(text)?.[1]).toBe(of(`count\\{${labels}\\}`).exec(text)?.[1]);
});

test('each request is one line of JSON on standard output', async () => {
  await fetch(`${url}/api/stats`);
  await metrics();
  expect(log.filter((entry) => entry.path === '/api/stats')).toEqual([
    expect.objectContaining({ method: 'GET', status: 200, seconds: expect.any(Number) }),
  ]);
});

// The backend of the game: records results and serves its metrics. No dependency, no database: what it knows ends with it.
const http = require('node:http');
const { STATUS_CODES } = http;

const counters = new Map();
const gauges = new Map([
  ['http_requests_in_flight', 0],
  ['tictactoe_online_games_active', 0],
]);
const streaks = { X: 0, O: 0 };
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
const durations = new Map();

const HELP = {
  tictactoe_games_total: 'Games that ended, by result and mode.',
  tictactoe_wins_total: 'Games won, by player and mode.',
  tictactoe_ties_total: 'Games without a winner, by mode.',
  tictactoe_current_win_streak: 'Games that a player has won in a row.',
  tictactoe_online_games_created_total: 'Online games opened.',
  tictactoe_online_games_active: 'Online games that are open.',
  http_requests_total: 'Requests answered; the status is its text, such as OK.',
  http_requests_in_flight: 'Requests being answered.',
};

function count(name, labels) {
  const series = counters.get(name) ?? new Map();
  const key = Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',');
  series.set(key, (series.get(key) ?? 0) + 1);
  counters.set(name, series);
}

function observe(method, endpoint, seconds) {
  const key = `method="${method}",endpoint="${endpoint}"`;
  const one = durations.get(key) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
  BUCKETS.forEach((bound, index) => {
    if (seconds <= bound) one.buckets[index] += 1;
  });
  one.sum += seconds;
  one.count += 1;
  durations.set(key, one);
}

function metrics() {
  const lines = [];
  for (const [name, series] of [...counters].sort()) {
    lines.push(`# HELP ${name} ${HELP[name]}`, `# TYPE ${name} counter`);
    for (const [labels, value] of series) lines.push(`${name}${labels ? `{${labels}}` : ''} ${value}`);
  }
  for (const [name, value] of [...gauges].sort()) {
    lines.push(`# HELP ${name} ${HELP[name]}`, `# TYPE ${name} gauge`, `${name} ${value}`);
  }
  lines.push(`# HELP tictactoe_current_win_streak ${HELP.tictactoe_current_win_streak}`);
  lines.push('# TYPE tictactoe_current_win_streak gauge');
  for (const [player, streak] of Object.entries(streaks)) {
    lines.push(`tictactoe_current_win_streak{player="${player}"} ${streak}`);
  }
  lines.push('# HELP http_request_duration_seconds Time to answer a request.');
  lines.push('# TYPE http_request_duration_seconds histogram');
  for (const [labels, { buckets, sum, count: total }] of durations) {
    BUCKETS.forEach((bound, index) => {
      lines.push(`http_request_duration_seconds_bucket{${labels},le="${bound}"} ${buckets[index]}`);
    });
    lines.push(`http_request_duration_seconds_bucket{${labels},le="+Inf"} ${total}`);
    lines.push(`http_request_duration_seconds_sum{${labels}} ${sum}`);
    lines.push(`http_request_duration_seconds_count{${labels}} ${total}`);
  }
  return `${lines.join('\n')}\n`;
}

// Labels take these values only: whatever else a client sends must not make new series.
const MODES = new Set(['local', 'online']);
const WINNERS = new Set(['X', 'O', null]);

function record(body) {
  let game;
  try {
    game = JSON.parse(body);
  } catch {
    return [400, { error: 'the body is not JSON' }];
  }
  const { winner = null, mode = 'local' } = game ?? {};
  if (!WINNERS.has(winner)) return [400, { error: 'winner is "X", "O" or null' }];
  if (!MODES.has(mode)) return [400, { error: 'mode is "local" or "online"' }];
  count('tictactoe_games_total', { result: winner ? 'win' : 'tie', mode });
  if (winner === null) {
    count('tictactoe_ties_total', { mode });
    streaks.X = 0;
    streaks.O = 0;
  } else {
    count('tictactoe_wins_total', { player: winner, mode });
    streaks[winner] += 1;
    streaks[winner === 'X' ? 'O' : 'X'] = 0;
  }
  if (mode === 'online') gauges.set('tictactoe_online_games_active', Math.max(0, gauges.get('tictactoe_online_games_active') - 1));
  return [201, { recorded: true }];
}

const ROUTES = {
  'POST /api/game': record,
  'POST /api/game/create': () => {
    count('tictactoe_online_games_created_total', {});
    gauges.set('tictactoe_online_games_active', gauges.get('tictactoe_online_games_active') + 1);
    return [201, { created: true }];
  },
  'GET /api/stats': () => [200, { streaks }],
  'GET /healthz': () => [200, { ok: true }],
};

function answer(request, response) {
  const path = request.url.split('?')[0];
  if (path === '/metrics') {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(metrics());
    return;
  }
  const handler = ROUTES[`${request.method} ${path}`];
  // Unknown paths and methods share one series each, or anybody could make as many as he likes.
  const endpoint = handler ? path : 'other';
  const method = handler ? request.method : 'other';
  const start = process.hrtime.bigint();
  gauges.set('http_requests_in_flight', gauges.get('http_requests_in_flight') + 1);
  response.on('close', () => {
    gauges.set('http_requests_in_flight', gauges.get('http_requests_in_flight') - 1);
  });
  let body = '';
  request.on('data', (chunk) => {
    if (body.length <= 4096) body += chunk;
  });
  request.on('end', () => {
    const [status, content] = !handler
      ? [404, { error: 'no such path' }]
      : body.length > 4096
        ? [413, { error: 'the body is longer than 4096 bytes' }]
        : handler(body);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    count('http_requests_total', { method, endpoint, status: STATUS_CODES[status] });
    observe(method, endpoint, seconds);
    console.log(JSON.stringify({ time: new Date().toISOString(), method: request.method, path, status, seconds }));
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(content)}\n`);
  });
}

const server = http.createServer(answer).listen(Number(process.env.PORT ?? 8081), () => {
  console.log(JSON.stringify({ time: new Date().toISOString(), message: 'listening', port: server.address().port }));
});
// Kubernetes asks a pod to end; connections that are open may finish.
process.on('SIGTERM', () => server.close());

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentValue, type FluentBitProps, LogPattern, StackTrace } from '@eks-sightline/k8s-charts';
import { stringify } from 'yaml';
import { optionalEngine } from '../engines';
import { run } from '../engines/run';
import type { LoggingPod } from '../kit/cri';
import { configOf, criLines, delivered, renderedFluentBit, startLogs } from '../kit/rendered-logs';
import { temporaryFolder } from '../kit/temporary';

const fluentBit = optionalEngine('fluent-bit');
const program = fluentBit?.command ?? [];
const [binary = ''] = program;
const scripted = fluentBit && / lua /.test(spawnSync(binary, [...program.slice(1), '--help']).stdout.toString());
const reason = fluentBit ? '' : ' (skipped: no fluent-bit on PATH or in SIGHTLINE_FLUENT_BIT)';
const noScripts = fluentBit && !scripted ? ' (skipped: this fluent-bit is built without the filter lua)' : reason;

const redaction: FluentBitProps['redaction'] = {
  maskFields: ['password', 'Authorization', 'token'],
  dropFields: ['ssn', 'card'],
  patterns: [
    LogPattern.emailAddresses(),
    LogPattern.bearerTokens(),
    LogPattern.basicCredentials(),
    LogPattern.awsAccessKeyIds(),
    LogPattern.jsonWebTokens(),
    LogPattern.assignment('secret'),
    LogPattern.matching('%f[%d]%d%d%d%-%d%d%-%d%d%d%d%f[%D]'),
  ],
};
const masked = '[redacted]';
const key = `AKIA${'A1B2'.repeat(4)}`;
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.';

/** A line, and what of it arrives: the fields of a line that is JSON, the text of one that is not. */
const secrets: readonly (readonly [string, unknown])[] = [
  [
    '{"password":"hunter2","n":9007199254740993,"e":[],"o":{},"f":1.50}',
    { password: masked, n: expect.any(Number), e: [], o: {}, f: 1.5 },
  ],
  ['{"a":{"Password" : 17, "b":true},"ssn":{"x":["}"]},"z":null}', { a: { Password: masked, b: true }, z: null }],
  ['{"z":1,"ssn":"078-05-1120"}', { z: 1 }],
  ['{"z":1,"ssn":1,"card":2}', { z: 1 }],
  ['{"list":[{"ssn":1,"k":1},{"ssn":2,"b":1}]}', { list: [{ k: 1 }, { b: 1 }] }],
  ['{"token":["a","b"],"k":"password","v":"token"}', { token: masked, k: 'password', v: 'token' }],
  // JSON in a text of JSON, and in that again.
  [
    JSON.stringify({ body: JSON.stringify({ password: 'a"b\\', k: 'v', in: JSON.stringify({ token: 't' }) }) }),
    { body: JSON.stringify({ password: masked, k: 'v', in: JSON.stringify({ token: masked }) }) },
  ],
  [
    '{"m":"to\\nfoo@example.com and \\u003ca.b+c@x.example.org\\u003e, \\u00e9"}',
    { m: `to\n${masked} and <${masked}>, é` },
  ],
  ['{"h":"Authorization: Bearer abc.def\\/ghijklmnopqrst=="}', { h: `Authorization: Bearer ${masked}` }],
  ['{"q":"secret=\\"a b\\" x"}', { q: `secret="${masked}" x` }],
  ['request failed: {"password":"cut off he', `request failed: {"password":"${masked}"`],
  ['Authorization: Basic dXNlcjpwYXNz, basic understanding', `Authorization: Basic ${masked}, basic understanding`],
  [`${key} x${key} ${key}X`, `${masked} x${key} ${key}X`],
  ['GET /?secret=abc&x=1 SECRET="a b" mysecret=no', `GET /?secret=${masked}&x=1 SECRET="${masked}" mysecret=no`],
  [`078-05-1120 1078-05-1120 ${jwt} end`, `${masked} 1078-05-1120 ${masked} end`],
  ['C:\\new\\table "quoted" ${AWS_REGION} %d %1', 'C:\\new\\table "quoted" ${AWS_REGION} %d %1'],
];

const pod = (namespace: string, lines: readonly string[]): LoggingPod => ({
  name: `${namespace}-5d4f8-abcde`,
  namespace,
  container: 'app',
  lines: criLines(lines),
});

(scripted ? describe : describe.skip)(`redaction${noScripts}`, () => {
  const shop = pod(
    'shop',
    secrets.map(([line]) => line),
  );

  test('takes out what it is told to, and leaves all else as it was', async () => {
    const { pod: running } = await startLogs({ redaction }, program, [shop]);
    try {
      const arrived = () => delivered(running).get('/eks/tictactoe shop') ?? [];
      await running.until('all lines arrive', () => arrived().length >= secrets.length, 60_000);
      const records = arrived().map(({ message }) => message);
      // What JavaScript cannot hold, the text tells.
      expect(records[0]).toContain('"n":9007199254740993');
      expect(records.map(told)).toEqual(secrets.map(([, expected]) => expected));
    } finally {
      await running.stop();
    }
  });

  test('keeps what it takes out off the disk of the node too', async () => {
    const { pod: running, state } = await startLogs({ redaction }, program, [shop], ['logs']);
    try {
      const buffered = () =>
        filesBelow(state)
          .filter((file) => file.endsWith('.flb'))
          .map((file) => readFileSync(file, 'latin1'))
          .join('');
      await running.until('lines are buffered', () => buffered().includes('mysecret'), 60_000);
      await sleep(500);
      expect(buffered()).toContain(masked);
      expect(buffered()).not.toMatch(/hunter2|foo@example|cut off he|dXNlcjpwYXNz/);
    } finally {
      await running.stop();
    }
  });

  test('Lua takes every pattern that `LogPattern.matching` takes', async () => {
    const patterns = randomPatterns(4000).filter(accepted);
    const broken = ['a[', 'a%', '%f'];
    expect(patterns.length).toBeGreaterThan(300);
    const faults = await faultsOf([...patterns, ...broken]);
    expect(faults.filter((pattern) => !broken.includes(pattern))).toEqual([]);
    expect(faults).toEqual(broken);
  });
});

(fluentBit ? describe : describe.skip)(`rules and routes${reason}`, () => {
  test("lines are joined by rules of one's own and by those of Fluent Bit, whatever characters the rules have", async () => {
    const multilineRules = [
      { name: 'dotnet', start: '^Unhandled exception\\.', continuation: '^\\s+at [^"\']' },
      { name: 'odd', start: '^"\\$\\{AWS_REGION\\}": #\\d+ \\/ \\[x\\]', continuation: '^\\|' },
    ];
    const lines = [
      ['Unhandled exception. System.Exception: no', '   at Game.Move()', '   at Game.Main()'],
      ['next'],
      ['"${AWS_REGION}": #12 / [x]', '| one', '| two'],
      ['"eu": #12 / [x]'],
      ['| three'],
      ['java.lang.IllegalStateException: no', '\tat Game.move(Game.java:7)'],
      ['last'],
    ];
    const options = { multilineRules, stackTraces: [StackTrace.JAVA] };
    const { pod: running } = await startLogs(options, program, [pod('shop', lines.flat())]);
    try {
      const arrived = () => delivered(running).get('/eks/tictactoe shop') ?? [];
      await running.until('all lines arrive', () => arrived().length >= lines.length, 60_000);
      const texts = arrived().map(({ message }) => String(told(message)).replace(/\n$/, ''));
      expect(texts.sort()).toEqual(lines.map((part) => part.join('\n')).sort());
    } finally {
      await running.stop();
    }
  });

  test('a rule without continuation takes every line up to the next start', async () => {
    const multilineRules = [{ name: 'dated', start: '^\\d{4}-\\d{2}-\\d{2} ' }];
    const lines = [['2026-11-22 a', ' b', 'c'], ['2026-11-22 d'], ['2026-11-23 e', 'f']];
    const { pod: running } = await startLogs({ multilineRules }, program, [pod('shop', lines.flat())]);
    try {
      const arrived = () => delivered(running).get('/eks/tictactoe shop') ?? [];
      await running.until('all lines arrive', () => arrived().length >= lines.length, 60_000);
      const texts = arrived().map(({ message }) => String(told(message)).replace(/\n$/, ''));
      expect(texts).toEqual(lines.map((part) => part.join('\n')));
    } finally {
      await running.stop();
    }
  });

  test('each namespace has its lines in its group, with all options at once', async () => {
    const routes = [
      { namespaces: ['payments', 'audit'], logGroupName: EnvironmentValue.literal('/eks/audit') },
      { namespaces: ['games'], logGroupName: EnvironmentValue.literal('/eks/games') },
    ];
    const namespaces = ['payments', 'audit', 'games', 'my-games', 'shop'];
    const options = { routes, stackTraces: Object.values(StackTrace), ...(scripted ? { redaction } : {}) };
    const { pod: running } = await startLogs(
      options,
      program,
      namespaces.map((name) => pod(name, ['hello'])),
    );
    try {
      const streams = () => [...delivered(running).keys()].sort();
      await running.until('all lines arrive', () => streams().length >= namespaces.length, 60_000);
      expect(streams()).toEqual([
        '/eks/audit audit',
        '/eks/audit payments',
        '/eks/games games',
        '/eks/tictactoe my-games',
        '/eks/tictactoe shop',
      ]);
    } finally {
      await running.stop();
    }
  });

  test('an expression that Fluent Bit cannot read stops it at the start, and not in silence', async () => {
    const { objects, workload } = renderedFluentBit({ multilineRules: [{ name: 'bad', start: '(?z)a' }] });
    const file = join(temporaryFolder(), 'fluent-bit.yaml');
    writeFileSync(file, configOf(objects));
    const env = { ...process.env, ...workload.env };
    const { status } = await run([...program, '--dry-run', '-c', file], { env, timeout: 30_000 });
    expect(status).not.toBe(0);
  });
});

/** What a message says of the line itself. */
function told(message: string): unknown {
  const record = JSON.parse(message) as { log?: string; log_processed?: unknown };
  return record.log_processed ?? record.log;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function accepted(pattern: string): boolean {
  try {
    LogPattern.matching(pattern);
    return true;
  } catch {
    return false;
  }
}

/** Patterns of the characters that mean something in patterns, the same in every run. */
function randomPatterns(count: number): string[] {
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const pieces = [
    ...'a.]^$*+-?0_',
    '%',
    '%',
    '%b',
    '%f',
    '[',
    ']',
    '[^',
    '%d',
    '%S',
    '%%',
    '%]',
    '[a-z]',
    '[]x]',
    '%f[%w]',
    'x+',
  ];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random(7) }, () => pieces[random(pieces.length)]).join(''),
  );
}

/** The patterns among them that Lua, in the filter of Fluent Bit, finds a fault in. */
async function faultsOf(patterns: readonly string[]): Promise<string[]> {
  const folder = temporaryFolder();
  const texts = patterns.map(
    (pattern) => `"${[...Buffer.from(pattern)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`,
  );
  const code = [
    `local PATTERNS = { ${texts.join(', ')} }`,
    "local SUBJECTS = { '', 'a', 'x]a0_^$', 'aaa aaa]', '%b[]f[%w]', '0a.b-c?d*e+' }",
    'function judge(tag, timestamp, record)',
    '  local faults = {}',
    '  for index, pattern in ipairs(PATTERNS) do',
    '    for _, subject in ipairs(SUBJECTS) do',
    "      if not pcall(string.gsub, subject, pattern, '!') then faults[index] = true end",
    '    end',
    '  end',
    '  local list = {}',
    '  for index in pairs(faults) do list[#list + 1] = index end',
    "  return 2, timestamp, { faults = table.concat(list, ',') .. ',' }",
    'end',
  ].join('\n');
  const config = {
    service: { flush: 1, log_level: 'error' },
    pipeline: {
      inputs: [{ name: 'dummy', tag: 'x', samples: 1 }],
      filters: [{ name: 'lua', match: '*', call: 'judge', code }],
      outputs: [{ name: 'file', match: '*', path: folder, file: 'out' }],
    },
  };
  writeFileSync(join(folder, 'config.yaml'), stringify(config));
  // The output "exit" would end it before the file is written.
  await run(['timeout', '-s', 'TERM', '5', ...program, '-c', join(folder, 'config.yaml')], { timeout: 30_000 });
  const list = /"faults":"([\d,]*)"/.exec(readFileSync(join(folder, 'out'), 'utf8'))?.[1] ?? '';
  const indexes = list
    .split(',')
    .filter((index) => index !== '')
    .map(Number);
  return indexes.sort((a, b) => a - b).map((index) => patterns[index - 1] ?? '');
}

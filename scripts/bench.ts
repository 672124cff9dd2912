/**
 * `npm run bench`: the performance targets as ratios, both sides measured in one run, in turns, so that a slow machine
 * slows both. Medians of whole processes; nothing here fails a build. With `--blueprints` also beside an app on EKS Blueprints,
 * which is installed from the npm registry for it; with `--large` 100,000 documents, too, which takes minutes.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { blueprintsApp } from './bench-blueprints';
import { collectorEstate, mixedEstate } from './bench-estate';
import { root } from './run';

const node = process.execPath;
const cli = path.join(root, 'packages/cli/lib/sightline.js');
const app = path.join(root, 'apps/tictactoe-infra');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'sightline-bench-'));

interface Side {
  readonly name: string;
  readonly args: string[];
  readonly cwd?: string;
}

/** Milliseconds of one run of a Node program. */
function time({ args, cwd, name }: Side): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(node, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
    // A report of thousands of paths is not kept.
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // `verify` may find something in a copy; what counts is that it ran to its end.
  if (status !== 0 && status !== 1) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

function compare(what: string, target: number, rounds: number, ours: Side, baseline: Side): void {
  const times = { ours: [] as number[], baseline: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(time(ours));
    times.baseline.push(time(baseline));
  }
  const [mine, theirs] = [median(times.ours), median(times.baseline)];
  const ratio = mine / theirs;
  const verdict = ratio <= target ? 'met' : 'MISSED';
  console.log(
    `${what}\n  ${ours.name}: ${mine.toFixed(0)} ms   ${baseline.name}: ${theirs.toFixed(0)} ms   ` +
      `ratio ${ratio.toFixed(2)}, target ≤ ${target}: ${verdict}`,
  );
}

/** A script in the scratch folder that resolves modules as a file of `from` would. */
function script(name: string, from: string, body: string): string {
  const file = path.join(scratch, `${name}.js`);
  fs.writeFileSync(
    file,
    `const load = require('node:module').createRequire(${JSON.stringify(`${from}/`)});\n${body}\n`,
  );
  return file;
}

/** Time and memory of `verify`, beside the library that it would else parse everything with. */
function verification(kind: string, write: (folder: string, documents: number) => number, documents: number): void {
  const folder = path.join(scratch, `estate-${documents}`);
  const written = write(folder, documents);
  const parsing = script(
    `parse-${documents}`,
    path.join(root, 'packages/wiring'),
    `const fs = require('node:fs'), { LineCounter, parseAllDocuments } = load('yaml');
for (const file of fs.readdirSync(${JSON.stringify(folder)}, { recursive: true })) {
  if (file.endsWith('.yaml')) parseAllDocuments(fs.readFileSync(${JSON.stringify(`${folder}/`)} + file, 'utf8'), { version: '1.1', lineCounter: new LineCounter() });
}`,
  );
  const args = [cli, 'verify', folder, '--format', 'json', '--allow-empty', '--fail-on', 'never'];
  const peak = path.join(scratch, 'peak');
  const measured = script(
    'measured',
    root,
    `process.on('exit', () => load('node:fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`,
  );
  compare(
    `Verification of ${written} documents${kind}, against parsing them with positions`,
    2,
    documents > 50_000 ? 1 : 3,
    { name: 'sightline verify', args: ['--require', measured, ...args] },
    { name: 'parsing', args: [parsing] },
  );
  const megabytes = Number(fs.readFileSync(peak, 'utf8')) / 1024;
  console.log(`  peak ${megabytes.toFixed(0)} MB, target ≤ 1024: ${megabytes <= 1024 ? 'met' : 'MISSED'}`);
  fs.rmSync(folder, { recursive: true, force: true });
}

try {
  const out = JSON.stringify(path.join(scratch, 'out'));
  compare(
    'Synthesis of the whole environment, against an empty CDK app and an empty cdk8s app',
    2,
    7,
    { name: 'environment', args: ['lib/synth.js'], cwd: app },
    {
      name: 'empty apps',
      args: [
        script(
          'empty',
          app,
          `const cdk = load('aws-cdk-lib'); const a = new cdk.App({ outdir: ${out} }); new cdk.Stack(a, 'Empty'); a.synth();
const cdk8s = load('cdk8s'); const b = new cdk8s.App({ outdir: ${out} }); new cdk8s.Chart(b, 'empty'); b.synth();`,
        ),
      ],
    },
  );
  if (process.argv.includes('--blueprints')) {
    const folder = path.join(scratch, 'blueprints');
    compare(
      'Synthesis of the whole environment, against one cluster of like scope on EKS Blueprints',
      1,
      5,
      { name: 'environment', args: ['lib/synth.js'], cwd: app },
      { name: 'EKS Blueprints', args: [blueprintsApp(folder)], cwd: folder },
    );
  }
  compare(
    'Start of the command line',
    2,
    15,
    { name: 'sightline --help', args: [cli, '--help'] },
    { name: 'node -e 0', args: ['-e', '0'] },
  );
  const rows: readonly (readonly [string, (folder: string, documents: number) => number, number])[] = [
    ['', mixedEstate, 3_000],
    ['', mixedEstate, 12_000],
    [' of nothing but collectors', collectorEstate, 3_000],
    ...(process.argv.includes('--large') ? ([['', mixedEstate, 100_000]] as const) : []),
  ];
  for (const [kind, write, documents] of rows) verification(kind, write, documents);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

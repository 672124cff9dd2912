import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A record as an output of the real program has it. */
export interface Delivered {
  /** Name of the output's file. */
  readonly output: string;
  readonly tag: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** The real Fluent Bit, from SIGHTLINE_FLUENT_BIT or the path; `undefined` where there is none. */
export const ENGINE = find();

function find(): string | undefined {
  for (const candidate of [process.env.SIGHTLINE_FLUENT_BIT, 'fluent-bit']) {
    if (!candidate) continue;
    try {
      execFileSync(candidate, ['--version'], { stdio: 'ignore' });
      return candidate;
    } catch {}
  }
  return undefined;
}

/** A directory of its own, gone at the end. */
export function scratch<T>(use: (directory: string) => T | Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'fluent-bit-'));
  return Promise.resolve(use(directory)).finally(() => rmSync(directory, { recursive: true, force: true }));
}

export function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Runs a configuration until `isDone`, or for some seconds, and reads what its file outputs wrote into `out`. */
export async function run(
  directory: string,
  config: string,
  isDone: (delivered: readonly Delivered[]) => boolean,
  seconds = 12,
): Promise<readonly Delivered[]> {
  const file = join(directory, 'fluent-bit.conf');
  const out = join(directory, 'out');
  mkdirSync(out, { recursive: true });
  put(file, config);
  const child = spawn(ENGINE ?? '', ['-q', '-c', file], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const until = Date.now() + seconds * 1000;
  let delivered: readonly Delivered[] = [];
  while (Date.now() < until && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    delivered = readAll(out);
    if (isDone(delivered)) break;
  }
  child.kill('SIGKILL');
  await ended;
  return readAll(out);
}

/** Lines of out_file: `tag: [time, {…}]`. */
function readAll(directory: string): readonly Delivered[] {
  return readdirSync(directory).flatMap((output) =>
    readFileSync(join(directory, output), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, tag, json] = /^(.*?): \[[\d.]+, (\{.*\})\]$/.exec(line) ?? [];
        return tag === undefined ? [] : [{ output, tag, record: JSON.parse(json) }];
      }),
  );
}

/** Numbers that look random and are the same in every run (mulberry32). */
export function seeded(seed: number): { below: (limit: number) => number; pick: <T>(from: readonly T[]) => T } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (from) => from[below(from.length)] };
}

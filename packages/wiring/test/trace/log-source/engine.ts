import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * A directory of its own, gone at the end. Patterns see its name: it has no letters that differ from run to run, so that
 * answers of another day hold. Without the program nothing is written.
 */
export async function scratch<T>(use: (directory: string) => T | Promise<T>): Promise<T> {
  const directory = `/tmp/fluent-bit-${process.pid}`;
  if (!ENGINE) return use(directory);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  return Promise.resolve(use(directory)).finally(() => rmSync(directory, { recursive: true, force: true }));
}

/** A file that the program is to read. */
export function put(path: string, text: string): void {
  if (ENGINE) write(path, text);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** What the program delivered once, with the version that did it. */
interface Recording {
  readonly engine: string;
  /** Of the configuration, so that nobody compares with the answer to another question. */
  readonly digest: string;
  /** By the record's text, then by the output: tags. */
  readonly delivered: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Answers to the inputs of this seed are recorded. Others want the program itself. */
export const RECORDED_SEED = 20261122;
export const SEED = Number(process.env.SIGHTLINE_SEED ?? RECORDED_SEED);
export const HAS_ANSWERS = ENGINE !== undefined || SEED === RECORDED_SEED;

/**
 * What the real Fluent Bit makes of a configuration: asked where it is there, and else what it answered before. To record
 * anew: SIGHTLINE_RECORD=1 SIGHTLINE_FLUENT_BIT=…/fluent-bit npx jest fluent-bit-oracle
 */
export async function answer(
  name: string,
  directory: string,
  config: string,
  isDone: (delivered: readonly Delivered[]) => boolean,
  seconds?: number,
): Promise<readonly Delivered[]> {
  const file = join(__dirname, 'recorded', `${name}.json`);
  const digest = createHash('sha256').update(placeless(config, directory)).digest('hex').slice(0, 16);
  if (ENGINE && (process.env.SIGHTLINE_RECORD || SEED !== RECORDED_SEED || !existsSync(file))) {
    const delivered = await run(directory, config, isDone, seconds);
    if (process.env.SIGHTLINE_RECORD)
      put(file, `${JSON.stringify(recordingOf(delivered, directory, digest), null, 1)}\n`);
    return delivered;
  }
  const recording: Recording = JSON.parse(readFileSync(file, 'utf8'));
  if (recording.digest !== digest) throw new Error(`${file} answers another question: record it anew`);
  const before = deliveredIn(recording, directory);
  if (!ENGINE) return before;
  const now = await run(directory, config, isDone, seconds);
  const sorted = (all: readonly Delivered[]) => all.map((one) => JSON.stringify(one)).sort();
  expect(sorted(now)).toEqual(sorted(before));
  return now;
}

const [HERE, HERE_DOTTED] = ['/HERE', 'HERE'];

/** Texts without the directory of this run, which tags spell with dots. */
function placeless(text: string, directory: string): string {
  return text.replaceAll(directory, HERE).replaceAll(dotted(directory), HERE_DOTTED);
}

function dotted(directory: string): string {
  return directory.slice(1).replaceAll('/', '.');
}

function recordingOf(delivered: readonly Delivered[], directory: string, digest: string): Recording {
  const groups: Record<string, Record<string, string[]>> = {};
  for (const { output, tag, record } of delivered) {
    const key = placeless(JSON.stringify(record), directory);
    const outputs = groups[key] ?? {};
    outputs[output] = [...(outputs[output] ?? []), placeless(tag, directory)];
    groups[key] = outputs;
  }
  const engine = execFileSync(ENGINE ?? '', ['--version'], { encoding: 'utf8' }).split('\n')[0];
  return { engine, digest, delivered: groups };
}

function deliveredIn({ delivered }: Recording, directory: string): readonly Delivered[] {
  const back = (text: string) => text.replaceAll(HERE, directory).replace(/\bHERE\b/g, () => dotted(directory));
  return Object.entries(delivered).flatMap(([record, outputs]) =>
    Object.entries(outputs).flatMap(([output, tags]) =>
      tags.map((tag) => ({ output, tag: back(tag), record: JSON.parse(back(record)) })),
    ),
  );
}

/** Runs a configuration until `isDone`, or for some seconds, and reads what its file outputs wrote into `out`. */
async function run(
  directory: string,
  config: string,
  isDone: (delivered: readonly Delivered[]) => boolean,
  seconds = 12,
): Promise<readonly Delivered[]> {
  const file = join(directory, config.startsWith('service:') ? 'fluent-bit.yaml' : 'fluent-bit.conf');
  const out = join(directory, 'out');
  mkdirSync(out, { recursive: true });
  write(file, config);
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

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../engines/run';
import { makeCertificate } from './certificate';
import type { Call, StandInWorld } from './stand-in/world';
import { temporaryFolder } from './temporary';
import { until } from './until';

export interface PodOptions {
  /** The container's program and arguments. */
  readonly command: readonly string[];
  /** The container's whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute paths in the container and what lies there. Each path is under one of `emptied`. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Files in the container that hold the certificate of the stand-in, beside the places where every program looks. */
  readonly authorities?: readonly string[];
  /** Host names that lead to the stand-in, which has a certificate for them that the container trusts. */
  readonly hosts: readonly string[];
  readonly world: StandInWorld;
}

/** Folders of the machine that the container does not see. */
const emptied = ['/var/log', '/var/lib', '/run', '/etc/ssl/certs'];

/** Where programs look for the machine's certificate authorities, by distribution. */
const systemAuthorities = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/certs/ca-bundle.crt'];

/**
 * Runs a container's program as a pod would, without an engine for images: in mount, network and process namespaces of its
 * own, with the pod's volumes at their places, and with nothing in its network but the stand-in for the services it calls.
 * So the rendered text needs no change, no port of the machine is used, and all processes end with the namespace.
 */
export class Pod {
  public static async start(options: PodOptions): Promise<Pod> {
    const folder = temporaryFolder();
    await makeCertificate(folder, options.hosts);
    writeFileSync(join(folder, 'world.json'), JSON.stringify(options.world));
    writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost ${options.hosts.join(' ')}\n`);
    writeFileSync(join(folder, 'inside.sh'), script(options, folder));
    const child = spawn('unshare', [...namespaces(), 'sh', join(folder, 'inside.sh')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(folder, 'log.txt'));
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    return new Pod(child, folder);
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** What the stand-in was asked so far. */
  public calls(): Call[] {
    const file = join(this.folder, 'calls.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Call);
  }

  public log(): string {
    return readFileSync(join(this.folder, 'log.txt'), 'utf8');
  }

  /** Waits for a condition on the calls; fails at once when the program has ended. */
  public async until(
    title: string,
    condition: (calls: readonly Call[]) => boolean,
    milliseconds: number,
  ): Promise<void> {
    const details = () => `${this.log()}\n${JSON.stringify(this.calls(), undefined, 1).slice(-4000)}`;
    await until(
      title,
      () => {
        if (this.child.exitCode !== null) {
          throw new Error(`${title}: the program ended with ${this.child.exitCode}\n${details()}`);
        }
        return condition(this.calls());
      },
      milliseconds,
      details,
    );
  }

  /** Ends the program and everything in its namespace. */
  public async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once('close', resolve));
      this.child.kill('SIGKILL');
      await ended;
    }
  }
}

/** Why pods can't be run on this machine; undefined when they can. */
export async function whyNoPods(): Promise<string | undefined> {
  try {
    const { status, stderr } = await run(['unshare', ...namespaces(), 'true'], { timeout: 10_000 });
    return status === 0 ? undefined : `no namespaces on this machine: ${stderr.trim()}`;
  } catch (error) {
    return `no namespaces on this machine: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function namespaces(): string[] {
  const identity = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return [...identity, '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
}

function script(options: PodOptions, folder: string): string {
  const mounts = { '/etc/hosts': join(folder, 'hosts'), ...options.mounts };
  const authorities = [...systemAuthorities, ...(options.authorities ?? [])];
  const standIn = [
    join(__dirname, '..', 'node_modules', '.bin', 'tsx'),
    join(__dirname, 'stand-in', 'main.ts'),
    folder,
  ];
  const variables = Object.entries(options.env).map(([name, value]) => `${name}=${value}`);
  return [
    'set -e',
    'ip link set lo up',
    ...emptied.map((path) => `mount -t tmpfs none ${path}`),
    ...Object.keys(options.mounts).map((path) => `mkdir -p ${quoted([path])}`),
    ...Object.entries(mounts).map(([path, from]) => `mount --bind ${quoted([from, path])}`),
    ...authorities.map((path) => `cp ${quoted([join(folder, 'cert.pem'), path])}`),
    `${quoted(standIn)} &`,
    `until [ -s ${quoted([join(folder, 'ready.txt')])} ]; do sleep 0.1; done`,
    `exec env -i ${quoted([...variables, ...options.command])}`,
    '',
  ].join('\n');
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}

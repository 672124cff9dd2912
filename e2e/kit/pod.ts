import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../engines/run';
import { makeCertificate } from './certificate';
import { JsonLines } from './json-lines';
import { RunningProcess } from './process';
import type { Call, StandInWorld } from './stand-in/world';
import { temporaryFolder } from './temporary';

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
const emptied = ['/var/log', '/var/lib', '/run', '/etc'];

/** What programs need of `/etc` to look up names, users and libraries. */
const kept = ['passwd', 'group', 'nsswitch.conf', 'ld.so.cache'];

/** Where programs look for the machine's certificate authorities, by distribution. */
const systemAuthorities = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/certs/ca-bundle.crt'];

/**
 * Runs a container's program as a pod would, without an engine for images: in mount, network and process namespaces of its
 * own, with the pod's volumes at their places, and with nothing in its network but the stand-in for the services it calls.
 * So the rendered text needs no change, no port of the machine is used, and all processes end with the namespace.
 */
export class Pod {
  public static async start(options: PodOptions): Promise<Pod> {
    for (const path of Object.keys(options.mounts)) {
      if (!emptied.some((folder) => path.startsWith(`${folder}/`))) {
        throw new Error(`can't mount ${path}: it has to be under one of ${emptied.join(', ')}`);
      }
    }
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'etc'));
    for (const name of kept.filter((one) => existsSync(join('/etc', one)))) {
      cpSync(join('/etc', name), join(folder, 'etc', name));
    }
    writeFileSync(join(folder, 'etc', 'hosts'), `127.0.0.1 localhost ${options.hosts.join(' ')}\n`);
    await makeCertificate(folder, options.hosts);
    writeFileSync(join(folder, 'world.json'), JSON.stringify(options.world));
    writeFileSync(join(folder, 'inside.sh'), script(options, folder));
    const command = ['unshare', ...namespaces(), 'sh', join(folder, 'inside.sh')];
    return new Pod(RunningProcess.start(command, join(folder, 'log.txt')), folder);
  }

  private readonly noted: JsonLines<Call>;

  private constructor(
    private readonly process: RunningProcess,
    private readonly folder: string,
  ) {
    this.noted = new JsonLines(join(folder, 'calls.jsonl'));
  }

  /** What the stand-in was asked so far. */
  public calls(): readonly Call[] {
    return this.noted.read();
  }

  /** From now on the stand-in breaks every connection to that service: `logs`, `sts`. */
  public takeDown(service: string): void {
    writeFileSync(this.switchOf(service), '');
  }

  public bringUp(service: string): void {
    rmSync(this.switchOf(service), { force: true });
  }

  /** Waits for a condition on the calls; fails at once, with the output, when the program has ended. */
  public until(title: string, condition: (calls: readonly Call[]) => boolean, milliseconds: number): Promise<void> {
    return this.process.until(title, () => condition(this.calls()), milliseconds);
  }

  /** Ends the program and everything in its namespaces. */
  public stop(): Promise<void> {
    return this.process.stop();
  }

  private switchOf(service: string): string {
    return join(this.folder, `down-${service}`);
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
    `cp -r ${quoted([join(folder, 'etc')])}/. /etc/`,
    `mkdir -p /etc/ssl/certs ${quoted(Object.keys(options.mounts))}`,
    ...Object.entries(options.mounts).map(([path, from]) => `mount --bind ${quoted([from, path])}`),
    ...authorities.map((path) => `cp ${quoted([join(folder, 'cert.pem'), path])}`),
    // tsx makes a pipe named by its process id, and every pod has the same ids.
    `TMPDIR=${quoted([folder])} ${quoted(standIn)} &`,
    `until [ -s ${quoted([join(folder, 'ready.txt')])} ]; do sleep 0.1; done`,
    `exec env -i ${quoted([...variables, ...options.command])}`,
    '',
  ].join('\n');
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeed } from '../engines/run';
import type { MachineOptions } from './machine-options';
import { machineScript, namespaces } from './machine-script';
import { RunningProcess } from './process';
import { temporaryFolder } from './temporary';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/**
 * A machine with pods on it, made of namespaces: each pod has a network of its own, behind a bridge, and each container a
 * file system of its own that is read-only. Nothing of it is seen from outside, and all of it ends with the first process.
 */
export class Machine {
  public static async start(options: MachineOptions): Promise<Machine> {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'etc'));
    for (const name of ['passwd', 'group', 'nsswitch.conf', 'ld.so.cache'].filter((one) => existsSync(`/etc/${one}`))) {
      cpSync(join('/etc', name), join(folder, 'etc', name));
    }
    const hosts = Object.entries(options.hosts ?? {}).flatMap(([name, addresses]) =>
      [addresses].flat().map((address) => `${address} ${name}\n`),
    );
    writeFileSync(join(folder, 'etc', 'hosts'), ['127.0.0.1 localhost\n', ...hosts].join(''));
    const script = join(folder, 'machine.sh');
    writeFileSync(script, machineScript(options, folder));
    const starter = 'echo $$ >"$1" && shift && exec "$@"';
    const command = ['sh', '-c', starter, 'sh', join(folder, 'pid'), 'unshare', ...namespaces(), 'sh', script];
    const machine = new Machine(RunningProcess.start(command, join(folder, 'machine.log')), folder);
    try {
      await machine.until('the machine is up', () => existsSync(join(folder, 'up')), 20_000);
    } catch (error) {
      await machine.stop();
      throw error;
    }
    return machine;
  }

  private constructor(
    private readonly process: RunningProcess,
    private readonly folder: string,
  ) {}

  /** What a container (`pod/container`) or a service wrote so far. */
  public log(name: string): string {
    const file = join(this.folder, `${name.replace('/', '-')}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Waits for a condition; fails at once, with the output, when the machine has ended. */
  public until(title: string, condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
    return this.process.until(title, condition, milliseconds);
  }

  /** Asks over HTTP, from the machine. Status 0 when nobody answers. */
  public async fetch(url: string, init: { method?: string; body?: string } = {}): Promise<Reply> {
    const program = `fetch(process.argv[1], JSON.parse(process.argv[2])).then(
      async (answer) => ({ status: answer.status, body: await answer.text() }),
      (error) => ({ status: 0, body: String(error.cause ?? error) }),
    ).then((reply) => process.stdout.write(JSON.stringify(reply)));`;
    const pid = readFileSync(join(this.folder, 'pid'), 'utf8').trim();
    const user = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
    const enter = ['nsenter', '--target', pid, '--net', ...user, '--', process.execPath, '-e', program];
    const { stdout } = await succeed([...enter, url, JSON.stringify(init)], { timeout: 20_000 });
    return JSON.parse(stdout) as Reply;
  }

  /** Waits until the address answers with 200. */
  public answers(url: string, milliseconds = 20_000): Promise<void> {
    return this.until(`${url} answers`, async () => (await this.fetch(url)).status === 200, milliseconds);
  }

  /** Ends everything on the machine. */
  public stop(): Promise<void> {
    return this.process.stop();
  }
}

/** Why machines can't be made here; undefined when they can. */
export async function whyNoMachines(): Promise<string | undefined> {
  const script = 'ip link add br0 type bridge && ip link add one type veth peer name two';
  const { status, stderr } = await run(['unshare', ...namespaces(), 'sh', '-c', script], { timeout: 10_000 });
  return status === 0 ? undefined : `no namespaces or bridges on this machine: ${stderr.trim()}`;
}

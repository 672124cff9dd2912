import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { until } from './until';

/** A program that runs until it is stopped, with its output in a file. */
export class RunningProcess {
  public static start(command: readonly string[], log: string): RunningProcess {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = createWriteStream(log);
    child.stdout.pipe(output);
    child.stderr.pipe(output);
    return new RunningProcess(child, log);
  }

  private constructor(
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {}

  public log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Waits for a condition; fails at once, with the output, when the program has ended. */
  public async until(title: string, condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
    const details = () => this.log().slice(-8000);
    await until(
      title,
      () => {
        if (this.ended()) {
          throw new Error(
            `${title}: the program ended with ${this.child.exitCode ?? this.child.signalCode}\n${details()}`,
          );
        }
        return condition();
      },
      milliseconds,
      details,
    );
  }

  /** Ends it at once, and waits until it is gone. */
  public async stop(): Promise<void> {
    if (!this.ended()) {
      const gone = new Promise((resolve) => this.child.once('close', resolve));
      this.child.kill('SIGKILL');
      await gone;
    }
  }

  private ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}

/** A port of the loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

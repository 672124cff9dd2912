import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Text for standard input, which is empty otherwise. */
  readonly input?: string;
  /** Milliseconds after which the command is killed and the run fails. */
  readonly timeout?: number;
  /** Each line that the command writes to standard error, while it runs. */
  readonly progress?: (line: string) => void;
}

export interface RunResult {
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, without a shell. Rejects only when it can't be started or outlasts its time. */
export function run(command: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: 'pipe' });
    child.stdin.on('error', () => undefined); // it may end without reading
    child.stdin.end(options.input ?? '');
    const output = { stdout: '', stderr: '' };
    let late = false;
    const timer = options.timeout
      ? setTimeout(() => {
          late = true;
          child.kill('SIGKILL');
        }, options.timeout)
      : undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      for (const line of text.split('\n')) {
        if (line.trim() && options.progress) {
          options.progress(line.trim());
        }
      }
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`can't start ${program}: ${error.message}`));
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      if (late) {
        reject(new Error(`${command.join(' ')} did not end within ${options.timeout} ms\n${output.stderr}`));
      } else {
        resolve({ status, ...output });
      }
    });
  });
}

/** Runs a command that has to succeed; rejects with all that it said when it does not. */
export async function succeed(command: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const result = await run(command, options);
  if (result.status !== 0) {
    throw new Error(`${command.join(' ')} ended with ${result.status}\n${result.stdout}${result.stderr}`.trimEnd());
  }
  return result;
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ExitCode, type Host, run } from '../src';

export interface Outcome {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory of its own for each test, gone after it. */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), 'sightline-'));

  write(files: Readonly<Record<string, string | Buffer>>): this {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return this;
  }

  /** Runs `sightline` in the directory, in this process. */
  async run(argv: readonly string[], host: Partial<Host> = {}): Promise<Outcome> {
    let stdout = '';
    let stderr = '';
    const code = await run(argv, {
      cwd: this.root,
      env: {},
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      ...host,
    });
    return { code, stdout, stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

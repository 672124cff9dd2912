import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

export const root = path.resolve(__dirname, '..');

/** Runs a command in the root with the terminal attached; gives its exit code. */
export function run(command: string, args: string[]): number {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}

/** Runs a command in the root and gives what it printed. */
export function capture(command: string, args: string[]): { status: number; stdout: string; stderr: string } {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (result.error) throw result.error;
  return { status: result.status ?? 1, stdout: result.stdout, stderr: result.stderr };
}

/** turbo over the workspace, showing what it runs anew and naming what comes from its cache. */
export function turbo(...args: string[]): number {
  return run('turbo', ['run', ...args, '--output-logs=new-only']);
}

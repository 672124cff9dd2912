import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../exit';
import type { Host } from '../host';

/** All or nothing: readers of the file never see half a report. */
export function writeAtomically(file: string, text: string): void {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : `${error}`;
    throw new UsageError(
      `the report cannot be written to ${file}: ${reason}`,
      'name a file in a directory that exists',
    );
  }
}

/** To the file that was named, else to stdout. */
export function emit(text: string, output: string | undefined, host: Host): void {
  if (output === undefined) host.stdout(text);
  else writeAtomically(resolve(host.cwd, output), text);
}

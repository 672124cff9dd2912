import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Source } from '../engine';

/**
 * The program that the environment variable names, else the one on PATH.
 *
 * @throws when the variable names something that can't be run: a wrong setting is not an absent engine
 */
export function findProgram(source: Extract<Source, { kind: 'path' }>): string | undefined {
  const chosen = process.env[source.variable];
  if (chosen) {
    const file = resolve(chosen);
    if (!executable(file)) {
      throw new Error(
        `${source.variable} is ${JSON.stringify(chosen)}, which is no executable file; name the program ${source.program}`,
      );
    }
    return file;
  }
  return onPath(source.program);
}

/** The first program of that name on PATH. */
export function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(executable);
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

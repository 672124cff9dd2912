import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type FileTree, type Problem, readSightlineConfig, type SightlineConfig } from '@eks-sightline/wiring';
import { UsageError } from '../exit';

const NAME = 'sightline.json';

/** A path as reports show it: relative to the working directory, with `/`. */
export function shownPath(cwd: string, path: string): string {
  return relative(cwd, resolve(cwd, path)).split(sep).join('/');
}

/** The configuration for the paths, told or looked for. `undefined`: there is none. */
export function findConfig(
  given: string | undefined,
  paths: readonly string[],
  cwd: string,
  files: FileTree,
): SightlineConfig | undefined {
  if (given !== undefined) return load(shownPath(cwd, given), files);
  const found = [...new Set(paths.flatMap((path) => lookUp(resolve(cwd, path), cwd) ?? []))];
  if (found.length > 1) {
    const names = found.map((file) => shownPath(cwd, file)).join(' and ');
    throw new UsageError(`the paths belong to ${names}`, 'verify them one at a time, or say which by --config');
  }
  return found[0] === undefined ? undefined : load(shownPath(cwd, found[0]), files);
}

/** In the path itself, then upwards as far as the working directory; from elsewhere as far as its repository. */
function lookUp(path: string, cwd: string): string | undefined {
  const inside = !relative(cwd, path).startsWith('..') && !isAbsolute(relative(cwd, path));
  for (let here = path; ; here = dirname(here)) {
    const candidate = join(here, NAME);
    if (existsSync(candidate)) return candidate;
    const end = inside ? here === cwd : existsSync(join(here, '.git'));
    if (end || dirname(here) === here) return undefined;
  }
}

function load(file: string, files: FileTree): SightlineConfig {
  const source = files.read(file);
  if (!source) throw new UsageError(`there is no configuration ${file}`, 'check the path given to --config');
  const { config, problems } = readSightlineConfig(source);
  if (config) return config;
  throw new UsageError(problems.map(describe).join('\n'), 'mend sightline.json; nothing was judged');
}

function describe({ message, help, span }: Problem): string {
  const at = span?.source.position(span.start);
  const place = span && at ? `${span.source.file}:${at.line}:${at.column}: ` : '';
  return `${place}${message}${help ? ` (${help})` : ''}`;
}

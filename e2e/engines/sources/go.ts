import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Source } from '../engine';
import { succeed } from '../run';

type Progress = (line: string) => void;

/** Neither the caller's flags, nor a workspace file above the cache, nor the state of this checkout change what is built. */
export const environment = { ...process.env, GOFLAGS: '-modcacherw -buildvcs=false', GOWORK: 'off', GO111MODULE: 'on' };

/** A published module, downloaded and with the digest that the table of engines has. */
async function download(
  module: { readonly module: string; readonly version: string; readonly sum: string },
  folder: string,
  progress: Progress,
): Promise<{ readonly Dir: string; readonly GoMod: string }> {
  const name = `${module.module}@${module.version}`;
  // In a folder outside any module: it must not look for one above the cache.
  const { stdout } = await succeed(['go', 'mod', 'download', '-json', name], {
    cwd: folder,
    env: environment,
    progress,
  });
  const { Dir, GoMod, Sum } = JSON.parse(stdout) as { Dir: string; GoMod: string; Sum: string };
  if (Sum !== module.sum) {
    throw new Error(`${name} has the digest ${Sum}, the table of engines expects ${module.sum}`);
  }
  return { Dir, GoMod };
}

/** Builds a program of a published module inside a wrapper module, which is free of the module's own `replace` lines. */
export async function buildProgram(
  source: Extract<Source, { kind: 'go-program' }>,
  program: string,
  wrapper: string,
  progress: Progress,
): Promise<void> {
  mkdirSync(wrapper, { recursive: true });
  const { GoMod } = await download(source, wrapper, progress);
  writeFileSync(join(wrapper, 'go.mod'), wrapperOf(source, readFileSync(GoMod, 'utf8')));
  const variables = Object.entries(source.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-mod=mod', '-trimpath', '-ldflags', ['-s -w', ...variables].join(' ')];
  const tags = source.tags ? ['-tags', source.tags.join(',')] : [];
  await succeed(['go', 'build', ...flags, ...tags, '-o', program, source.package], {
    cwd: wrapper,
    env: environment,
    progress,
  });
}

function wrapperOf(source: Extract<Source, { kind: 'go-program' }>, goMod: string): string {
  const lines = goMod.split('\n').map((line) => line.trim());
  const staged = lines
    .map((line) => /^(?:require )?(\S+) v0\.0\.0$/.exec(line)?.[1])
    .filter((name) => name !== undefined);
  return [
    'module sightline.invalid/wrapper',
    lines.find((line) => line.startsWith('go ')),
    `require ${source.module} ${source.version}`,
    ...(source.staging ? staged.map((name) => `replace ${name} => ${name} ${source.staging}`) : []),
    '',
  ].join('\n');
}

/** Builds a program of this repository; its go.sum must cover all that it needs. */
export async function buildFolder(folder: string, program: string, progress: Progress): Promise<void> {
  await succeed(['go', 'build', '-mod=readonly', '-trimpath', '-ldflags', '-s -w', '-o', program, '.'], {
    cwd: folder,
    env: environment,
    progress,
  });
}

/** Copies files out of a published module. The module's digest has to be the one in the table. */
export async function copyFiles(
  source: Extract<Source, { kind: 'go-files' }>,
  home: string,
  progress: Progress,
): Promise<void> {
  const { Dir } = await download(source, home, progress);
  for (const file of source.files) {
    if (!existsSync(join(Dir, file))) {
      throw new Error(`${source.module} ${source.version} holds no ${file}`);
    }
    mkdirSync(dirname(join(home, file)), { recursive: true });
    cpSync(join(Dir, file), join(home, file), { recursive: true });
  }
}

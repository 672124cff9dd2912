import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Source } from '../engine';
import { succeed } from '../run';

type Progress = (line: string) => void;

/** Neither the caller's flags nor a workspace file above the cache change what is built. */
const environment = { ...process.env, GOFLAGS: '-modcacherw', GOWORK: 'off', GO111MODULE: 'on' };

/** Builds a program of a published module inside a wrapper module, which ignores the module's own `replace` lines. */
export async function buildProgram(
  source: Extract<Source, { kind: 'go-program' }>,
  home: string,
  progress: Progress,
): Promise<void> {
  const wrapper = join(home, 'wrapper');
  mkdirSync(wrapper, { recursive: true });
  writeFileSync(
    join(wrapper, 'go.mod'),
    `module sightline.invalid/wrapper\n\nrequire ${source.module} ${source.version}\n`,
  );
  const variables = Object.entries(source.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-mod=mod', '-trimpath', '-ldflags', ['-s -w', ...variables].join(' ')];
  const program = join(home, 'bin', lastName(source.module));
  await succeed(['go', 'build', ...flags, '-o', program, source.package], { cwd: wrapper, env: environment, progress });
}

/** Builds a program of this repository; its go.sum must cover all that it needs. */
export async function buildFolder(folder: string, home: string, progress: Progress): Promise<void> {
  const program = join(home, 'bin', lastName(folder));
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
  const name = `${source.module}@${source.version}`;
  // Outside any module: `go mod download` must not look for one above the cache.
  const { stdout } = await succeed(['go', 'mod', 'download', '-json', name], { cwd: home, env: environment, progress });
  const { Dir, Sum } = JSON.parse(stdout) as { Dir: string; Sum: string };
  if (Sum !== source.sum) {
    throw new Error(`${name} has the digest ${Sum}, the table of engines expects ${source.sum}`);
  }
  for (const file of source.files) {
    if (!existsSync(join(Dir, file))) {
      throw new Error(`${name} holds no ${file}`);
    }
    mkdirSync(dirname(join(home, file)), { recursive: true });
    cpSync(join(Dir, file), join(home, file), { recursive: true });
  }
}

/** `kustomize` of `sigs.k8s.io/kustomize/kustomize/v5`. */
export function lastName(path: string): string {
  const names = path.split('/').filter((name) => !/^v\d+$/.test(name));
  return names[names.length - 1] ?? path;
}

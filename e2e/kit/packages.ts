import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from '../engines/run';
import { repository } from './rendered';

export type PackageName = 'constructs' | 'k8s-charts' | 'wiring' | 'cli';

export const publicPackages: readonly PackageName[] = ['constructs', 'k8s-charts', 'wiring', 'cli'];

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly types: string;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export function manifestOf(name: PackageName): Manifest {
  return JSON.parse(readFileSync(join(repository, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

/** Packs what is compiled, as a release would, and returns the tarball's path in `folder`. */
export async function pack(name: PackageName, folder: string): Promise<string> {
  const source = join(repository, 'packages', name);
  if (!existsSync(join(source, 'lib', 'index.js'))) {
    throw new Error(`${name} is not compiled; compile it with: npm start`);
  }
  const pnpm = join(repository, 'node_modules', '.bin', 'pnpm');
  await succeed([pnpm, 'pack', '--pack-destination', folder], { cwd: source, timeout: 120_000 });
  const { version, name: scoped } = manifestOf(name);
  return join(folder, `${scoped.replace('@', '').replace('/', '-')}-${version}.tgz`);
}

/** Paths in a tarball, without the folder `package/` that npm puts around them. */
export async function filesIn(tarball: string): Promise<string[]> {
  const { stdout } = await succeed(['tar', '-tzf', tarball]);
  return stdout
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => path.replace(/^package\//, ''));
}

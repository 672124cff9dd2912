import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../engine';
import { succeed } from '../run';

/** Takes files out of a published npm package, without what it depends on and without running anything of it. */
export async function extractPackage(
  source: Extract<Source, { kind: 'npm-files' }>,
  home: string,
  progress: (line: string) => void,
): Promise<void> {
  const scratch = join(home, 'scratch');
  mkdirSync(scratch);
  const name = `${source.package}@${source.version}`;
  const { stdout } = await succeed(['npm', 'pack', name, '--json', '--ignore-scripts'], { cwd: scratch, progress });
  const [packed] = JSON.parse(stdout) as { filename: string; integrity: string }[];
  if (packed?.integrity !== source.integrity) {
    throw new Error(`${name} has the digest ${packed?.integrity}, the table of engines expects ${source.integrity}`);
  }
  const files = source.files.map((file) => `package/${file}`);
  await succeed(['tar', '-xzf', join(scratch, packed.filename), '-C', home, '--strip-components=1', ...files]);
  rmSync(scratch, { recursive: true });
}

import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Source } from '../engine';
import { run, succeed } from '../run';
import { onPath } from './path';

type DebianSource = Extract<Source, { kind: 'debian' }>;

/** Where a program lies after it was taken out of its package, or linked to the machine's own. */
export function extractedProgram(source: DebianSource, home: string): string {
  return join(home, 'root', source.program);
}

/**
 * Downloads packages with apt and unpacks them into the engine's home. Nothing is installed, no root is needed, and the
 * machine's own lists of packages stay as they are. The libraries that the program links are those of the machine.
 *
 * @throws when there is neither apt nor such a program on PATH
 */
export async function extractProgram(
  source: DebianSource,
  home: string,
  progress: (line: string) => void,
): Promise<void> {
  const program = extractedProgram(source, home);
  if (onPath('apt-get') && onPath('dpkg-deb')) {
    const scratch = join(home, 'apt');
    mkdirSync(join(scratch, 'lists', 'partial'), { recursive: true });
    mkdirSync(join(scratch, 'cache', 'archives', 'partial'), { recursive: true });
    const state = [`Dir::State::lists=${join(scratch, 'lists')}`, `Dir::Cache=${join(scratch, 'cache')}`];
    const user = (await run(['id', '-un'])).stdout.trim();
    const apt = ['apt-get', '-q', ...[...state, `APT::Sandbox::User=${user}`].flatMap((option) => ['-o', option])];
    await succeed([...apt, 'update'], { cwd: scratch, progress });
    await succeed([...apt, 'download', ...source.packages], { cwd: scratch, progress });
    for (const file of readdirSync(scratch).filter((name) => name.endsWith('.deb'))) {
      await succeed(['dpkg-deb', '--extract', join(scratch, file), join(home, 'root')], { progress });
    }
    rmSync(scratch, { recursive: true });
    return;
  }
  const own = onPath(basename(source.program));
  if (!own) {
    throw new Error(
      `this machine has no apt-get to bring the package ${source.packages[0]}, and no ${basename(source.program)} on PATH; install it`,
    );
  }
  mkdirSync(dirname(program), { recursive: true });
  symlinkSync(own, program);
}

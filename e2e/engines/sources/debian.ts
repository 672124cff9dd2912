import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Source } from '../engine';
import { run, succeed } from '../run';
import { onPath } from './path';

type DebianSource = Extract<Source, { kind: 'debian' }>;

/** What starts a program that was taken out of its package, or that is the machine's own. */
export function extractedProgram(source: DebianSource, home: string): string {
  return source.libraries ? join(home, 'bin', basename(source.program)) : join(home, 'root', source.program);
}

/**
 * Downloads packages with apt and unpacks them into the engine's home. Nothing is installed, no root is needed, and the
 * machine's own lists of packages stay as they are. The libraries that the program links are those of the machine, and where
 * `libraries` says so, those that it lacks are brought too.
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
    const names = source.libraries ? await withLibraries(apt, source.packages, scratch) : source.packages;
    await succeed([...apt, 'download', ...names], { cwd: scratch, progress });
    for (const file of readdirSync(scratch).filter((name) => name.endsWith('.deb'))) {
      await succeed(['dpkg-deb', '--extract', join(scratch, file), join(home, 'root')], { progress });
    }
    rmSync(scratch, { recursive: true });
    if (source.libraries) {
      startWithLibraries(source, home);
    }
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

/** The packages, and those that apt would install with them on this machine. */
async function withLibraries(
  apt: readonly string[],
  packages: readonly string[],
  cwd: string,
): Promise<readonly string[]> {
  const command = [...apt, '--simulate', '--no-install-recommends', 'install', ...packages];
  const { stdout } = await succeed(command, { cwd });
  const missing = [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  return [...new Set([...packages, ...missing])];
}

/** A start script that shows the program the libraries beside it, before those of the machine. */
function startWithLibraries(source: DebianSource, home: string): void {
  const root = join(home, 'root');
  const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)lib\/.*\.so(\.\d+)*$/.test(file))
    .map((file) => join(root, dirname(file)));
  const start = extractedProgram(source, home);
  mkdirSync(dirname(start), { recursive: true });
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const script = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH=${quoted([...new Set(folders)].join(':'))}`,
    `exec ${quoted(join(root, source.program))} "$@"`,
  ];
  writeFileSync(start, `${script.join('\n')}\n`, { mode: 0o755 });
}

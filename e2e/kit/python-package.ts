import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from '../engines/run';
import { manifestOf } from './packages';
import { repository } from './rendered';
import { temporaryFolder } from './temporary';

/**
 * A Python that has a library of ours, as users of Python get it: a wheel of what jsii-pacmak makes of the tarball, with
 * its peers in the versions of the workspace, or in the newest before those that PyPI has.
 *
 * @returns the interpreter of a virtual environment of its own
 */
export async function pythonWith(name: 'constructs' | 'k8s-charts'): Promise<string> {
  const folder = temporaryFolder();
  const source = join(repository, 'packages', name);
  const env = {
    ...process.env,
    PATH: `${join(repository, 'node_modules', '.bin')}:${process.env.PATH}`,
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
  };
  const step = (command: readonly string[], cwd = folder) => succeed(command, { cwd, env, timeout: 300_000 });
  const pacmak = join(source, 'node_modules', '.bin', 'jsii-pacmak');
  const tarball = `pnpm pack --pack-destination ${folder}`;
  await step([pacmak, '--code-only', '--target', 'python', '--pack-command', tarball, '--outdir', folder], source);

  const python = join(folder, 'venv', 'bin', 'python');
  await step(['python3', '-m', 'venv', 'venv']);
  await step([python, '-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', 'wheels', './python']);
  const wheels = readdirSync(join(folder, 'wheels')).map((file) => join(folder, 'wheels', file));
  const { devDependencies, peerDependencies = {} } = manifestOf(name);
  const peers = Object.keys(peerDependencies).map((peer) => `${peer}<=${devDependencies[peer]}`);
  await step([python, '-m', 'pip', 'install', '--quiet', ...peers, ...wheels]);
  return python;
}

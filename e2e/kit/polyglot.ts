import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeed } from '../engines/run';
import { manifestOf, type PackageName } from './packages';
import { repository } from './rendered';
import { temporaryFolder } from './temporary';

/** A program that ran: what it printed. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** The sources of the library in Java, as a release makes them, in a folder of their own. */
async function javaSources(name: PackageName): Promise<string> {
  const source = join(repository, 'packages', name);
  const outdir = temporaryFolder();
  const bin = [join(source, 'node_modules', '.bin'), join(repository, 'node_modules', '.bin')].join(':');
  await succeed(['jsii-pacmak', '--code-only', '--target', 'java', '--outdir', outdir, '--pack-command', 'pnpm pack'], {
    cwd: source,
    timeout: 300_000,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...quiet },
  });
  return join(outdir, 'java');
}

/**
 * The class path of a library, built by Maven, and of what it needs. Its ranges are narrowed to versions that are no newer
 * than those of the workspace; of these Maven takes the newest that its repository has.
 */
export async function javaWith(name: PackageName, peers: readonly string[]): Promise<string> {
  const sources = await javaSources(name);
  const file = join(sources, 'pom.xml');
  const pom = peers.reduce(
    (text, peer) =>
      text.replace(
        new RegExp(`(<artifactId>${peer}</artifactId>\\s*<version>\\[[^,]+,)[^<]+`),
        `$1${manifestOf(name).devDependencies[peer]}]`,
      ),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, pom);
  const goals = ['package', 'dependency:copy-dependencies', '-DoutputDirectory=target/lib'];
  const skipped = ['-DskipTests', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];
  await succeed(['mvn', '--batch-mode', '--quiet', ...goals, ...skipped], { cwd: sources, timeout: 900_000 });
  return [join(sources, 'target', '*'), join(sources, 'target', 'lib', '*')].join(':');
}

/** Runs a program that synthesizes into a folder, and returns that folder and what it printed. */
export async function synthesizedBy(command: (outdir: string) => readonly string[]): Promise<Ran & { outdir: string }> {
  const outdir = temporaryFolder();
  const { status, stdout, stderr } = await run([...command(outdir)], {
    timeout: 300_000,
    env: { ...process.env, ...quiet },
  });
  if (status !== 0) {
    throw new Error(`${command(outdir).join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  }
  return { outdir, stdout, stderr };
}

const quiet = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' };

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { complete, emptyHome, homeOf, receiptOf } from './cache';
import type { Engine, Provisioned } from './engine';
import { withLock } from './lock';
import { run } from './run';
import { buildCollector } from './sources/collector';
import { extractedProgram, extractProgram } from './sources/debian';
import { buildFolder, buildProgram, copyFiles } from './sources/go';
import { extractPackage } from './sources/npm';
import { findProgram } from './sources/path';
import { installPython } from './sources/pypi';

/** The engine as it is now, without bringing it; undefined when it is absent or only there in part. */
export function lookUp(engine: Engine): Provisioned | undefined {
  if (engine.source.kind === 'path') {
    const program = findProgram(engine.source);
    return program ? { engine, home: dirname(program), command: [program] } : undefined;
  }
  return receiptOf(engine) ? { engine, home: homeOf(engine), command: commandOf(engine) } : undefined;
}

/** Brings the engine where it is missing, and checks it. Undefined for an engine that is never installed and is not there. */
export async function provision(engine: Engine, progress: (line: string) => void): Promise<Provisioned | undefined> {
  if (engine.source.kind !== 'path' && !receiptOf(engine)) {
    const waiting = (holder: number) => progress(`process ${holder} is bringing it, waiting`);
    await withLock(`${homeOf(engine)}.lock`, waiting, async () => {
      if (!receiptOf(engine)) {
        const started = performance.now();
        await bring(engine, emptyHome(engine), progress);
        await check(found(engine));
        complete(engine, (performance.now() - started) / 1000);
      }
    });
  }
  const provisioned = lookUp(engine);
  if (provisioned) {
    await check(provisioned);
  }
  return provisioned;
}

async function bring(engine: Engine, home: string, progress: (line: string) => void): Promise<void> {
  const { source } = engine;
  switch (source.kind) {
    case 'go-program':
      return buildProgram(source, programOf(engine), join(home, 'wrapper'), progress);
    case 'go-folder':
      return buildFolder(join(__dirname, source.folder), programOf(engine), progress);
    case 'collector':
      return buildCollector(source, programOf(engine), join(home, 'scratch'), progress);
    case 'go-files':
      return copyFiles(source, home, progress);
    case 'npm-files':
      return extractPackage(source, home, progress);
    case 'pypi':
      return installPython(source.requirement, home, progress);
    case 'debian':
      return extractProgram(source, home, progress);
    case 'path':
      return;
  }
}

function found(engine: Engine): Provisioned {
  return { engine, home: homeOf(engine), command: commandOf(engine) };
}

function commandOf(engine: Engine): readonly string[] {
  const { source } = engine;
  switch (source.kind) {
    case 'go-program':
    case 'go-folder':
    case 'collector':
      return [programOf(engine)];
    case 'pypi':
      return [join(homeOf(engine), 'venv', 'bin', source.program)];
    case 'debian':
      return [extractedProgram(source, homeOf(engine))];
    default:
      return [];
  }
}

function programOf(engine: Engine): string {
  return join(homeOf(engine), 'bin', engine.name);
}

async function check(provisioned: Provisioned): Promise<void> {
  const { check, name } = provisioned.engine;
  if ('file' in check) {
    const text = readFileSync(join(provisioned.home, check.file), 'utf8');
    if (!text.includes(check.contains)) {
      throw new Error(`${name}: ${check.file} does not hold ${JSON.stringify(check.contains)}`);
    }
    return;
  }
  const { status, stdout, stderr } = await run([...provisioned.command, ...check.arguments], { timeout: 60_000 });
  // Some programs tell their version on standard error.
  if (status !== 0 || !(check.prints.test(stdout) || check.prints.test(stderr))) {
    throw new Error(`${name}: ${check.arguments.join(' ')} ended with ${status} and said\n${stdout}${stderr}`);
  }
}

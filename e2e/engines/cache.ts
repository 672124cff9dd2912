import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { arch, homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';
import type { Engine, Receipt } from './engine';

/** The folder that holds every engine, outside the repository: `SIGHTLINE_ENGINES`, or the user's cache directory. */
export function cacheRoot(): string {
  const chosen = process.env.SIGHTLINE_ENGINES;
  if (chosen) {
    return resolve(chosen);
  }
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sightline', 'engines');
}

/**
 * The folder of one engine. Its name holds a digest of all that makes the engine what it is: a changed version, recipe or
 * source file gives another folder, so an old engine is never taken for a new one.
 */
export function homeOf(engine: Engine): string {
  const digest = createHash('sha256');
  digest.update(JSON.stringify([engine.name, engine.version, engine.source, platform(), arch()]));
  if (engine.source.kind === 'go-folder') {
    const folder = join(__dirname, engine.source.folder);
    for (const file of readdirSync(folder).sort()) {
      digest
        .update(file)
        .update('\0')
        .update(readFileSync(join(folder, file)));
    }
  }
  return join(cacheRoot(), `${engine.name}-${engine.version}-${digest.digest('hex').slice(0, 12)}`);
}

/** What was noted when the engine was complete; undefined when it is not there, or only in part. */
export function receiptOf(engine: Engine): Receipt | undefined {
  const file = join(homeOf(engine), 'receipt.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Receipt) : undefined;
}

/** Empties the engine's home for a new attempt; what an interrupted one left behind goes. */
export function emptyHome(engine: Engine): string {
  const home = homeOf(engine);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  return home;
}

/** Marks the engine as complete. Nothing is written to its home after this. */
export function complete(engine: Engine, seconds: number): Receipt {
  const home = homeOf(engine);
  const receipt = { name: engine.name, version: engine.version, seconds, bytes: bytesIn(home) };
  writeFileSync(join(home, 'receipt.json'), `${JSON.stringify(receipt)}\n`);
  return receipt;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

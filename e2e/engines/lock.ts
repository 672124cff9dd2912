import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const poll = 250;

/**
 * Runs `work` while this process alone holds `file`. A lock whose holder no longer runs is taken over.
 *
 * @param waiting told once, with the holder's process id, when another process holds the lock
 */
export async function withLock<T>(file: string, waiting: (holder: number) => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder !== undefined && !runs(holder)) {
      dropStale(file, holder);
      continue;
    }
    if (!told && holder !== undefined) {
      waiting(holder);
      told = true;
    }
    await sleep(poll);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The id is in the file from the first moment on: it is written under another name, which is then linked. */
function take(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Undefined when the holder has just let go. */
function holderOf(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/** Removes a dead process's lock, and gives back one that another process took in the meantime. */
function dropStale(file: string, dead: number): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside) !== dead) {
      linkSync(aside, file);
    }
  } catch {
    // Somebody else removed it first.
  } finally {
    rmSync(aside, { force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { SourceText } from '../text';

/**
 * The files in reach, read-only. This package touches no file system: the caller decides what can be seen.
 *
 * Paths are relative to one root that the caller chose (the working directory, as a rule), normalised, with `/`; they
 * may begin with `../`. The root itself is `''`.
 */
export interface FileTree {
  /** `undefined`: there is nothing at this path. */
  kind(path: string): 'file' | 'directory' | undefined;
  /** `undefined`: absent, or not text. The same object for the same path, so that positions can be compared. */
  read(path: string): SourceText | undefined;
  /** Names, not paths, in a fixed order. Empty for what is no directory. */
  list(directory: string): readonly string[];
}

/** A tree in memory: for tests, and for files that were never on a disk. */
export class MemoryFileTree implements FileTree {
  private readonly sources = new Map<string, SourceText | undefined>();
  private readonly directories = new Map<string, Set<string>>([['', new Set()]]);

  /** @param files content by normalised path */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      // What a NUL stands in is no text, here as on a disk.
      this.sources.set(path, text.includes('\0') ? undefined : new SourceText(path, text));
      for (let child = path; child !== ''; child = parentPath(child)) {
        const parent = parentPath(child);
        const names = this.directories.get(parent) ?? new Set();
        names.add(child.slice(parent === '' ? 0 : parent.length + 1));
        this.directories.set(parent, names);
      }
    }
  }

  kind(path: string): 'file' | 'directory' | undefined {
    if (this.sources.has(path)) return 'file';
    return this.directories.has(path) ? 'directory' : undefined;
  }

  read(path: string): SourceText | undefined {
    return this.sources.get(path);
  }

  list(directory: string): readonly string[] {
    return [...(this.directories.get(directory) ?? [])].sort();
  }
}

/** The directory that holds `path`; `''` for what stands in the root. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last part of `path`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `path` as seen from `directory`, normalised: `joinPath('a/b', '../c')` is `a/c`. */
export function joinPath(directory: string, path: string): string {
  const out: string[] = [];
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && out.length > 0 && out[out.length - 1] !== '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}

/** Is the path this directory or file, or below it? Everything is below ''. */
export function contains(directory: string, path: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

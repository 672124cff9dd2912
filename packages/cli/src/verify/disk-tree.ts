import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FileTree, SourceText } from '@eks-sightline/wiring';

/** How far into a file a NUL byte is looked for; git uses the same number. */
const SNIFFED = 8000;

/** Files on disk, seen from one directory. Each is read once. */
export class DiskTree implements FileTree {
  private readonly sources = new Map<string, SourceText | undefined>();
  private readonly kinds = new Map<string, 'file' | 'directory' | undefined>();

  constructor(private readonly root: string) {}

  kind(path: string): 'file' | 'directory' | undefined {
    if (!this.kinds.has(path)) this.kinds.set(path, this.look(path));
    return this.kinds.get(path);
  }

  read(path: string): SourceText | undefined {
    if (!this.sources.has(path)) {
      const text = this.text(path);
      this.sources.set(path, text === undefined ? undefined : new SourceText(path, text));
    }
    return this.sources.get(path);
  }

  /** Links to directories are left out, so that no walk runs in circles; a path that names one is followed. */
  list(directory: string): readonly string[] {
    try {
      return readdirSync(join(this.root, directory), { withFileTypes: true })
        .filter(
          (entry) => !entry.isSymbolicLink() || this.kind(join(directory, entry.name).replaceAll('\\', '/')) === 'file',
        )
        .map(({ name }) => name)
        .sort();
    } catch {
      return [];
    }
  }

  private look(path: string): 'file' | 'directory' | undefined {
    try {
      const found = statSync(join(this.root, path));
      if (found.isDirectory()) return 'directory';
      return found.isFile() ? 'file' : undefined;
    } catch {
      return undefined;
    }
  }

  private text(path: string): string | undefined {
    try {
      const bytes = readFileSync(join(this.root, path));
      if (bytes.subarray(0, SNIFFED).includes(0)) return undefined;
      return bytes.toString('utf8').replace(/^\ufeff/, '');
    } catch {
      return undefined;
    }
  }
}

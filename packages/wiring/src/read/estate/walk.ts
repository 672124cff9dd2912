import { baseName, type FileTree, joinPath } from '../file-tree';

const SKIPPED = new Set(['node_modules']);
/** Deeper than any repository; symbolic links that lead in circles end here at the latest. */
const MAX_DEPTH = 64;

/** All files under a directory, in a fixed order. Directories of tools (`.git`, `node_modules`) are left out. */
export function walk(files: FileTree, directory: string): readonly string[] {
  const found: string[] = [];
  const visit = (path: string, depth: number) => {
    for (const name of files.list(path)) {
      const child = joinPath(path, name);
      const kind = files.kind(child);
      if (kind === 'file') found.push(child);
      else if (kind === 'directory' && depth < MAX_DEPTH && !isSkipped(name)) visit(child, depth + 1);
    }
  };
  visit(directory, 0);
  return found;
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || SKIPPED.has(baseName(name));
}

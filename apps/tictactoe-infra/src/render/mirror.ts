import * as fs from 'node:fs';
import * as path from 'node:path';

/** Path, relative with `/`, to content. */
export type Files = ReadonlyMap<string, string>;

/** All files under a folder; none if the folder does not exist. */
export function readTree(folder: string): Files {
  const files = new Map<string, string>();
  if (!fs.existsSync(folder)) return files;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, file).split(path.sep).join('/'), fs.readFileSync(file, 'utf8'));
  }
  return files;
}

/**
 * Makes a folder hold exactly these files: writes what differs, each file in one step, and deletes what is not among
 * them. Files that are the same stay untouched.
 */
export function mirror(files: Files, folder: string): void {
  const present = readTree(folder);
  for (const [name, content] of files) {
    if (present.get(name) !== content) writeAtomically(path.join(folder, name), content);
  }
  for (const name of present.keys()) {
    if (!files.has(name)) fs.rmSync(path.join(folder, name));
  }
  removeEmptyFolders(folder);
}

/** Whoever reads the file sees the old content or the new one, never half of it. */
export function writeAtomically(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

function removeEmptyFolders(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(path.join(folder, entry.name));
  }
  if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
}

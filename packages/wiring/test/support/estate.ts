import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryFileTree, readSightlineConfig, type Verdict, type VerifyOptions, verify } from '../../src';

/** Files by path, as a `MemoryFileTree` takes them. */
export type Files = Readonly<Record<string, string>>;

export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A fixture of `test/fixtures`, read once per call. */
export function fixture(name: string): Files {
  const root = join(__dirname, '..', 'fixtures', name);
  const files: Record<string, string> = {};
  const visit = (path: string) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(child);
      else files[child] = readFileSync(join(root, child), 'utf8');
    }
  };
  visit('');
  return files;
}

/** The files with each text replaced where it stands first; a text that is not there is a mistake of the test. */
export function edited(files: Files, edits: readonly Edit[]): Files {
  const out: Record<string, string> = { ...files };
  for (const { file, find, replace } of edits) {
    const at = out[file]?.indexOf(find) ?? -1;
    if (at === -1) throw new Error(`${file} has no ${JSON.stringify(find)}`);
    out[file] = out[file].slice(0, at) + replace + out[file].slice(at + find.length);
  }
  return out;
}

/** Judges the paths of files with their sightline.json, if they have one; lint rules have tests of their own. */
export function verifyFiles(files: Files, options: Partial<VerifyOptions> = {}): Verdict {
  const tree = new MemoryFileTree(files);
  const source = tree.read('sightline.json');
  const read = source && readSightlineConfig(source);
  if (read && !read.config) throw new Error(read.problems.map(({ message }) => message).join('; '));
  return verify({
    files: tree,
    paths: [''],
    lint: false,
    tool: { name: 'test', version: '0.0.0' },
    ...(read?.config && { config: read.config }),
    ...options,
  });
}

/** The 1-based number of the first line that holds `text`. */
export function lineOf(files: Files, file: string, text: string): number {
  const at = files[file]?.split('\n').findIndex((line) => line.includes(text)) ?? -1;
  if (at === -1) throw new Error(`${file} has no line with ${JSON.stringify(text)}`);
  return at + 1;
}

/**
 * `npx projen compatible`: jsii-diff of each jsii library against the same library at its last tag, whose sources are compiled anew. A
 * tag is `<library>@<version>`, or one of the whole repository, `v<version>`. A break that is meant stands, with its key, in the
 * library's `.compatignore`.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { members } from './members';
import { capture, root, run } from './run';

let failed = 0;
for (const { folder, scripts } of members()) {
  if (scripts['package:code'] === undefined) continue; // only jsii libraries are published in other languages
  const tag = lastTag(path.basename(folder));
  if (tag === undefined) {
    console.log(`${folder}: there is no tag yet, so there is no API to keep`);
  } else if (compare(folder, tag) === 0) {
    console.log(`${folder}: keeps the API of ${tag}`);
  } else {
    console.log(`${folder}: breaks the API of ${tag}; what is meant goes, by its key, into ${folder}/.compatignore`);
    failed += 1;
  }
}
process.exit(failed === 0 ? 0 : 1);

/** The newest tag of the library or of the repository, among those of which this commit descends. */
function lastTag(library: string): string | undefined {
  const { status, stdout, stderr } = capture('git', [
    'tag',
    '--merged',
    'HEAD',
    '--sort=-creatordate',
    '--list',
    `${library}@*`,
    'v*',
  ]);
  if (status !== 0) throw new Error(`git tag failed: ${stderr}`);
  return stdout.split('\n').find((tag) => tag !== '');
}

/** Compiles the sources of the tag in a folder of its own, with the tools of this checkout, and compares. */
function compare(folder: string, tag: string): number {
  const bin = path.join(root, folder, 'node_modules/.bin');
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'sightline-compatible-'));
  try {
    const archive = path.join(scratch, 'sources.tar');
    if (run('git', ['archive', '--output', archive, tag, folder]) !== 0) return 1;
    if (run('tar', ['-xf', archive, '-C', scratch]) !== 0) return 1;
    const before = path.join(scratch, folder);
    fs.symlinkSync(path.join(root, folder, 'node_modules'), path.join(before, 'node_modules'));
    const compiled = spawnSync(path.join(bin, 'jsii'), ['--silence-warnings=reserved-word'], {
      cwd: before,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (compiled.status !== 0) return 1;
    const ignored = path.join(folder, '.compatignore');
    const options = ['--keys', ...(fs.existsSync(path.join(root, ignored)) ? ['--ignore-file', ignored] : [])];
    return run(path.join(bin, 'jsii-diff'), [...options, '--error-on=all', before, folder]);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

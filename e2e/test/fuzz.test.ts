import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf, filesOf } from '../fuzz/check';
import { repository } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

const count = 150;
/** Other cases with `SIGHTLINE_SEED=NUMBER`; `npm run fuzz` tries a hundred thousand. */
const seed = Number(process.env.SIGHTLINE_SEED ?? 100);

test(`${count} malformed inputs, from number ${seed} on: verify throws nothing, tells no secret and contradicts itself nowhere`, () => {
  const faults = Array.from({ length: count }, (_, index) => seed + index).flatMap((number) => {
    const fault = faultOf(filesOf(number));
    return fault ? [`case ${number}: ${fault}`] : [];
  });
  expect(faults).toEqual([]);
});

describe('sightline verify on what a disk can hold', () => {
  const cli = join(repository, 'packages', 'cli', 'lib', 'main.js');
  const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, namespace: default}\n';
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  function verify(...words: string[]) {
    const command = [cli, 'verify', ...words, '--format', 'json'];
    const { status, stdout, stderr, signal } = spawnSync(process.execPath, command, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect({ signal, trace: /\n {4}at /.test(stderr) }).toEqual({ signal: null, trace: false });
    return { status, stdout, stderr };
  }

  const write = (name: string, content: string | Buffer) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  };

  test.each<[string, number, () => void]>([
    ['an empty folder', 2, () => undefined],
    ['an empty file', 2, () => write('a.yaml', '')],
    ['a binary file', 2, () => write('a.yaml', Buffer.from([0, 1, 2, 3, 255, 254, 0]))],
    ['bytes that are no UTF-8', 2, () => write('a.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a]))],
    ['two bytes for each letter', 2, () => write('a.yaml', Buffer.from(`\ufeff${good}`, 'utf16le'))],
    ['a link to its own folder', 2, () => symlinkSync('.', join(folder, 'loop'))],
    ['a link to itself', 2, () => symlinkSync('self.yaml', join(folder, 'self.yaml'))],
    ['a link to nowhere', 2, () => symlinkSync('/nowhere/at/all.yaml', join(folder, 'gone.yaml'))],
    ['a kustomization of itself', 2, () => write('kustomization.yaml', 'resources: [.]\n')],
    [
      'two kustomizations of each other',
      2,
      () => {
        write('a/kustomization.yaml', 'resources: [../b]\n');
        write('b/kustomization.yaml', 'resources: [../a]\n');
      },
    ],
    [
      'a kustomization of the whole disk',
      2,
      () => write('kustomization.yaml', 'resources: [/etc, ../../../../etc/passwd]\n'),
    ],
    ['a hundred thousand brackets', 2, () => write('a.yaml', `a: ${'['.repeat(100_000)}`)],
    ['a hundred thousand braces of JSON', 2, () => write('a.template.json', '{"a":'.repeat(100_000))],
    [
      'aliases that would fill the memory',
      2,
      () => {
        const levels = Array.from(
          { length: 30 },
          (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`,
        );
        write('a.yaml', `a0: &a0 [x]\n${levels.join('\n')}\n`);
      },
    ],
    ['ten megabytes in one line', 2, () => write('a.yaml', `a: ${'x'.repeat(10_000_000)}\n`)],
    ['fifty thousand documents', 2, () => write('a.yaml', `${good}---\n`.repeat(50_000))],
    ['lines that end as on Windows', 2, () => write('a.yaml', good.replaceAll('\n', '\r\n'))],
    ['a byte-order mark', 2, () => write('a.yaml', `\ufeff${good}`)],
    ['a folder that is called like a file', 2, () => mkdirSync(join(folder, 'a.yaml'))],
    ['a name that is no name', 2, () => write('a\n\u202eb.yaml', good)],
    ['a sightline.json that is a list', 2, () => write('sightline.json', '[]')],
    ['a sightline.json that ends too early', 2, () => write('sightline.json', '{"worlds": {')],
  ])('%s: exit code %i, no trace of a stack', (_, status, make) => {
    make();
    expect(verify('.').status).toBe(status);
  });

  test('a path that is not there is bad usage', () => {
    const { status, stdout } = verify('nowhere');
    expect({ status, told: stdout.includes('no file or directory nowhere') }).toEqual({ status: 2, told: true });
  });
});

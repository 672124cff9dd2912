import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

interface Tablet {
  readonly snippets: Record<string, { readonly didCompile?: boolean }>;
}

/** Extracts all examples of the compiled library, which have to compile, as translations into other languages need them to. */
function extract(change: (assembly: string) => string): { status: number | null; output: string; tablet: string } {
  // A copy, because rosetta leaves its tablet beside the library.
  const library = mkdtempSync(join(tmpdir(), 'sightline-rosetta-'));
  folders.push(library);
  for (const name of ['.jsii', 'package.json', 'lib', 'rosetta']) {
    cpSync(join(ROOT, name), join(library, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(library, 'node_modules'));
  const assembly = join(library, '.jsii');
  writeFileSync(assembly, change(readFileSync(assembly, 'utf8')));
  const tablet = join(library, 'tablet.json');
  const rosetta = join(ROOT, 'node_modules', '.bin', 'jsii-rosetta');
  const { status, stdout, stderr } = spawnSync(
    rosetta,
    ['extract', '--strict', '--compile', '--output', tablet, library],
    { encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' } },
  );
  return { status, output: stdout + stderr, tablet };
}

test('the examples of README and docstrings compile under strict rosetta', () => {
  const { status, output, tablet } = extract((assembly) => assembly);
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  const { snippets } = JSON.parse(readFileSync(tablet, 'utf8')) as Tablet;
  expect(Object.values(snippets).length).toBeGreaterThanOrEqual(6);
  expect(Object.values(snippets).filter(({ didCompile }) => !didCompile)).toEqual([]);
}, 120_000);

test('an example that is wrong would not', () => {
  const { status, output } = extract((assembly) =>
    assembly.replace("new FluentBit(this, 'fluent-bit', {", '$& colour: 1,'),
  );
  expect(status).not.toBe(0);
  expect(output).toContain('colour');
}, 120_000);

import fc from 'fast-check';
import { MemoryFileTree, readSightlineConfig, renderJson, renderText, verify } from '../src';
import { type Files, fixture } from './support/estate';

const ESTATE = fixture('estate');
const NAMES = Object.keys(ESTATE).sort();

const piece = fc.constantFrom(
  ...['{', '}', '[', ']', ':', '"', "'", '\n', '\t', '- ', '*a', '&a ', '!Ref ', '${', '{{', '|', '#', '\\', '\0', 'é'],
  ...['null', '1e999', '---\n', '...\n', '@INCLUDE x', '%', ''],
);

/** Cuts a stretch out of a file and puts something else in its place. */
const damage = fc.record({
  file: fc.constantFrom(...NAMES),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 40 }),
  piece,
});

function damaged(damages: readonly { file: string; at: number; length: number; piece: string }[]): Files {
  const files: Record<string, string> = { ...ESTATE };
  for (const { file, at, length, piece: text } of damages) {
    const start = Math.floor(at * files[file].length);
    files[file] = files[file].slice(0, start) + text + files[file].slice(start + length);
  }
  return files;
}

it('a damaged estate gives a report, and every broken path in it a finding', () => {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const files = new MemoryFileTree(damaged(damages));
      const source = files.read('sightline.json');
      const config = source && readSightlineConfig(source).config;
      const tool = { name: 'test', version: '0.0.0' };
      const verdict = verify({ files, paths: [''], tool, ...(config && { config }) });
      expect(renderText(verdict) + renderJson(verdict)).not.toBe('');
      for (const { id } of verdict.paths.filter(({ status }) => status === 'broken')) {
        expect(verdict.findings.some(({ severity, paths }) => severity === 'error' && paths.includes(id))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

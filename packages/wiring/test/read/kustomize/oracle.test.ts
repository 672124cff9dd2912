import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MemoryFileTree } from '../../../src/read/file-tree';
import { buildKustomization } from '../../../src/read/kustomize';
import { readYaml } from '../../../src/read/yaml';
import { MappedText, type Node, SourceText } from '../../../src/text';
import { CASES, type KustomizeCase } from './cases';

/** A real kustomize; when it is given, the recorded outputs are compared with what it prints now. */
const KUSTOMIZE = process.env.SIGHTLINE_KUSTOMIZE;

function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** By kind and name: the order of whole objects says nothing. */
function sorted(objects: readonly unknown[]): readonly unknown[] {
  const key = (object: unknown) => JSON.stringify(object, ['apiVersion', 'kind', 'metadata', 'name', 'namespace']);
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const parse = (text: string) => readYaml(MappedText.whole(new SourceText('expected', text))).documents.map(plain);

describe.each(Object.entries(CASES))('%s, as kustomize build does', (_topic, cases) => {
  test.each(cases.map((each): [string, KustomizeCase] => [each.name, each]))(
    '%s',
    (_name, { directory, files, expected }) => {
      const build = buildKustomization(new MemoryFileTree(files), directory === '.' ? '' : directory);
      expect(build.unsupported).toEqual([]);
      if (expected === undefined) {
        expect(build.problems.length).toBeGreaterThan(0);
        const placeless = build.problems.filter(({ span }) => !span).map(({ code }) => code);
        // The directory that is built has no place in a file.
        expect(placeless.filter((code) => !/^kustomization-(?:missing|ambiguous)$/.test(code))).toEqual([]);
        return;
      }
      expect(build.problems).toEqual([]);
      expect(sorted(build.objects.map(({ node }) => plain(node)))).toEqual(sorted(parse(expected)));
    },
  );
});

if (KUSTOMIZE) {
  describe.each(Object.entries(CASES))(`%s, recorded as ${KUSTOMIZE} prints it`, (_topic, cases) => {
    test.each(cases.map((each): [string, KustomizeCase] => [each.name, each]))(
      '%s',
      (_name, { directory, files, expected }) => {
        const root = mkdtempSync(join(tmpdir(), 'kustomize-'));
        try {
          for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), text);
          }
          const { status, stdout } = spawnSync(KUSTOMIZE, ['build', join(root, directory)], { encoding: 'utf8' });
          expect(status === 0 ? stdout : undefined).toBe(expected);
        } finally {
          rmSync(root, { recursive: true });
        }
      },
    );
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MemoryFileTree } from '@eks-sightline/wiring';
import { buildKustomization } from '@eks-sightline/wiring/lib/read/kustomize';
import type { Node } from '@eks-sightline/wiring/lib/text';
import { type KubernetesObject, sorted } from './objects';

/** What our own implementation of kustomize builds from a folder below `root`, sorted by id. */
export function buildWithWiring(root: string, folder: string): KubernetesObject[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [relative(root, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')];
  });
  const build = buildKustomization(
    new MemoryFileTree(Object.fromEntries(texts)),
    relative(root, folder).replaceAll('\\', '/'),
  );
  const left = [...build.problems, ...build.unsupported];
  if (left.length > 0) {
    throw new Error(`our build of ${folder} is not complete: ${JSON.stringify(left, undefined, 1)}`);
  }
  return sorted(build.objects.map((object) => plain(object.node) as KubernetesObject));
}

/** The value of a node, without its places. */
export function plain(node: Node): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
    case 'list':
      return node.items.map(plain);
    case 'scalar':
      return node.value;
  }
}

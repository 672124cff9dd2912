import type { KubeObject } from '../../model';
import { parentPath } from '../file-tree';
import { type Manifests, merge } from './manifests';

/** The world of manifests that no kustomization builds. */
export const PLAIN = 'manifests';

export interface PlainFile {
  readonly file: string;
  readonly manifests: Manifests;
}

/**
 * Manifests that nobody builds are one cluster, unless they hold the same object twice: then they are alternatives
 * (variants of an example, charts rendered for several clusters), and joining them would make up clusters that do not
 * exist. Directories are tried first, then each file is a world of its own.
 */
export function plainWorlds(files: readonly PlainFile[]): readonly { name: string; manifests: Manifests }[] {
  const ours = files.filter(({ manifests }) => manifests.objects.length > 0 || manifests.problems.length > 0);
  const world = (name: string, of: readonly PlainFile[]) => ({ name, manifests: merge(of.map((f) => f.manifests)) });
  if (areOne(ours)) return [world(PLAIN, ours)];
  const directories = new Map<string, PlainFile[]>();
  for (const file of ours) {
    const directory = parentPath(file.file);
    directories.set(directory, [...(directories.get(directory) ?? []), file]);
  }
  return [...directories].flatMap(([directory, inside]) =>
    areOne(inside) ? [world(directory || PLAIN, inside)] : inside.map((file) => world(file.file, [file])),
  );
}

/** No object stands in two of the files. */
function areOne(files: readonly PlainFile[]): boolean {
  const seen = new Set<string>();
  for (const { manifests } of files) {
    const own = new Set(manifests.objects.map(idOf));
    for (const id of own) {
      if (seen.has(id)) return false;
      seen.add(id);
    }
  }
  return true;
}

function idOf({ apiVersion, kind, namespace, name }: KubeObject): string {
  return [apiVersion.replace(/\/[^/]*$/, ''), kind, namespace?.value ?? '', name.value].join('\n');
}

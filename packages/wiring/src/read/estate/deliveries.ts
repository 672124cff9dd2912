import type { ApplicationSource, GitOps, KubeObject, World } from '../../model';
import { isArgoObject, type Parts, readGitOps } from '../argocd';
import { joinPath } from '../file-tree';
import type { Documents } from './documents';
import { build, fromFile, isKustomization, merge } from './manifests';
import { walk } from './walk';

const MANIFEST = /\.(?:ya?ml|json)$/;

/**
 * What Argo CD is told in the worlds and in files of none: clusters are named by sightline.json, and the Applications that
 * fill them stand elsewhere, as a rule.
 */
export function deliveries(worlds: readonly World[], strays: readonly string[], documents: Documents): GitOps {
  const parts: Parts[] = worlds.map(({ name, objects }) => ({ scope: name, objects: objects.filter(isArgoObject) }));
  const stray = strays.filter((file) => MANIFEST.test(file) && mentions(documents.files.read(file)?.text));
  const { objects } = merge(stray.map((file) => fromFile(file, documents, false)));
  parts.push({ scope: '', objects: objects.filter(isArgoObject) });
  const made = new Map<string, readonly KubeObject[] | undefined>();
  return readGitOps(parts, documents.files, (directory, source) => {
    const key = `${directory}\n${source.recurses}`;
    if (source.changesObjects || source.builds.some((way) => way === 'helm' || way === 'plugin')) return undefined;
    if (!made.has(key)) made.set(key, objectsAt(directory, source, documents));
    return made.get(key);
  });
}

function mentions(text: string | undefined): boolean {
  return text?.includes('argoproj.io/') ?? false;
}

/** As Argo CD sees what a directory is: a chart, a kustomization, or manifests. */
function objectsAt(
  directory: string,
  { recurses }: ApplicationSource,
  documents: Documents,
): readonly KubeObject[] | undefined {
  const { files } = documents;
  if (files.kind(joinPath(directory, 'Chart.yaml')) === 'file') return undefined;
  if (isKustomization(files, directory)) return build(directory, documents).objects;
  const all = recurses ? walk(files, directory) : files.list(directory).map((name) => joinPath(directory, name));
  const manifests = all.filter((file) => MANIFEST.test(file) && files.kind(file) === 'file');
  return merge(manifests.map((file) => fromFile(file, documents, false))).objects;
}

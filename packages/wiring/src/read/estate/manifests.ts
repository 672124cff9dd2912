import type { Gap, KubeObject } from '../../model';
import { MappedText, type SourceText } from '../../text';
import { itemsAt, stringAt } from '../access';
import { baseName, type FileTree, joinPath, parentPath } from '../file-tree';
import { chartObjects, mayBeValues } from '../generated';
import { readKubeObjects } from '../kubernetes';
import { type BuiltObject, buildKustomization, NO_NAMESPACE } from '../kustomize';
import type { Problem } from '../problem';
import { readScript } from '../shell';
import { readYaml } from '../yaml';
import { compact } from './compact';
import { type Documents, KUSTOMIZATION_FILES } from './documents';
import { walk } from './walk';

/** The objects that stand at one place, and what could not be read of them. */
export interface Manifests {
  readonly objects: readonly KubeObject[];
  readonly problems: readonly Problem[];
  readonly gaps: readonly Gap[];
  /** Files that went into them. */
  readonly visited: readonly string[];
}

/** Objects of a file, of a kustomization, or of all there is in a directory. */
export function readManifests(path: string, documents: Documents): Manifests {
  const { files } = documents;
  if (files.kind(path) === 'file') return fromFile(path, documents, true);
  if (isKustomization(files, path)) return build(path, documents);
  const all = walk(files, path);
  const roots = kustomizationRoots(all, files);
  const built = roots.map((root) => build(root, documents));
  const visited = new Set(built.flatMap((b) => b.visited));
  const plain = all.filter((file) => !visited.has(file)).map((file) => fromFile(file, documents, false));
  return merge([...built, ...plain]);
}

export function fromFile(path: string, documents: Documents, named: boolean): Manifests {
  const { kind, documents: found, problems, source } = documents.get(path, named);
  if (kind === 'script' && source) return fromScript(path, source);
  if (kind !== 'manifests') return { objects: [], problems: [], gaps: [], visited: [] };
  const objects = found.flatMap((document) => chartObjects(document, baseName(path)) ?? readKubeObjects(document));
  return { objects: objects.map(compact), problems, gaps: [], visited: [path] };
}

/** Values of charts that stand in the text of a guide, under the name that the guide gives them. */
function fromScript(path: string, source: SourceText): Manifests {
  const objects = readScript(source).fences.flatMap(({ text, title }) => {
    const documents = mayBeValues(text.text) ? readYaml(text).documents : [];
    const made = documents.flatMap((document) => chartObjects(document, title) ?? []);
    // Excerpts that nobody is told to save are there to be read.
    return made.filter(({ values }) => title !== undefined || values?.chart === 'prometheus');
  });
  return { objects: objects.map(compact), problems: [], gaps: [], visited: objects.length > 0 ? [path] : [] };
}

/** Builds are kept: a directory may be asked for by a world and by the walk. */
const builds = new WeakMap<Documents, Map<string, Manifests>>();

export function build(directory: string, documents: Documents): Manifests {
  const kept = builds.get(documents) ?? new Map<string, Manifests>();
  builds.set(documents, kept);
  const seen = kept.get(directory);
  if (seen) return seen;
  const { objects, problems, unsupported, visited } = buildKustomization(documents.files, directory);
  const made: Manifests = {
    objects: objects.flatMap(builtObjects),
    problems,
    visited,
    gaps: unsupported.map(({ kind, what, span }) => ({
      kind,
      what: `${kind.replaceAll('-', ' ')} ${what} is not followed by this version`,
      help: 'build it with kustomize and verify the output',
      span,
    })),
  };
  kept.set(directory, made);
  return made;
}

/** A kustomization's `namespace:` leaves no trace of the one before it, but in what the build remembers. */
function builtObjects({ node, original: { namespace }, placedBy }: BuiltObject): readonly KubeObject[] {
  const objects = readKubeObjects(node).map(compact);
  if (!placedBy || namespace === '' || namespace === NO_NAMESPACE) return objects;
  return objects.map((one) => ({ ...one, writtenIn: { value: namespace, span: placedBy } }));
}

export function isKustomization(files: FileTree, directory: string): boolean {
  return KUSTOMIZATION_FILES.some((name) => files.kind(joinPath(directory, name)) === 'file');
}

/** Directories of kustomizations that no other of them refers to. Components are built by others only. */
export function kustomizationRoots(all: readonly string[], files: FileTree): readonly string[] {
  const found = all.filter((file) => KUSTOMIZATION_FILES.includes(file.slice(file.lastIndexOf('/') + 1)));
  const referenced = new Set<string>();
  const roots: string[] = [];
  for (const file of found) {
    const directory = parentPath(file);
    const source = files.read(file);
    const [document] = source ? readYaml(MappedText.whole(source)).documents : [];
    if (stringAt(document, 'kind') !== 'Component') roots.push(directory);
    for (const field of ['resources', 'bases', 'components']) {
      for (const item of itemsAt(document, field)) {
        const path = stringAt(item);
        if (path !== undefined) referenced.add(joinPath(directory, path));
      }
    }
  }
  return roots.filter((root) => !referenced.has(root));
}

export function merge(parts: readonly Manifests[]): Manifests {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    problems: parts.flatMap(({ problems }) => problems),
    gaps: parts.flatMap(({ gaps }) => gaps),
    visited: parts.flatMap(({ visited }) => visited),
  };
}

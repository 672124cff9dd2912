import { type MapNode, MappedText, type Node, type Span } from '../../text';
import { at, itemsAt, scalarAt, stringAt } from '../access';
import { type FileTree, joinPath } from '../file-tree';
import type { Problem } from '../problem';
import { readYaml } from '../yaml';
import { addConfigurations } from './configurations';
import type { BuildContext, KustomizeUnsupported, Layer } from './context';
import { refused } from './duplicates';
import { attempt, fault } from './fault';
import { isWithin, looksRemote } from './files';
import { generate } from './generators';
import { contentHash } from './hash';
import { apiVersionOf, idOf } from './id';
import { setImages } from './images';
import { KUSTOMIZATION_FILES, kustomizationFiles, readKustomization } from './kustomization';
import { loadConfigurations } from './load-configurations';
import { updateNameReferences } from './name-references';
import {
  asText,
  isNull,
  rawText,
  stringsOf,
  withEntry,
  withMetadata,
  withoutMetadata,
  withPlainBooleans,
} from './nodes';
import { applyJsonPatches, applyMergePatches, applyPatches } from './patches';
import { applyReplacements } from './replacements';
import { Resource, type Via } from './resource';
import { ResourceSet } from './resource-set';
import { addAffixes, addAnnotations, addLabels, setNamespace, setReplicas } from './transformers';

/** One object of a build, as it would be applied. */
export interface BuiltObject {
  /** Every value has the span of whoever wrote it last: the manifest, a patch, or a field of a kustomization. */
  readonly node: MapNode;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As it is written in the object. */
  readonly namespace?: string;
  /** The file that the object was written in first; of a generated one, its kustomization. */
  readonly file: string;
  readonly span: Span;
  /** What touched it, in order. */
  readonly via: readonly Via[];
  /** Name and namespace as they were written. */
  readonly original: { readonly name: string; readonly namespace: string };
  /** The last `namespace:` of a kustomization that it went through, whether or not that changed it. */
  readonly placedBy?: Span;
}

export interface KustomizeBuild {
  /** In the order in which the kustomizations name them. With problems, what could still be built. */
  readonly objects: readonly BuiltObject[];
  /** What kustomize itself would refuse. */
  readonly problems: readonly Problem[];
  /** What this build does not follow, so that objects may be missing or look otherwise. */
  readonly unsupported: readonly KustomizeUnsupported[];
  /** The files that were read. */
  readonly visited: readonly string[];
}

/**
 * Builds the kustomization in a directory with the results of `kustomize build` 5.8: nothing is executed, nothing is
 * downloaded, and every value keeps its place in the files. One difference is known: a key that stands twice in a map is
 * no fault here, the last one counts.
 *
 * Never throws for what the files hold.
 */
export function buildKustomization(tree: FileTree, directory: string): KustomizeBuild {
  const context: BuildContext = { tree, problems: [], unsupported: [], visited: new Set() };
  const set = new ResourceSet();
  attempt(context.problems, undefined, () => accumulate(context, directory, [], set, undefined));
  addHashes(set);
  updateNameReferences(set.resources, set.configurations.nameReference, context.problems);
  return {
    objects: set.resources.filter(isApplied).map(built),
    problems: context.problems,
    unsupported: context.unsupported,
    visited: [...context.visited],
  };
}

/** Where a directory is asked for: the directories above, and the entry that names it. */
interface Referrer {
  readonly directories: readonly string[];
  readonly entry: Node;
  readonly component: boolean;
}

/** Builds one kustomization into `set`; a component works on the objects that are there already. */
function accumulate(
  context: BuildContext,
  directory: string,
  above: readonly string[],
  set: ResourceSet,
  referrer: Referrer | undefined,
): void {
  const span = referrer?.entry.span;
  const files = kustomizationFiles(context.tree, directory);
  const [file] = files;
  if (file === undefined) {
    const help = `one of ${KUSTOMIZATION_FILES.join(', ')} must be there`;
    throw fault('kustomization-missing', `${directory || '.'} has no kustomization file`, span, help);
  }
  if (files.length > 1) throw fault('kustomization-ambiguous', `${directory || '.'} has ${files.join(' and ')}`, span);
  context.visited.add(file);
  const read = readKustomization(context.tree, file);
  context.problems.push(...read.problems);
  if (!('node' in read)) return;
  if (referrer && referrer.component !== read.component) {
    const [is, list] = read.component ? ['a component', 'components'] : ['no component', 'resources'];
    throw fault('kustomization-kind', `${file} is ${is}`, span, `name it under ${list}`);
  }
  const layer: Layer = { context, directory, file, kustomization: read.node, set };
  run(layer, [...above, directory]);
}

/** The steps of one kustomization, in the order of kustomize. */
function run(layer: Layer, directories: readonly string[]): void {
  const { kustomization } = layer;
  for (const entry of [...itemsAt(kustomization, 'resources'), ...itemsAt(kustomization, 'bases')]) {
    attempt(layer.context.problems, entry.span, () => addResource(layer, entry, directories));
  }
  loadConfigurations(layer);
  nameUnsupported(layer);
  generate(layer);
  for (const entry of itemsAt(kustomization, 'components')) {
    attempt(layer.context.problems, entry.span, () => addDirectory(layer, { directories, entry, component: true }));
  }
  applyMergePatches(layer);
  applyPatches(layer);
  setNamespace(layer);
  addAffixes(layer);
  addLabels(layer);
  addAnnotations(layer);
  applyJsonPatches(layer);
  setReplicas(layer);
  setImages(layer);
  applyReplacements(layer);
}

function addResource(layer: Layer, entry: Node, directories: readonly string[]): void {
  const path = rawText(entry);
  const full = joinPath(layer.directory, path);
  const kind = layer.context.tree.kind(full);
  if (kind === 'directory') {
    addDirectory(layer, { directories, entry, component: false });
    return;
  }
  if (kind === undefined && looksRemote(path)) {
    layer.context.unsupported.push({ kind: 'remote-resource', what: path, span: entry.span });
    return;
  }
  if (kind === undefined) throw fault('kustomize-file-missing', `${full} does not exist`, entry.span);
  if (!isWithin(layer.directory, full)) {
    const help = `kustomize reads files from ${layer.directory || 'its own directory'} and below only`;
    throw fault(
      'kustomize-file-outside',
      `the file ${full} is outside of the kustomization's directory`,
      entry.span,
      help,
    );
  }
  addFile(layer, full, entry.span);
}

function addDirectory(layer: Layer, referrer: Referrer): void {
  const { context, set } = layer;
  const { entry, directories, component } = referrer;
  const path = rawText(entry);
  const full = joinPath(layer.directory, path);
  if (context.tree.kind(full) !== 'directory') {
    if (looksRemote(path)) {
      context.unsupported.push({ kind: 'remote-resource', what: path, span: entry.span });
      return;
    }
    throw fault('kustomize-file-missing', `the directory ${full || '.'} does not exist`, entry.span);
  }
  const cycle = directories.find((directory) => isWithin(full, directory));
  if (cycle !== undefined) {
    const chain = [...directories, full].map((directory) => directory || '.').join(' -> ');
    throw fault('kustomize-cycle', `kustomizations refer to each other in a circle: ${chain}`, entry.span);
  }
  if (component) {
    accumulate(context, full, directories, set, referrer);
    return;
  }
  const inner = new ResourceSet();
  accumulate(context, full, directories, inner, referrer);
  addConfigurations(set.configurations, inner.configurations);
  for (const resource of inner.resources) attempt(context.problems, entry.span, () => set.append(resource));
}

function addFile({ context, set }: Layer, path: string, span: Span): void {
  const source = context.tree.read(path);
  if (!source) throw fault('kustomize-file-missing', `${path} is not a text`, span);
  context.visited.add(path);
  const reading = readYaml(MappedText.whole(source));
  context.problems.push(...reading.problems, ...refused(reading));
  for (const document of reading.documents.flatMap((each) => expandList(each))) {
    attempt(context.problems, document.span, () =>
      set.append(new Resource(checked(withPlainBooleans(document)), path)),
    );
  }
}

/** A List holds objects; they count as if they stood in the file one by one. */
function expandList(document: Node): readonly Node[] {
  if (isNull(document)) return [];
  const items = stringAt(document, 'kind')?.endsWith('List') ? at(document, 'items') : undefined;
  if (!items) return [document];
  return items.kind === 'list' ? items.items.flatMap(expandList) : [];
}

function checked(document: Node): MapNode {
  const code = 'kustomize-not-an-object';
  if (document.kind !== 'map') throw fault(code, `a ${document.kind} where an object was expected`, document.span);
  const { kind, name } = idOf(document);
  if (kind === '') throw fault(code, 'an object without a kind', document.span);
  if (name === '' && !kind.endsWith('List')) {
    throw fault(code, `a ${kind} without metadata.name`, document.span);
  }
  return document;
}

const UNSUPPORTED: Readonly<Record<string, KustomizeUnsupported['kind']>> = {
  helmCharts: 'helm-charts',
  helmChartInflationGenerator: 'helm-charts',
  generators: 'generators',
  transformers: 'transformers',
  validators: 'validators',
  vars: 'vars',
  crds: 'crds',
  openapi: 'openapi',
  buildMetadata: 'build-metadata',
};

function nameUnsupported({ kustomization, context }: Layer): void {
  for (const [field, { key, value }] of kustomization.entries) {
    const kind = Object.hasOwn(UNSUPPORTED, field) ? UNSUPPORTED[field] : undefined;
    if (!kind) continue;
    const items = value.kind === 'list' ? value.items : [value];
    for (const item of items) {
      const name = scalarAt(item, 'name') ?? item;
      context.unsupported.push({
        kind,
        what: oneLine(rawText(name)) || field,
        span: value.kind === 'list' ? item.span : key,
      });
    }
  }
}

/** An entry may be a whole plugin configuration: its first line will do to name it. */
function oneLine(text: string): string {
  return text.trim().split('\n')[0].trim();
}

function addHashes(set: ResourceSet): void {
  for (const resource of set.resources) {
    if (!resource.needsHash) continue;
    const hash = contentHash(resource.node);
    resource.storePreviousId();
    const place = scalarAt(resource.node, 'metadata', 'name')?.span ?? resource.node.span;
    resource.rename(`${resource.id.name}-${hash}`, place);
  }
  set.changed();
}

/** Objects that are only configuration of local tools are not part of the result. */
function isApplied({ node }: Resource): boolean {
  const local = at(node, 'metadata', 'annotations', 'config.kubernetes.io/local-config');
  return local === undefined || rawText(local) === 'false';
}

function built({ node: last, id, written, file, via, placedBy }: Resource): BuiltObject {
  const node = withTextAnnotations(last);
  return {
    node,
    apiVersion: apiVersionOf(id),
    kind: id.kind,
    name: id.name,
    ...(id.namespace !== '' && { namespace: id.namespace }),
    file,
    span: node.span,
    via,
    original: { name: written.name, namespace: written.namespace },
    ...(placedBy && { placedBy }),
  };
}

/** In the end kustomize writes all annotations anew, as texts, and leaves out a map of none. */
function withTextAnnotations(node: MapNode): MapNode {
  const annotations = at(node, 'metadata', 'annotations');
  if (!annotations) return node;
  const values = [...stringsOf(annotations)];
  if (values.length === 0) return withoutMetadata(node, 'annotations');
  if (annotations.kind !== 'map' || values.every(([, { value }]) => typeof value === 'string')) return node;
  let map = annotations;
  for (const [key, value] of values) map = withEntry(map, key, asText(value));
  return withMetadata(node, 'annotations', map);
}

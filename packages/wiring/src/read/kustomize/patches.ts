import type { MapNode, Node, Span } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { type Layer, mayLackObjects } from './context';
import { attempt, BuildFault, fault } from './fault';
import { documentsOf, documentsOfFile, loadFile } from './files';
import { apiVersionOf, idOf, keyOf, nameOfId } from './id';
import { applyJsonPatch, type JsonOperation, readJsonPatch } from './json-patch';
import { mergePatch } from './merge';
import {
  asText,
  mapNode,
  stringsOf,
  textNode,
  withEntry,
  withMetadata,
  withoutMetadata,
  withPlainBooleans,
} from './nodes';
import type { Resource } from './resource';
import { readTargetSelector, selectTargets, type TargetSelector } from './selector';

interface PatchOptions {
  readonly nameChange: boolean;
  readonly kindChange: boolean;
}

const NO_OPTIONS: PatchOptions = { nameChange: false, kindChange: false };

/** `patchesStrategicMerge`: the older form, without targets; an entry is a path, or the patch itself. */
export function applyMergePatches(layer: Layer): void {
  for (const entry of itemsAt(layer.kustomization, 'patchesStrategicMerge')) {
    attempt(layer.context.problems, entry.span, () => {
      const documents = entry.kind === 'scalar' ? mergePatchDocuments(layer, entry) : [];
      for (const document of documents) {
        attempt(layer.context.problems, entry.span, () => mergeIntoNamed(layer, document, NO_OPTIONS));
      }
    });
  }
}

function mergePatchDocuments(layer: Layer, entry: Node & { readonly kind: 'scalar' }): readonly Node[] {
  const text = `${entry.value}`;
  // A path has no line break, and a patch cannot do without.
  if (text.includes('\n')) return documentsOf(entry.text(), layer.context.problems);
  const source = loadFile(layer, text, entry.span);
  return source ? documentsOfFile(source, layer.context) : [];
}

/** `patches`: strategic merge or JSON patches, whichever the content is. */
export function applyPatches(layer: Layer): void {
  for (const entry of itemsAt(layer.kustomization, 'patches')) {
    attempt(layer.context.problems, entry.span, () => applyPatch(layer, entry));
  }
}

function applyPatch(layer: Layer, entry: Node): void {
  const documents = patchDocuments(layer, entry, 'patch');
  const [first] = documents;
  if (!first) return;
  const target = mapAt(entry, 'target');
  if (first.kind === 'list') {
    if (!target) throw fault('kustomize-patch-target', 'a JSON patch without a target', entry.span, 'add a target');
    const operations = readJsonPatch(first);
    for (const resource of selectTargets(layer.set, readTargetSelector(target))) {
      attempt(layer.context.problems, entry.span, () => {
        resource.storePreviousId();
        jsonPatch(layer, resource, operations, true);
      });
    }
    return;
  }
  const options = {
    nameChange: booleanAt(entry, 'options', 'allowNameChange') ?? false,
    kindChange: booleanAt(entry, 'options', 'allowKindChange') ?? false,
  };
  if (target) {
    if (documents.length > 1) {
      throw fault('kustomize-patch-target', 'several patches in one entry cannot have a target', entry.span);
    }
    mergeIntoTargets(layer, first, readTargetSelector(target), options);
    return;
  }
  for (const document of documents) {
    attempt(layer.context.problems, entry.span, () => mergeIntoNamed(layer, document, options));
  }
}

/** `patchesJson6902`: the older form; objects keep no memory of the name they had before it. */
export function applyJsonPatches(layer: Layer): void {
  for (const entry of itemsAt(layer.kustomization, 'patchesJson6902')) {
    attempt(layer.context.problems, entry.span, () => {
      const target = mapAt(entry, 'target');
      if (!target || !stringAt(target, 'name')) {
        throw fault('kustomize-patch-target', 'a JSON patch without the name of its target', entry.span);
      }
      const [first] = patchDocuments(layer, entry, 'patch');
      if (first?.kind !== 'list') throw fault('kustomize-json-patch', 'expected a list of operations', first?.span);
      const operations = readJsonPatch(first);
      for (const resource of selectTargets(layer.set, readTargetSelector(target))) {
        attempt(layer.context.problems, entry.span, () =>
          jsonPatch(layer, resource, operations, resource.previous.length > 0),
        );
      }
    });
  }
}

function patchDocuments(layer: Layer, entry: Node, field: string): readonly Node[] {
  const inline = scalarAt(entry, field);
  const path = scalarAt(entry, 'path');
  const text = typeof inline?.value === 'string' ? inline.value.trim() : '';
  if (text !== '' && path) throw fault('kustomize-patch', 'patch and path exclude each other', entry.span);
  if (text !== '' && inline) return documentsOf(inline.text(), layer.context.problems);
  if (typeof path?.value !== 'string' || path.value === '') {
    throw fault('kustomize-patch', 'a patch needs either patch or path', entry.span);
  }
  const source = loadFile(layer, path.value, path.span);
  return source ? documentsOfFile(source, layer.context) : [];
}

/**
 * Kustomize keeps notes in the annotations while it builds, so that after a renaming there always are annotations to
 * which a patch can add.
 */
function jsonPatch(layer: Layer, resource: Resource, operations: readonly JsonOperation[], annotated: boolean): void {
  const [first] = operations;
  if (!first) return;
  const before = keyOf(resource.id);
  const had = mapAt(resource.node, 'metadata', 'annotations');
  const span = first.span;
  const prepared: MapNode =
    had || !annotated
      ? resource.node
      : withMetadata(resource.node, 'annotations', { kind: 'map', span, entries: new Map() });
  const patched = applyJsonPatch(prepared, operations);
  const annotations = mapAt(patched, 'metadata', 'annotations');
  resource.node = annotations?.entries.size === 0 ? withoutMetadata(patched, 'annotations') : patched;
  resource.touchedBy('patch', spanOfAll(operations));
  if (keyOf(resource.id) !== before) layer.set.changed();
}

function spanOfAll(operations: readonly JsonOperation[]): Span {
  const first = operations[0].span;
  const last = operations[operations.length - 1].span;
  return first.source === last.source ? { source: first.source, start: first.start, end: last.end } : first;
}

/** A patch that says itself which object it is for. */
function mergeIntoNamed(layer: Layer, patch: Node, options: PatchOptions): void {
  const map = checked(patch);
  const id = idOf(map);
  const found = layer.set.withAnyId(id);
  if (found.length === 0 && mayLackObjects(layer.context)) return;
  if (found.length !== 1) {
    const what = found.length === 0 ? 'no object matches' : 'several objects match';
    const message = `${what} the patch for ${nameOfId(id)} (${apiVersionOf(id)})`;
    const { problem } = fault(
      'kustomize-patch-target',
      message,
      map.span,
      'apiVersion, kind, name and namespace must agree',
    );
    throw new BuildFault(found.length === 0 ? { ...problem, subject: nameOfId(id) } : problem);
  }
  merge(layer, found[0], map, options);
  if (found[0].deleted) layer.set.removeDeleted();
}

function mergeIntoTargets(layer: Layer, patch: Node, target: TargetSelector, options: PatchOptions): void {
  const map = checked(patch);
  for (const resource of selectTargets(layer.set, target)) {
    // With a target, the patch need not name the version of the object.
    const place = map.entries.get('apiVersion')?.value.span ?? map.span;
    const own = withEntry(withTextMetadata(map), 'apiVersion', textNode(apiVersionOf(resource.id), place));
    attempt(layer.context.problems, map.span, () => merge(layer, resource, own, options));
  }
  layer.set.removeDeleted();
}

/**
 * With a target, kustomize writes the labels and annotations of the patch anew, as texts: a null there does not delete,
 * it becomes the text "null", and a null in place of all of them is left out.
 */
function withTextMetadata(patch: MapNode): MapNode {
  let node = patch;
  for (const field of ['labels', 'annotations']) {
    const values = at(node, 'metadata', field);
    if (!values) continue;
    const entries = [...stringsOf(values)].map(([key, value]): readonly [string, Node] => [key, asText(value)]);
    node =
      entries.length === 0 ? withoutMetadata(node, field) : withMetadata(node, field, mapNode(values.span, entries));
  }
  return node;
}

function checked(document: Node): MapNode {
  const patch = withPlainBooleans(document);
  if (patch.kind !== 'map') throw fault('kustomize-patch', 'a patch is an object or a list of operations', patch.span);
  const { kind, name } = idOf(patch);
  if (kind === '') throw fault('kustomize-patch', 'the patch has no kind', patch.span);
  if (name === '') {
    throw fault(
      'kustomize-patch',
      'the patch has no metadata.name',
      patch.span,
      'any name will do when it has a target',
    );
  }
  return patch;
}

function merge(layer: Layer, resource: Resource, patch: MapNode, options: PatchOptions): void {
  const { node } = resource;
  if (options.nameChange || options.kindChange) resource.storePreviousId();
  const merged = mergePatch(node, patch);
  resource.touchedBy('patch', patch.span);
  if (!merged || merged.entries.size === 0) {
    resource.deleted = true;
    return;
  }
  const before = keyOf(resource.id);
  resource.node = keepIdentity(node, merged, options);
  if (keyOf(resource.id) !== before) layer.set.changed();
}

/** A patch changes name and kind only when it is allowed to, and the namespace never. */
function keepIdentity(before: MapNode, merged: MapNode, options: PatchOptions): MapNode {
  let node = merged;
  const kind = before.entries.get('kind')?.value;
  const name = scalarAt(before, 'metadata', 'name');
  const namespace = scalarAt(before, 'metadata', 'namespace');
  if (!options.kindChange && kind) node = withEntry(node, 'kind', kind);
  if (!options.nameChange && name) node = withMetadata(node, 'name', name);
  return namespace ? withMetadata(node, 'namespace', namespace) : withoutMetadata(node, 'namespace');
}

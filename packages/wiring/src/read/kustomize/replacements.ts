import type { Node, ScalarNode, Span } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { type Layer, mayLackObjects } from './context';
import { attempt, fault } from './fault';
import { changePath, lookUp, StructuredText, splitPath } from './field-path';
import { documentsOfFile, loadFile } from './files';
import { effectiveNamespace, type ObjectId } from './id';
import { rawText, textNode } from './nodes';
import type { Resource } from './resource';
import { readTargetSelector, type TargetSelector } from './selector';
import { transform } from './transformers';

/** `replacements`: a field of one object, copied into fields of others. */
export function applyReplacements(layer: Layer): void {
  for (const entry of itemsAt(layer.kustomization, 'replacements')) {
    attempt(layer.context.problems, entry.span, () => {
      for (const replacement of loaded(layer, entry)) {
        attempt(layer.context.problems, replacement.span, () => replace(layer, replacement));
      }
    });
  }
}

/** The entry itself, or what stands in the file that it names: one replacement or a list of them. */
function loaded(layer: Layer, entry: Node): readonly Node[] {
  const path = scalarAt(entry, 'path');
  if (!path || rawText(path) === '') return [entry];
  if (at(entry, 'source') || at(entry, 'targets')) {
    throw fault('kustomize-replacement', 'path and source exclude each other', entry.span);
  }
  const source = loadFile(layer, rawText(path), path.span);
  const [document] = source ? documentsOfFile(source, layer.context) : [];
  if (!document) return [];
  return document.kind === 'list' ? document.items : [document];
}

function replace(layer: Layer, replacement: Node): void {
  const targets = itemsAt(replacement, 'targets');
  const literal = scalarAt(replacement, 'sourceValue');
  const source = mapAt(replacement, 'source');
  if (literal && source)
    throw fault('kustomize-replacement', 'sourceValue and source exclude each other', replacement.span);
  if ((!literal && !source) || targets.length === 0) {
    throw fault('kustomize-replacement', 'a replacement needs a source and a target', replacement.span);
  }
  const value = source ? sourceValue(layer, source) : literal;
  if (!value) return;
  for (const target of targets) replaceIn(layer, target, value, replacement.span);
  layer.set.changed();
}

function sourceValue(layer: Layer, source: Node): Node | undefined {
  const wanted = (key: string) => stringAt(source, key) ?? '';
  const found = layer.set.resources.filter(({ ids }) => ids.some((id) => isWanted(id, wanted)));
  if (found.length === 0 && mayLackObjects(layer.context)) return undefined;
  if (found.length !== 1) {
    const count = found.length === 0 ? 'no object matches' : `${found.length} objects match`;
    throw fault('kustomize-replacement', `${count} the source of the replacement`, source.span);
  }
  const path = wanted('fieldPath') || 'metadata.name';
  const value = lookUp(found[0].node, splitPath(path));
  if (!value || isBlank(value)) {
    throw fault(
      'kustomize-replacement',
      `the source has no ${path}`,
      scalarAt(source, 'fieldPath')?.span ?? source.span,
    );
  }
  return refined(value, source);
}

function isBlank(node: Node): boolean {
  if (node.kind === 'scalar') return node.value === null;
  return node.kind === 'map' ? node.entries.size === 0 : node.items.length === 0;
}

function isWanted(id: ObjectId, wanted: (key: string) => string): boolean {
  const matches = (key: 'group' | 'version' | 'kind' | 'name') => wanted(key) === '' || wanted(key) === id[key];
  const namespace = wanted('namespace');
  return (
    matches('group') &&
    matches('version') &&
    matches('kind') &&
    matches('name') &&
    (namespace === '' || effectiveNamespace({ ...id, namespace }) === effectiveNamespace(id))
  );
}

/** With a delimiter, one part of the value. */
function refined(value: Node, source: Node): Node {
  const delimiter = stringAt(source, 'options', 'delimiter') ?? '';
  if (delimiter === '') return value;
  if (value.kind !== 'scalar') throw fault('kustomize-replacement', 'only a text can be parted', value.span);
  const index = numberAt(source, 'index');
  const part = rawText(value).split(delimiter)[index];
  if (part === undefined) throw fault('kustomize-replacement', `the value has no part ${index}`, source.span);
  return textNode(part, value.span);
}

function numberAt(node: Node, key: string): number {
  const value = scalarAt(node, 'options', key)?.value;
  return typeof value === 'number' ? value : 0;
}

function replaceIn(layer: Layer, target: Node, value: Node, span: Span): void {
  const select = mapAt(target, 'select');
  if (!select) throw fault('kustomize-replacement', 'a target needs select', target.span);
  const selector = readTargetSelector(select);
  const rejects = itemsAt(target, 'reject').map(readTargetSelector);
  const written = itemsAt(target, 'fieldPaths').filter((path): path is ScalarNode => path.kind === 'scalar');
  const paths = written.length > 0 ? written : [textNode('metadata.name', target.span)];
  for (const resource of layer.set.resources) {
    if (!isTarget(resource, selector, rejects)) continue;
    for (const path of paths) {
      attempt(layer.context.problems, path.span, () => writeTo(layer, resource, target, path, value, span));
    }
  }
}

function isTarget(resource: Resource, selector: TargetSelector, rejects: readonly TargetSelector[]): boolean {
  const { node, ids } = resource;
  if (!selector.matchesMetadata(node)) return false;
  if (rejects.some((reject) => reject.hasMetadata && reject.matchesMetadata(node))) return false;
  const rejected = (id: ObjectId) => rejects.some((reject) => !reject.empty && reject.matchesId(id, id.namespace));
  return !ids.some(rejected) && ids.some((id) => selector.matchesId(id, id.namespace));
}

function writeTo(layer: Layer, resource: Resource, target: Node, path: ScalarNode, value: Node, span: Span): void {
  const create = booleanAt(target, 'options', 'create') ?? false;
  const change = (old: Node) => written(old, value, target);
  try {
    transform(resource, 'replacement', span, (node) => {
      const changed = changePath(node, splitPath(rawText(path)), { create: create ? value : undefined, span, change });
      if (changed?.kind === 'map') return changed;
      throw fault(
        'kustomize-replacement',
        `${resource.id.kind} ${resource.id.name} has no ${rawText(path)}`,
        path.span,
      );
    });
  } catch (error) {
    if (!(error instanceof StructuredText)) throw error;
    layer.context.unsupported.push({ kind: 'structured-replacement', what: rawText(path), span: path.span });
  }
}

/** The new value of a field: the whole, or one part of it. A number stays a number when the new text is one. */
function written(old: Node, value: Node, target: Node): Node {
  const delimiter = stringAt(target, 'options', 'delimiter') ?? '';
  let node = value;
  if (delimiter !== '') {
    if (old.kind !== 'scalar') throw fault('kustomize-replacement', 'only a text can be parted', old.span);
    const parts = rawText(old).split(delimiter);
    const index = numberAt(target, 'index');
    if (index < 0) parts.unshift(rawText(value));
    else if (index >= parts.length) parts.push(rawText(value));
    else parts[index] = rawText(value);
    node = textNode(parts.join(delimiter), value.span);
  }
  return old.kind === 'scalar' && node.kind === 'scalar' ? asType(old, node) : node;
}

function asType(old: ScalarNode, value: ScalarNode): ScalarNode {
  const text = rawText(value);
  if (typeof old.value === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return { ...value, value: Number(text) };
  if (typeof old.value === 'boolean' && (text === 'true' || text === 'false'))
    return { ...value, value: text === 'true' };
  if (old.value === null || typeof value.value === 'string') return value;
  return { ...value, value: text };
}

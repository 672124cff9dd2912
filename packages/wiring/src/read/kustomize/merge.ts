import type { ListNode, MapNode, Node, ScalarNode } from '../../text';
import { stringAt } from '../access';
import { fault } from './fault';
import { mergeLists, type Sources } from './merge-lists';
import { type MergeSchema, schemaOfField, schemaOfItems, schemaOfKind } from './merge-schema';
import { cloneNode, isNull } from './nodes';

const DIRECTIVE = '$patch';
type Directive = 'merge' | 'replace' | 'delete';

/**
 * A strategic merge patch, with the results of kustomize's own merge, its oddities included: null deletes, lists of
 * built-in kinds are merged by their keys with new items first, all other lists are replaced, `$patch` decides otherwise.
 *
 * @returns the merged object, every value with the span of whoever wrote it; undefined when the patch deletes it
 * @throws BuildFault when a value of one kind meets one of another
 */
export function mergePatch(target: MapNode, patch: MapNode): MapNode | undefined {
  const merged = walk({ target: cloneNode(target), patch: cloneNode(patch) }, undefined);
  return merged?.kind === 'map' ? merged : undefined;
}

/** Merges in place: both trees are copies. Undefined means that nothing is left. */
function walk(sources: Sources, inherited: MergeSchema | undefined): Node | undefined {
  const { target, patch } = sources;
  const schema = inherited ?? ownSchema(target) ?? ownSchema(patch);
  const kind = isNull(target) ? (isNull(patch) ? undefined : patch?.kind) : target?.kind;
  if (kind !== undefined && patch && !isNull(patch) && patch.kind !== kind) {
    throw fault(
      'kustomize-patch-kind',
      `the patch has a ${nameOf(patch)} where the object has a ${kind}`,
      patch.span,
      'give the value the form it has in the object, or delete it first with null',
    );
  }
  if (kind === 'scalar') return walkScalar(target, patch);
  if (kind === 'list') return walkList(sources, schema);
  return walkMap(sources, schema);
}

/** A patch that repeats a value, as it must to name an item of a list, did not write it. */
function walkScalar(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (!patch) return target;
  if (isNull(patch)) return undefined;
  const same = target?.kind === 'scalar' && patch.kind === 'scalar' && target.value === patch.value;
  return same ? target : patch;
}

/** What stands in for a schema inside a custom kind: an object that says itself what it is. */
function ownSchema(node: Node | undefined): MergeSchema | undefined {
  const apiVersion = stringAt(node, 'apiVersion');
  const kind = stringAt(node, 'kind');
  return apiVersion && kind ? schemaOfKind(apiVersion, kind) : undefined;
}

function walkMap({ target, patch }: Sources, schema: MergeSchema | undefined): Node | undefined {
  const into = chooseMap(target, patch);
  if (into?.kind !== 'map') return into;
  const from = patch?.kind === 'map' ? patch : undefined;
  for (const name of new Set([...into.entries.keys(), ...(from?.entries.keys() ?? [])])) {
    const own = into.entries.get(name);
    const theirs = from?.entries.get(name);
    const value = walk({ target: own?.value, patch: theirs?.value }, schemaOfField(schema, name));
    const key = own?.key ?? theirs?.key;
    if (value && key) into.entries.set(name, { key, value });
    else into.entries.delete(name);
  }
  return into;
}

/** The map that goes on: the target, or the patch in its place. */
function chooseMap(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (isNull(target)) {
    if (takeDirective(patch) === 'delete') return undefined;
    // A null that the object spells out stays, one that is only left empty goes.
    if (!patch && target) return target.span.end > target.span.start ? target : undefined;
    return isNull(patch) ? undefined : patch;
  }
  if (patch && isNull(patch)) return undefined;
  const directive = takeDirective(patch);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : target;
}

/** Reads `$patch` of a map and takes it out. */
function takeDirective(patch: Node | undefined): Directive {
  if (patch?.kind !== 'map') return 'merge';
  const entry = patch.entries.get(DIRECTIVE);
  if (!entry) return 'merge';
  const directive = directiveOf(entry.value);
  patch.entries.delete(DIRECTIVE);
  return directive;
}

function directiveOf(node: Node): Directive {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (value === 'merge' || value === 'replace' || value === 'delete') return value;
  throw fault('kustomize-patch-directive', `unknown $patch "${value}"; there are merge, replace and delete`, node.span);
}

function walkList(sources: Sources, schema: MergeSchema | undefined): Node | undefined {
  const { target, patch } = sources;
  if (!schema?.keys) return patch && isNull(patch) ? undefined : (patch ?? target);
  const into = chooseList(target, patch);
  if (into?.kind !== 'list') return undefined;
  const items = schemaOfItems(schema);
  const mergeItems = (pair: Sources) => walk(pair, items);
  return mergeLists({ target: into, patch: patch?.kind === 'list' ? patch : undefined }, schema.keys, mergeItems);
}

function chooseList(target: Node | undefined, patch: Node | undefined): Node | undefined {
  if (isNull(target)) return patch;
  if (patch && isNull(patch)) return undefined;
  const directive = patch?.kind === 'list' ? takeListDirective(patch) : 'merge';
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : target;
}

/** An item that is nothing but `$patch: …` speaks for the list; it is taken out. */
function takeListDirective(patch: ListNode): Directive {
  const index = patch.items.findIndex((item) => item.kind === 'map' && item.entries.has(DIRECTIVE));
  const item = patch.items[index];
  const value = item?.kind === 'map' && item.entries.size === 1 ? item.entries.get(DIRECTIVE)?.value : undefined;
  if (!value) return 'merge';
  const directive = directiveOf(value);
  const kept = patch.items.filter((other) => stringAt(other, DIRECTIVE) !== directive);
  patch.items.splice(0, patch.items.length, ...kept);
  return directive;
}

function nameOf(node: MapNode | ListNode | ScalarNode): string {
  return node.kind === 'scalar' ? 'single value' : node.kind;
}

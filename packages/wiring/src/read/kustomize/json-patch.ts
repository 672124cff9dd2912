import type { ListNode, MapNode, Node, Span } from '../../text';
import { at, stringAt } from '../access';
import { fault } from './fault';
import { nullNode, withEntry, withoutEntry } from './nodes';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;
type OperationName = (typeof OPERATIONS)[number];

/** One operation of a JSON patch (RFC 6902). */
export interface JsonOperation {
  readonly op: OperationName;
  readonly path: readonly string[];
  readonly from: readonly string[];
  readonly value?: Node;
  readonly span: Span;
}

/** @throws BuildFault when an operation is unknown or lacks what it needs */
export function readJsonPatch(list: ListNode): readonly JsonOperation[] {
  return list.items.map((item) => {
    const op = OPERATIONS.find((name) => name === stringAt(item, 'op'));
    const path = stringAt(item, 'path');
    const from = stringAt(item, 'from');
    if (!op)
      throw invalid(item, `an operation is one of ${OPERATIONS.join(', ')}, got "${stringAt(item, 'op') ?? ''}"`);
    if (path === undefined) throw invalid(item, `the operation "${op}" has no path`);
    if ((op === 'move' || op === 'copy') && from === undefined)
      throw invalid(item, `the operation "${op}" has no from`);
    return { op, path: pointer(path), from: pointer(from ?? ''), value: at(item, 'value'), span: item.span };
  });
}

function invalid({ span }: Node, message: string) {
  return fault('kustomize-json-patch', message, span);
}

/** The steps of a JSON pointer (RFC 6901). */
function pointer(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * @returns the patched object; what an operation wrote has the span of the patch
 * @throws BuildFault when an operation does not fit the object
 */
export function applyJsonPatch(object: MapNode, operations: readonly JsonOperation[]): MapNode {
  let result: Node = object;
  for (const operation of operations) result = apply(result, operation);
  if (result.kind === 'map') return result;
  throw fault('kustomize-json-patch', 'the patch leaves no object', operations[0]?.span);
}

function apply(object: Node, operation: JsonOperation): Node {
  const { op, path, from, span } = operation;
  const value = operation.value ?? nullNode(span);
  switch (op) {
    case 'add':
      return edit(object, path, operation, { kind: 'add', value });
    case 'remove':
      return edit(object, path, operation, { kind: 'remove' });
    case 'replace':
      return edit(object, path, operation, { kind: 'replace', value });
    case 'copy':
      return edit(object, path, operation, { kind: 'add', value: find(object, from, operation) });
    case 'move': {
      const moved = find(object, from, operation);
      return edit(edit(object, from, operation, { kind: 'remove' }), path, operation, { kind: 'add', value: moved });
    }
    case 'test': {
      const found = lookUp(object, path);
      if (!same(found, operation.value)) throw fails(operation, 'does not have the value that the patch tests for');
      return object;
    }
  }
}

type Edit = { readonly kind: 'add' | 'replace'; readonly value: Node } | { readonly kind: 'remove' };

function fails({ op, path, span }: JsonOperation, why: string) {
  return fault('kustomize-json-patch', `cannot ${op} /${path.join('/')}: the object ${why}`, span);
}

/** Copies the way down to the edit. */
function edit(node: Node, path: readonly string[], operation: JsonOperation, change: Edit): Node {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (change.kind === 'remove') throw fails(operation, 'cannot be removed by its own patch');
    return change.value;
  }
  if (node.kind === 'map') return editMap(node, step, rest, operation, change);
  if (node.kind === 'list') return editList(node, step, rest, operation, change);
  throw fails(operation, `has a single value where the path goes on with "${step}"`);
}

function editMap(map: MapNode, step: string, rest: readonly string[], operation: JsonOperation, change: Edit): Node {
  const child = map.entries.get(step)?.value;
  if (rest.length > 0) {
    if (!child) throw fails(operation, `has no "${step}"`);
    return withEntry(map, step, edit(child, rest, operation, change));
  }
  // Kustomize's library lets a missing field be replaced, though the RFC does not.
  if (change.kind === 'remove') {
    if (!child) throw fails(operation, `has no "${step}"`);
    return withoutEntry(map, step);
  }
  return withEntry(map, step, change.value, operation.span);
}

function editList(list: ListNode, step: string, rest: readonly string[], operation: JsonOperation, change: Edit): Node {
  const items = [...list.items];
  const index = indexIn(items.length, step, change.kind === 'add' && rest.length === 0, operation);
  if (rest.length > 0) items[index] = edit(items[index], rest, operation, change);
  else if (change.kind === 'remove') items.splice(index, 1);
  else items.splice(index, change.kind === 'replace' ? 1 : 0, change.value);
  return { ...list, items };
}

/** `-` is behind the last item; negative numbers count from the end, which kustomize's library allows. */
function indexIn(length: number, step: string, adding: boolean, operation: JsonOperation): number {
  if (step === '-' && adding) return length;
  if (!/^-?\d+$/.test(step)) throw fails(operation, `has a list where the path goes on with "${step}"`);
  const number = Number(step);
  const index = number < 0 ? number + length + (adding ? 1 : 0) : number;
  if (index < 0 || index > (adding ? length : length - 1))
    throw fails(operation, `has no item ${step}, only ${length}`);
  return index;
}

function lookUp(node: Node, path: readonly string[]): Node | undefined {
  let here: Node | undefined = node;
  for (const step of path) {
    if (here?.kind === 'list' && /^\d+$/.test(step)) here = here.items[Number(step)];
    else here = at(here, step);
  }
  return here;
}

function find(node: Node, path: readonly string[], operation: JsonOperation): Node {
  const found = lookUp(node, path);
  // Of a map, a missing field counts as null; a move finds out later that it cannot be removed.
  if (!found && lookUp(node, path.slice(0, -1))?.kind === 'map') return nullNode(operation.span);
  if (!found) throw fails(operation, `has nothing at /${path.join('/')}`);
  return found;
}

function same(a: Node | undefined, b: Node | undefined): boolean {
  if (!a || !b)
    return (!a || (a.kind === 'scalar' && a.value === null)) && (!b || (b.kind === 'scalar' && b.value === null));
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') {
    return a.items.length === b.items.length && a.items.every((item, index) => same(item, b.items[index]));
  }
  if (a.kind !== 'map' || b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  return [...a.entries].every(([key, { value }]) => b.entries.has(key) && same(value, b.entries.get(key)?.value));
}

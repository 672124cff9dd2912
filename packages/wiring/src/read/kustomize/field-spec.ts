import type { MapNode, Node, Span } from '../../text';
import { fault } from './fault';
import { type Gvk, isSelected } from './id';
import { isNull, listNode, mapNode, textNode, withEntry } from './nodes';

/** A place in objects of some kinds. */
export interface FieldSpec extends Partial<Gvk> {
  /** Steps parted by `/` (`\/` is a slash in a key); lists on the way are gone through, `[]` marks one that must be there. */
  readonly path: string;
  /** Makes the field when it is not there. */
  readonly create?: boolean;
}

export interface FieldChange {
  /** What to make of a field that is not there; without it nothing is made. */
  readonly make?: 'map' | 'text';
  /** Where new fields stand. */
  readonly span: Span;
  /** The new value; the old one stays when the same node is returned. */
  readonly set: (node: Node) => Node;
}

/** Changes the field in an object, when the object is of the kind that is meant. */
export function changeField(object: MapNode, id: Gvk, spec: FieldSpec, change: FieldChange): MapNode {
  if (!isSelected(id, spec)) return object;
  const changed = walk(object, stepsOf(spec.path), spec, change);
  return changed.kind === 'map' ? changed : object;
}

const STEPS = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const known = STEPS.get(path);
  if (known) return known;
  const steps = path
    .replace(/^\//, '')
    .split(/(?<!\\)\//)
    .map((step) => step.replaceAll('\\/', '/'));
  STEPS.set(path, steps);
  return steps;
}

function walk(node: Node, steps: readonly string[], spec: FieldSpec, change: FieldChange): Node {
  if (steps.length === 0) return change.set(node);
  if (isNull(node)) return node;
  if (node.kind === 'scalar') {
    throw fault('kustomize-field', `a single value where ${spec.path} leads on with "${steps[0]}"`, node.span);
  }
  if (node.kind === 'list') {
    const items = node.items.map((item) => walk(item, steps, spec, change));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  const [step, ...rest] = steps;
  const list = step.endsWith('[]');
  const name = list ? step.slice(0, -2) : step;
  const making = spec.create && change.make && !list;
  let field = node.entries.get(name)?.value;
  if ((!field || isNull(field)) && making) field = empty(rest.length === 0 ? change.make : 'map', change.span);
  if (!field) return node;
  if (list && isNull(field)) field = listNode(field.span);
  const value = walk(field, rest, spec, change);
  return value === node.entries.get(name)?.value ? node : withEntry(node, name, value, change.span);
}

function empty(kind: 'map' | 'text' | undefined, span: Span): Node {
  return kind === 'map' ? mapNode(span) : textNode('', span);
}

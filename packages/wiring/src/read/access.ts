import type { ListNode, MapNode, Node, ScalarNode, Span } from '../text';

/** Looking into trees of which nothing is certain: every step that does not fit gives `undefined`, never a throw. */

export function at(node: Node | undefined, ...path: readonly (string | number)[]): Node | undefined {
  let here = node;
  for (const step of path) {
    if (here?.kind === 'map' && typeof step === 'string') here = here.entries.get(step)?.value;
    else if (here?.kind === 'list' && typeof step === 'number') here = here.items[step];
    else return undefined;
  }
  return here;
}

export function mapAt(node: Node | undefined, ...path: readonly (string | number)[]): MapNode | undefined {
  const found = at(node, ...path);
  return found?.kind === 'map' ? found : undefined;
}

export function listAt(node: Node | undefined, ...path: readonly (string | number)[]): ListNode | undefined {
  const found = at(node, ...path);
  return found?.kind === 'list' ? found : undefined;
}

export function itemsAt(node: Node | undefined, ...path: readonly (string | number)[]): readonly Node[] {
  return listAt(node, ...path)?.items ?? [];
}

export function scalarAt(node: Node | undefined, ...path: readonly (string | number)[]): ScalarNode | undefined {
  const found = at(node, ...path);
  return found?.kind === 'scalar' ? found : undefined;
}

/** A string; numbers and booleans are no strings here, as they are none for Kubernetes. */
export function stringAt(node: Node | undefined, ...path: readonly (string | number)[]): string | undefined {
  const value = scalarAt(node, ...path)?.value;
  return typeof value === 'string' ? value : undefined;
}

export function booleanAt(node: Node | undefined, ...path: readonly (string | number)[]): boolean | undefined {
  const value = scalarAt(node, ...path)?.value;
  return typeof value === 'boolean' ? value : undefined;
}

/** Where a map's key stands, else the map itself. */
export function keySpan(node: MapNode, key: string): Span {
  return node.entries.get(key)?.key ?? node.span;
}

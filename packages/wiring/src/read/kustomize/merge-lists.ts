import type { ListNode, Node } from '../../text';
import { isNull, rawText, textNode } from './nodes';

/** Two sides of a merge; either may be absent. */
export interface Sources {
  readonly target: Node | undefined;
  readonly patch: Node | undefined;
}

interface ListSources {
  readonly target: ListNode;
  readonly patch: ListNode | undefined;
}

type MergeItems = (sources: Sources) => Node | undefined;

/**
 * Merges two lists whose items are told apart by `keys` (none: by their own value). New items of the patch come first.
 *
 * It follows the steps of kustomize's `walkAssociativeSequence` one by one, because order and treatment of items without
 * their keys come out of those steps.
 */
export function mergeLists({ target, patch }: ListSources, keys: readonly string[], mergeItems: MergeItems): ListNode {
  const plain = keys.length === 0;
  const identities = plain ? plainIdentities(target, patch) : keyedIdentities(target, patch, keys);
  const names = plain ? [''] : keys;
  if (names.length > 1) fillIn(identities);
  const merged: Node[] = [];
  let valid: Identity = { keys: names, values: [] };
  let rest: readonly Node[] = target.items;
  for (const values of identities) {
    valid = validIdentity(identities, values, names);
    const value = mergeItems({ target: find(rest, valid), patch: patch && find(patch.items, valid) });
    if (!value || isEmpty(value)) {
      for (const _ of valid.keys) rest = setItem(rest, undefined, valid);
      continue;
    }
    addKeys(value, valid);
    merged.splice(0, merged.length, ...setItem(merged, value, valid));
  }
  const items = identities.length > 0 ? appendItems(merged, rest, valid.keys) : rest;
  return { ...target, items: [...items] };
}

/** The values of the keys of one item, `''` for a key that it does not have. */
interface Identity {
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

function plainIdentities(target: ListNode, patch: ListNode | undefined): string[][] {
  const values = [...(patch?.items ?? []), ...target.items].map(rawText);
  return [...new Set(values)].map((value) => [value]);
}

/** Items of the patch first: they are put before the others. */
function keyedIdentities(target: ListNode, patch: ListNode | undefined, keys: readonly string[]): string[][] {
  const found = new Map<string, string[]>();
  for (const item of [...(patch?.items ?? []), ...target.items]) {
    const values = keys.map((key) => rawText(fieldOf(item, key)));
    const name = JSON.stringify(values);
    if (!found.has(name)) found.set(name, values);
  }
  return [...found.values()];
}

/** `8080` and `8080 TCP` are the same port: what one leaves out, it takes from the other. */
function fillIn(identities: string[][]): void {
  for (let i = 0; i < identities.length; i++) {
    const before = identities[i];
    for (let j = 0; j < identities.length; j++) {
      const both = agreed(before, identities[j]);
      if (!both) continue;
      identities[i] = both;
      identities[j] = both;
    }
  }
}

function agreed(a: readonly string[], b: readonly string[]): string[] | undefined {
  let common = false;
  const result: string[] = [];
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (value === other) common = true;
    else if (value !== '' && other !== '') return undefined;
    result.push(value === '' ? other : value);
  }
  return common ? result : undefined;
}

/** Keys that no item has tell nothing apart. */
function validIdentity(
  all: readonly (readonly string[])[],
  values: readonly string[],
  keys: readonly string[],
): Identity {
  const used = new Set(keys.filter((_, index) => all.some((each) => each[index] !== '')));
  if (used.size === 0) return { keys, values };
  return {
    keys: keys.filter((key) => used.has(key)),
    values: values.filter((value, index) => value !== '' || used.has(keys[index])),
  };
}

function fieldOf(item: Node, key: string): Node | undefined {
  return item.kind === 'map' ? item.entries.get(key)?.value : undefined;
}

/** The item of that identity. Keys without a value do not count, unless there is no other. */
function find(items: readonly Node[], identity: Identity): Node | undefined {
  const { keys, values } = validIdentity([identity.values], identity.values, identity.keys);
  if (keys[0] === '') return items.find((item) => rawText(item) === values[0]);
  return items.find((item) =>
    keys.every((key, index) => {
      const field = fieldOf(item, key);
      return field !== undefined && rawText(field) === values[index];
    }),
  );
}

/** Here an empty value stands for any: kustomize takes out every item with that field. */
function hasField(item: Node, key: string, value: string): boolean {
  const field = fieldOf(item, key);
  return field !== undefined && (value === '' || rawText(field) === value);
}

function isEmpty(node: Node): boolean {
  return isNull(node) || (node.kind === 'map' && node.entries.size === 0);
}

function addKeys(item: Node, { keys, values }: Identity): void {
  if (item.kind !== 'map') return;
  for (const [index, key] of keys.entries()) {
    if (values[index] === '' || item.entries.has(key)) continue;
    item.entries.set(key, { key: item.span, value: textNode(values[index], item.span) });
  }
}

/** The list with the item of that identity replaced, or added at the end; without an item, with that one taken out. */
function setItem(list: readonly Node[], item: Node | undefined, { keys, values }: Identity): readonly Node[] {
  const result: Node[] = [];
  let found = false;
  for (const each of list) {
    if (isEmpty(each)) continue;
    const byField = keys[0] !== '' && values.length > 0 && values[0] !== '';
    if (each.kind !== 'map' && byField) {
      result.push(each);
      continue;
    }
    if (!isItem(each, { keys, values })) {
      // Without any value nothing can be found, and kustomize keeps nothing either.
      if (values.length > 0) result.push(each);
      continue;
    }
    found = true;
    if (item) result.push(item);
  }
  if (item && !found) result.push(item);
  return result;
}

function isItem(each: Node, { keys, values }: Identity): boolean {
  let matched = false;
  for (const [index, key] of keys.entries()) {
    if (index < values.length)
      matched = key === '' ? rawText(each) === values[index] : hasField(each, key, values[index]);
    if (!matched) return false;
  }
  return matched;
}

/** The items of the target laid over the merged ones: one with the same keys takes its place, others follow at the end. */
function appendItems(merged: readonly Node[], items: readonly Node[], keys: readonly string[]): readonly Node[] {
  let list: readonly Node[] = merged;
  for (const item of items) {
    if (keys[0] === '') {
      list = setItem(list, item, { keys, values: [rawText(item)] });
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const field = fieldOf(item, key);
      if (field) values.push(rawText(field));
      else list = [...list, item];
    }
    if (keys.length > 1) list = setItem(list, undefined, { keys, values });
    list = setItem(list, item, { keys, values });
  }
  return list;
}

import { isObject, type Json, type JsonObject, sameJson } from './json';
import type { Shape } from './merge-keys';

/**
 * What all values have in common: fields that differ are absent. Undefined when nothing is left.
 *
 * Items of a merged list that all have, are kept with what they have in common; so an environment variable whose value differs
 * keeps its name.
 */
export function common(values: Json[], shape?: Shape): Json | undefined {
  const [first, ...others] = values;
  if (first === undefined || others.every((other) => sameJson(first, other))) {
    return first;
  }
  const maps = values.filter(isObject);
  if (maps.length === values.length) {
    return commonMap(maps, shape);
  }
  const lists = values.map((value) => keyed(value, shape)).filter((list) => list !== undefined);
  return lists.length === values.length ? commonList(lists, shape) : undefined;
}

function commonMap(maps: JsonObject[], shape?: Shape): JsonObject | undefined {
  const shared = Object.keys(maps[0] ?? {}).flatMap((key): [string, Json][] => {
    const values = maps.map((map) => map[key]).filter((value) => value !== undefined);
    const value = values.length === maps.length ? common(values, shape?.fields?.[key]) : undefined;
    return value === undefined ? [] : [[key, value]];
  });
  return shared.length === 0 ? undefined : Object.fromEntries(shared);
}

function commonList(lists: Map<string, JsonObject>[], shape?: Shape): Json[] | undefined {
  const shared = [...(lists[0]?.keys() ?? [])].flatMap((key): Json[] => {
    const items = lists.map((list) => list.get(key)).filter((item) => item !== undefined);
    const item = items.length === lists.length ? common(items, shape?.list?.item) : undefined;
    return item === undefined ? [] : [item];
  });
  return shared.length === 0 ? undefined : shared;
}

/**
 * What must be laid over `base` so that it becomes `target`. Undefined when they are the same. The base has nothing that the
 * target has not, so nothing ever needs to be deleted.
 */
export function patchFor(base: Json | undefined, target: Json, shape?: Shape): Json | undefined {
  if (sameJson(base, target)) {
    return undefined;
  }
  if (isObject(base) && isObject(target)) {
    const changes = Object.entries(target).flatMap(([key, value]): [string, Json][] => {
      const change = patchFor(base[key], value, shape?.fields?.[key]);
      return change === undefined ? [] : [[key, change]];
    });
    return Object.fromEntries(changes);
  }
  const have = keyed(base, shape);
  const want = keyed(target, shape);
  return have && want ? patchForList(have, want, shape) : target;
}

/**
 * kustomize puts the items of a patch in front, in the order of the patch, and what the patch does not name behind. The shortest
 * patch that gives the wanted order is therefore a beginning of the wanted list, of which unchanged items are only named.
 */
function patchForList(have: Map<string, JsonObject>, want: Map<string, JsonObject>, shape?: Shape): Json[] {
  const keyField = shape?.list?.key ?? '';
  const wanted = [...want].map(([key, item]) => ({ key, change: patchFor(have.get(key), item, shape?.list?.item) }));
  const length = wanted.findIndex((_, index) => {
    const front = new Set(wanted.slice(0, index).map(({ key }) => key));
    const behind = [...have.keys()].filter((key) => !front.has(key));
    const rest = wanted.slice(index);
    return (
      sameJson(
        rest.map(({ key }) => key),
        behind,
      ) && rest.every(({ change }) => change === undefined)
    );
  });
  return wanted.slice(0, length === -1 ? wanted.length : length).map(({ key, change }) => {
    return { [keyField]: want.get(key)?.[keyField] ?? key, ...(isObject(change) ? change : {}) };
  });
}

/** Lays a patch over a base as kustomize does with a strategic-merge patch that deletes nothing. */
export function merged(base: Json | undefined, patch: Json, shape?: Shape): Json {
  if (isObject(base) && isObject(patch)) {
    const changed = Object.entries(patch).map(([key, value]): [string, Json] => {
      return [key, merged(base[key], value, shape?.fields?.[key])];
    });
    return { ...base, ...Object.fromEntries(changed) };
  }
  const have = keyed(base, shape);
  const changes = keyed(patch, shape);
  if (!have || !changes) {
    return patch;
  }
  const front = [...changes].map(([key, change]) => merged(have.get(key), change, shape?.list?.item));
  return [...front, ...[...have].filter(([key]) => !changes.has(key)).map(([, item]) => item)];
}

/** The items of a merged list by their key; undefined for any other list, and when a key is missing or given twice. */
function keyed(value: Json | undefined, shape?: Shape): Map<string, JsonObject> | undefined {
  const field = shape?.list?.key;
  if (field === undefined || !Array.isArray(value)) {
    return undefined;
  }
  const items = new Map<string, JsonObject>();
  for (const item of value) {
    const key = isObject(item) ? item[field] : undefined;
    if (!isObject(item) || typeof key !== 'string' || items.has(key)) {
      return undefined;
    }
    items.set(key, item);
  }
  return items;
}

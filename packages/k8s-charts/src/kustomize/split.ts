import { common, merged, patchFor } from './difference';
import { isObject, type Json, type JsonObject, sameJson } from './json';
import { shapeOf } from './merge-keys';
import { metadataOf } from './objects';

/** How one object is spread over base and overlays. */
export interface Split {
  readonly base: JsonObject;
  /** By overlay; an overlay whose object equals the base has none. */
  readonly patches: Map<string, JsonObject>;
}

/**
 * Splits an object that every overlay has. Undefined when a patch could not bring back what was rendered; the object then belongs
 * to the overlays as a whole.
 */
export function split(objects: Map<string, JsonObject>): Split | undefined {
  const all = [...objects.values()];
  const shape = all[0] && shapeOf(all[0]);
  const base = common(all, shape);
  if (!isObject(base)) {
    return undefined;
  }
  const patches = new Map<string, JsonObject>();
  for (const [overlay, target] of objects) {
    const change = patchFor(base, target, shape);
    if (change === undefined) {
      continue;
    }
    if (!isObject(change) || hasEmptyLeaf(change) || !sameJson(merged(base, change, shape), target)) {
      return undefined;
    }
    patches.set(overlay, addressed(target, change));
  }
  return { base, patches };
}

/** A patch finds its object by version, kind, name and namespace. */
function addressed(target: JsonObject, change: JsonObject): JsonObject {
  const { name, namespace } = metadataOf(target);
  const { metadata, ...rest } = change;
  return {
    apiVersion: target.apiVersion ?? null,
    kind: target.kind ?? null,
    metadata: { ...(isObject(metadata) ? metadata : {}), name: name ?? null, ...(namespace ? { namespace } : {}) },
    ...rest,
  };
}

/** In a patch, null deletes and an empty map or list may be dropped. */
function hasEmptyLeaf(value: Json): boolean {
  if (value === null) {
    return true;
  }
  if (typeof value !== 'object') {
    return false;
  }
  const children = Object.values(value);
  return children.length === 0 || children.some(hasEmptyLeaf);
}

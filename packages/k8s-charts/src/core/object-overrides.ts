import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { invalid } from './check';
import { addObject, type Manifest } from './manifest';
import type { ObjectOverridesProps } from './object-overrides-props';
import { type Data, merge } from './overrides';

/** Annotations by which controllers of AWS choose an account, a region, an endpoint or a role. */
const ELSEWHERE = ['metadata/annotations/services.k8s.aws/', 'metadata/annotations/eks.amazonaws.com/'];

/**
 * Adds an object with what a user wants beside it. Every value that is rendered stays as it is: unlike a workload, such an object has a
 * prop for each of them.
 *
 * @param struct Name of the props' type, for error messages
 * @param elsewhere Starts of paths of fields that are not rendered, but would say where to or as whom instead of those that are
 */
export function addOwnObject<T extends Manifest>(
  scope: Construct,
  id: string,
  manifest: T,
  struct: string,
  { overrides }: ObjectOverridesProps,
  elsewhere: string[] = [],
): ApiObject {
  if (overrides === undefined) {
    return addObject(scope, id, manifest);
  }
  const merged = merge(manifest as unknown as Data, overrides as Data);
  const [before, after] = [leaves(manifest as unknown as Data), leaves(merged)];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [own, now] = [before.get(path), after.get(path)];
    if (own !== undefined && own !== now) {
      throw refused(struct, path, now, `${path} ${own}, which the component's own props say`);
    }
    if (own === undefined && [...ELSEWHERE, ...elsewhere].some((start) => path.startsWith(start))) {
      throw refused(struct, path, now, `no ${path}: it says where to or as whom`);
    }
  }
  return addObject(scope, id, merged as unknown as T);
}

function refused(struct: string, path: string, now: string | undefined, allowed: string): Error {
  const got = now === undefined ? `something else in place of ${path}` : `${path} ${now}`;
  return invalid(`${struct}.overrides`, got, allowed, 'Use the prop of the component that sets it.');
}

/** Each value that is no object, as JSON, by its path. A list is one value. */
function leaves(value: Data, path = ''): Map<string, string> {
  if (value === undefined) {
    return new Map();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value)]]);
  }
  const inner = Object.entries(value).flatMap(([key, one]) => [...leaves(one, path === '' ? key : `${path}/${key}`)]);
  return new Map(inner);
}

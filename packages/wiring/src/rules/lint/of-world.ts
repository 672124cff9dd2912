import type { KubeObject, Located, World } from '../../model';
import type { LintInput } from './lint-rule';

/** Kind, namespace and name of each object; made once for all rules. */
const indexes = new WeakMap<World, ReadonlyMap<string, readonly KubeObject[]>>();

/** Objects of a kind and name, in whatever namespace. */
export function named(world: World, kind: string, name: string): readonly KubeObject[] {
  return indexOf(world).get(`${kind}\n${name}`) ?? [];
}

export function exists(world: World, kind: string, namespace: string | undefined, name: string): boolean {
  return named(world, kind, name).some((one) => (one.namespace?.value ?? namespace) === namespace);
}

function indexOf(world: World): ReadonlyMap<string, readonly KubeObject[]> {
  const seen = indexes.get(world);
  if (seen) return seen;
  const index = new Map<string, KubeObject[]>();
  for (const object of world.objects) {
    const key = `${object.kind}\n${object.name.value}`;
    const same = index.get(key);
    if (same) same.push(object);
    else index.set(key, [object]);
  }
  indexes.set(world, index);
  return index;
}

/** Does Argo CD, a chart or an operator make objects of the world that are not in the input? */
export function isAlone({ objects }: World): boolean {
  return objects.every(({ values, inline }) => values === undefined && inline === undefined);
}

/** Accounts of collectors: what they may and may not is told of their paths. */
export function accountsOfCollectors({ collectors, unconfigured }: LintInput): ReadonlySet<string> {
  return new Set(
    [...collectors, ...unconfigured].map(({ workload: { object, pod } }) =>
      accountKey(object.namespace, pod.serviceAccountName?.value ?? 'default'),
    ),
  );
}

export function accountKey(namespace: Located<string> | undefined, name: string): string {
  return `${namespace?.value ?? ''}/${name}`;
}

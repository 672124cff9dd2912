import { type ContainerPort, grouped, type Service, type ServicePort, type Workload, type World } from '../../model';

const byNamespace = new WeakMap<World, ReadonlyMap<string | undefined, readonly Service[]>>();

/** The Services that stand before the pods of a workload. */
export function servicesOf(workload: Workload, world: World): readonly Service[] {
  const index = byNamespace.get(world) ?? grouped(world.cluster.services, ({ object }) => object.namespace?.value);
  byNamespace.set(world, index);
  return (index.get(workload.object.namespace?.value) ?? []).filter((service) => selectsPods(service, workload));
}

export function selectsPods({ selector }: Service, { pod }: Workload): boolean {
  return selector.size > 0 && [...selector].every(([key, { value }]) => pod.labels.get(key)?.value === value);
}

/** The number that a port of a Service leads to in a pod; `undefined`: the pod has no port of that name. */
export function targetPort({ target, protocol }: ServicePort, { pod }: Workload): number | undefined {
  if (/^\d+$/.test(target)) return Number(target);
  return portsOf(pod.containers).find(({ name, protocol: own }) => name === target && own === protocol)?.number;
}

function portsOf(containers: Workload['pod']['containers']): readonly ContainerPort[] {
  return containers.filter(({ role }) => role !== 'init').flatMap(({ ports }) => ports);
}

/** The Service behind a name of the cluster's DNS, as a collector in `namespace` says it. */
export function serviceNamed(host: string, namespace: string | undefined, world: World): Service | undefined {
  const [name, space, kind, ...domain] = host.replace(/\.$/, '').split('.');
  if (kind !== undefined && kind !== 'svc') return undefined;
  if (domain.length > 0 && domain.join('.') !== 'cluster.local') return undefined;
  const wanted = space ?? namespace;
  return world.cluster.services.find(
    ({ object }) => object.name.value === name && wanted !== undefined && object.namespace?.value === wanted,
  );
}

import type { ContainerPort, Service, ServicePort, Workload, World } from '../../model';

/** The Services that stand before the pods of a workload. */
export function servicesOf(workload: Workload, world: World): readonly Service[] {
  const { namespace } = workload.object;
  return world.cluster.services.filter(
    (service) => service.object.namespace?.value === namespace?.value && selectsPods(service, workload),
  );
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

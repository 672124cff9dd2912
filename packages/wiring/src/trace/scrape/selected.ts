import { grouped, type LabelSelector, type Service, textOf, type Workload, type World } from '../../model';
import { at } from '../../read/access';
import { readSelector } from '../../read/access-rules';
import type { MonitorOrigin, TargetSource } from '../collectors/scrape-plan';
import { selects } from './selector';
import { servicesOf } from './services';

/**
 * The workloads whose pods, or whose Services, a monitor selects by labels and namespace. Others are none of its business,
 * so that many monitors of many teams cost no more than what each of them looks at.
 */
export function selectedBy(monitor: MonitorOrigin, source: TargetSource, world: World): readonly Workload[] {
  const { object } = monitor;
  if (object.kind !== 'PodMonitor' && object.kind !== 'ServiceMonitor') return world.cluster.workloads;
  const selector = selectorOf(monitor);
  const around = inNamespaces(namesOf(source), world);
  if (object.kind === 'PodMonitor') {
    return around.filter(({ pod }) => selects(selector, (key) => pod.labels.get(key)?.value));
  }
  return around.filter((workload) => servicesOf(workload, world).some((service) => isSelected(service, selector)));
}

/** The Services that a monitor selects, whether or not there is anything behind them. */
export function selectedServices(monitor: MonitorOrigin, source: TargetSource, world: World): readonly Service[] {
  const names = namesOf(source);
  const selector = selectorOf(monitor);
  return world.cluster.services.filter(
    (service) =>
      isSelected(service, selector) && (!names || names.includes(service.object.namespace?.value ?? names[0])),
  );
}

export function selectorOf({ object }: MonitorOrigin): LabelSelector {
  return readSelector(at(object.node, 'spec', 'selector'));
}

/** `undefined`: every namespace. */
export function namesOf({ names }: TargetSource): readonly string[] | undefined {
  return names.length === 0 ? undefined : names.flatMap((name) => textOf(name) ?? []);
}

function isSelected({ labels }: Service, selector: LabelSelector): boolean {
  return selects(selector, (key) => labels.get(key)?.value);
}

const byNamespace = new WeakMap<World, ReadonlyMap<string | undefined, readonly Workload[]>>();

/** Workloads of these namespaces, and those of which nobody says where they run. */
function inNamespaces(names: readonly string[] | undefined, world: World): readonly Workload[] {
  const { workloads } = world.cluster;
  if (!names) return workloads;
  const index = byNamespace.get(world) ?? grouped(workloads, ({ object }) => object.namespace?.value);
  byNamespace.set(world, index);
  return [...new Set([...names, undefined])].flatMap((name) => index.get(name) ?? []);
}

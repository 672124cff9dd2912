import { labelOf } from '../../model';
import { at, itemsAt, stringAt } from '../../read/access';
import { POD_TEMPLATES } from '../../read/kubernetes';
import type { Node } from '../../text';
import type { Collector, Unconfigured } from '../../trace';

export type AnyCollector = Pick<Collector | Unconfigured, 'kind' | 'workload' | 'container'>;

/** `Deployment observe/meter`, and the container where the pod has several. */
export function nameOf({ workload, container }: AnyCollector): string {
  const others = workload.pod.containers.length > 1 ? ` (container ${container.name})` : '';
  return `${labelOf(workload.object)}${others}`;
}

/** The container as its manifest has it; `undefined` where an operator makes it. */
export function containerNode({ workload, container }: AnyCollector): Node | undefined {
  const { object } = workload;
  const path = POD_TEMPLATES.get(object.kind);
  if (!path || 'inline' in object) return undefined;
  const spec = at(object.node, ...path, 'spec');
  return [...itemsAt(spec, 'containers'), ...itemsAt(spec, 'initContainers')].find(
    (node) => stringAt(node, 'name') === container.name,
  );
}

/** One for each container: a collector that reads two configurations runs once. */
export function containersOf(collectors: readonly AnyCollector[]): readonly AnyCollector[] {
  const seen = new Set<AnyCollector['container']>();
  return collectors.filter(({ container }) => !seen.has(container) && seen.add(container));
}

/** All that the collector loads, as one text. */
export function textOfConfig({ main, files }: Pick<Collector, 'main' | 'files'>): string {
  return [...new Set([...main, ...files])].map(({ content }) => `${content.value}`).join('\n');
}

import { labelOf, type World } from '../model';
import { type CollectorKind, type FoundCollectors, findCollectors, type Unconfigured } from './collectors/find';
import { isMetricsCollector } from './collectors/metrics-collectors';
import { logQueryPaths } from './insights';
import { otherLogPaths } from './log-collectors';
import { logPaths } from './logs';
import { metricsPaths } from './metrics';
import { HopBuilder, notExamined, type Path } from './path';
import { sourceOf } from './source';

/** Every signal path of a world. */
export function traceWorld(world: World, found: FoundCollectors = findCollectors(world)): readonly Path[] {
  const { collectors, unconfigured } = found;
  const metrics = collectors.filter(isMetricsCollector);
  const isOther = (one: { readonly kind: CollectorKind }) => one.kind !== 'fluent-bit' && !isMetricsCollector(one);
  const isAlone = !collectors.some(isOther) && !unconfigured.some(({ kind }) => kind !== 'fluent-bit');
  const paths = collectors.flatMap((collector) => {
    if (isMetricsCollector(collector)) return [];
    if (collector.kind === 'fluent-bit') return logPaths(collector, world);
    const what = `not examined by this version: ${collector.kind} configuration`;
    return [unexamined({ ...collector, what }, world, 'not-examined')];
  });
  return [
    ...metricsPaths(metrics, world, isAlone, collectors),
    ...paths,
    ...otherLogPaths(world, found),
    ...logQueryPaths(world),
    ...unconfigured.map((collector) => unexamined(collector, world, 'configuration')),
  ];
}

/** A collector that cannot be followed still gives a path, so that nobody takes silence for proof. */
function unexamined(collector: Unconfigured, world: World, missing: string): Path {
  const { workload, container, kind, broken, what } = collector;
  const who = labelOf(workload.object);
  const signal = kind === 'fluent-bit' ? 'logs' : 'metrics';
  const source = sourceOf(workload.object, container);
  const hop = new HopBuilder('configuration', who, kind);
  if (broken) hop.breaks(broken);
  else hop.lacks({ kind: missing, what });
  return {
    id: `${signal}:${world.name}:${source.namespace ?? ''}/${source.kind}/${source.name}/${container.name}:${kind}`,
    world: world.name,
    signal,
    source,
    sink: { kind: 'unknown', id: kind },
    hops: [notExamined('source', 'workload', who), hop.build()],
  };
}

import { type LeftOut, labelOf, type World } from '../model';
import { alertPaths } from './alerts';
import { Arrivals, judgeLabel, judgeQuery, ruleSetsOf } from './arrivals';
import type { CollectorKind, FoundCollectors, Unconfigured } from './collectors/find';
import { isMetricsCollector } from './collectors/metrics-collectors';
import { dashboardPaths, type QueryJudge } from './dashboards';
import { hasExporter } from './exporter';
import type { FlowRecord } from './flow';
import { logQueryPaths } from './insights';
import { otherLogPaths } from './log-collectors';
import { logPaths } from './logs';
import { metricsPaths } from './metrics';
import { HopBuilder, notExamined, type Path } from './path';
import { sourceOf } from './source';

/** What the worlds of an estate show of their signals. */
export interface Traced {
  readonly paths: readonly Path[];
  /** What queries of their stores can find. */
  readonly arrivals: Arrivals;
}

/**
 * Every signal path of all worlds: what queries ask for may be brought by another world than their own.
 *
 * @param leftOut worlds that are there and are not looked at
 */
export function traceWorlds(
  looks: readonly (FoundCollectors & { readonly world: World })[],
  leftOut: readonly LeftOut[],
  progress?: (what: string) => void,
): Traced {
  // What arrives is taken down only where somebody asks for it: it is much.
  const isAsked = looks.some(
    ({ world }) => ruleSetsOf(world).length > 0 || world.grafana.dashboards.length > 0 || hasExporter(world),
  );
  const seen = looks.map((look) => ({ ...look, record: { flows: [], openings: [] } }));
  const brought = seen.flatMap(({ world, record, ...found }) => {
    progress?.(`judging ${world.name}`);
    return traceWorld(world, found, isAsked ? record : undefined);
  });
  const arrivals = new Arrivals(seen, leftOut);
  const judge: QueryJudge = {
    query: (query, store) => judgeQuery(query, arrivals.at(store)),
    label: (query, label, store) => judgeLabel(query, label, arrivals.at(store)),
  };
  const worlds = looks.map(({ world }) => world);
  const asked = [...worlds.flatMap((world) => alertPaths(world, arrivals)), ...dashboardPaths(worlds, judge)];
  return { paths: [...brought, ...asked], arrivals };
}

/** Every path of a world that leads to a store. */
function traceWorld(world: World, found: FoundCollectors, record?: FlowRecord): readonly Path[] {
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
    ...metricsPaths(metrics, world, isAlone, collectors, record),
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

import type { World } from '../../model';
import type { Environment } from '../environment';
import { alloyPlan } from './alloy-plan';
import type { Collector, CollectorKind } from './find';
import type { MetricsPlan } from './metrics-plan';
import { opentelemetryPlan } from './opentelemetry/plan';
import { operatedPlan } from './prometheus/operated';
import { prometheusPlan } from './prometheus/plan';

const READERS: Readonly<Partial<Record<CollectorKind, (c: Collector, e: Environment, w: World) => MetricsPlan>>> = {
  alloy: alloyPlan,
  opentelemetry: opentelemetryPlan,
  prometheus: prometheusPlan,
  'prometheus-operator': operatedPlan,
};

/** Does this version read the configuration of collectors of this kind? */
export function isMetricsCollector({ kind }: { readonly kind: CollectorKind }): boolean {
  return READERS[kind] !== undefined;
}

/** What a collector scrapes and where it writes, whatever the collector is. */
export function metricsPlan(collector: Collector, environment: Environment, world: World): MetricsPlan {
  const read = READERS[collector.kind];
  if (!read) throw new Error(`a ${collector.kind} collects no metrics`);
  return read(collector, environment, world);
}

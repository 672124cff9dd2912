import { labelOf, type Missing, textOf, type Value, type World } from '../../model';
import { findCollectors } from '../collectors/find';
import { type LogSink, type LogsPlan, logsPlan } from '../collectors/logs-plan';
import { outputHop } from '../hops/log-output';
import { otherLogPaths } from '../log-collectors';
import { reaches } from '../log-source/pipeline';
import { hasRoutes } from '../log-source/processors';
import type { LogRecord } from '../log-source/record';
import { type Route, routesOf } from '../log-source/routes';
import { fieldNames, onlyKey } from './record';

/** What a collector writes into a log group. */
export interface Arrival {
  /** Absent: nobody knows which group it goes to. */
  readonly group?: Value;
  readonly region?: Value;
  /** What an event holds, as CloudWatch gets it. */
  readonly record: LogRecord;
  readonly route: Route;
  readonly sink: LogSink;
  readonly plan: LogsPlan;
}

export interface Arrivals {
  readonly all: readonly Arrival[];
  /** Why there may be others. */
  readonly open: readonly Missing[];
}

const known = new WeakMap<World, Arrivals>();

/** What arrives in the log groups of a world; worked out once, and only for worlds in which somebody asks. */
export function logArrivals(world: World): Arrivals {
  const before = known.get(world);
  if (before) return before;
  const arrivals = readArrivals(world);
  known.set(world, arrivals);
  return arrivals;
}

function readArrivals(world: World): Arrivals {
  const found = findCollectors(world);
  const plans = found.collectors
    .filter(({ kind }) => kind === 'fluent-bit')
    .map((collector) => logsPlan(collector, world));
  const writes = (who: string): Missing => ({ kind: 'not-examined', what: `what ${who} writes to log groups` });
  const open: Missing[] = [
    ...plans
      .filter(({ gaps, broken, inputs }) => gaps.length > 0 || broken || inputs.some(hasRoutes))
      .map(({ collector }) => writes(labelOf(collector.workload.object))),
    ...found.unconfigured
      .filter(({ kind }) => kind === 'fluent-bit')
      .map(({ workload }) => writes(labelOf(workload.object))),
    ...otherLogPaths(world, found).map(({ source }) => writes(`${source.kind} ${source.name}`)),
  ];
  if (!world.closedManifests || !world.closedTemplates) {
    open.push({
      kind: 'log-group',
      what: 'who else writes to the group',
      help: 'name all that there is in sightline.json',
    });
  }
  return { all: plans.flatMap((plan) => ofPlan(plan, world)), open };
}

function ofPlan(plan: LogsPlan, world: World): readonly Arrival[] {
  const { all, supposed } = routesOf(plan, world);
  const byForm = new Map<string, Arrival>();
  for (const route of [...all, ...supposed]) {
    if (route.flow.dropped) continue;
    for (const configured of plan.sinks) {
      if (reaches(configured.section, route.flow, plan) === 'no') continue;
      const { sink, flow } = outputHop(configured, route, plan);
      if (flow.dropped) continue;
      const key = textOf(sink.section.get('log_key')?.value);
      const record = key === undefined ? flow.record : onlyKey(flow.record, key);
      const { namespace } = route.workload?.object ?? {};
      const form = [
        sink.index,
        textOf(sink.group?.value),
        record.isOpen,
        namespace?.value,
        route.workload === undefined,
      ];
      const arrival: Arrival = {
        record,
        route,
        sink,
        plan,
        ...(sink.group && { group: sink.group.value }),
        ...(sink.region && { region: sink.region.value }),
      };
      byForm.set(JSON.stringify([...form, fieldNames(record)]), arrival);
    }
  }
  return [...byForm.values()];
}

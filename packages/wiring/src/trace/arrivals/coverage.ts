import { grouped, type MetricPage, type World } from '../../model';
import type { MetricsFlow } from '../flow';
import type { Coverage } from './arrival';

const HELP = 'name a saved /metrics page of it as "metrics" in sightline.json, or by --metrics-catalog';

/** A target, whoever scrapes it. */
function targetOf({ path: { source }, target }: MetricsFlow): string {
  return [source.namespace, source.kind, source.name, source.container, source.port, target.path].join('\n');
}

function isOf({ of }: MetricPage, { path: { source }, target }: MetricsFlow): boolean {
  return (
    of.kind === source.kind &&
    of.namespace === source.namespace &&
    (of.container === undefined || of.container === source.container) &&
    (of.port === undefined || of.port === source.port) &&
    (of.path === undefined || of.path === target.path)
  );
}

/** Which pages are those of a target, and whether they are all of it. */
export function coverageIn(world: World, flows: readonly MetricsFlow[]): (flow: MetricsFlow) => Coverage {
  const named = grouped(
    world.metrics.filter(({ of }) => of.name !== undefined),
    ({ of }) => of.name,
  );
  const others = world.metrics.filter(({ of }) => of.name === undefined);
  const ofWorkload = grouped(flows, ({ path }) => path.source.name);
  const ownOf = (flow: MetricsFlow) => (named.get(flow.path.source.name) ?? []).filter((page) => isOf(page, flow));
  let uncovered: number | undefined;
  return (flow) => {
    const { source } = flow.path;
    const who = source.namespace
      ? `${source.kind} ${source.namespace}/${source.name}`
      : `${source.kind} ${source.name}`;
    const own = ownOf(flow);
    if (own.length > 0) {
      // A page that names no port is of one of the targets of its workload; nobody says of which, where it has several.
      const meant = (ofWorkload.get(source.name) ?? []).filter((one) => own.some((page) => isOf(page, one)));
      const targets = new Set(meant.map(targetOf)).size;
      if (targets <= own.length) return { pages: own };
      const what = `which of the ${targets} targets of ${who} ${own[0].file} is of`;
      return { pages: own, missing: { kind: 'catalogue', what, help: 'add "container", "port" or "path" to it' } };
    }
    if (others.length === 0)
      return { pages: [], missing: { kind: 'catalogue', what: `which metrics ${who} serves`, help: HELP } };
    uncovered ??= new Set(flows.filter((one) => ownOf(one).length === 0).map(targetOf)).size;
    if (uncovered <= others.length) return { pages: others };
    const what = `which of ${uncovered} targets the pages of --metrics-catalog are of, ${who} among them`;
    return { pages: others, missing: { kind: 'catalogue', what, help: HELP } };
  };
}

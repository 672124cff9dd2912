import { type Located, labelOf, type Missing, unknown, type World, written } from '../../../model';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../../../read/access';
import { allocatorName } from '../../../read/generated/target-allocator';
import { located } from '../../../read/kubernetes';
import type { Node } from '../../../text';
import type { Break } from '../../path';
import type { Collector } from '../find';
import { filtersOf, makerOf } from '../monitors/operator';
import { type MonitorPipelines, monitorPipelines } from '../monitors/pipelines';
import { type Expand, sourceText } from '../prometheus/settings';
import { accountOf, type Discoverer, type Route } from '../scrape-plan';

/** The receiver whose jobs the operator hands to the allocator; others stay with the collector. */
export const ALLOCATED = 'prometheus';

/** The target allocator that the operator makes for a collector. */
export interface Allocator {
  readonly node: Node;
  /** Absent: nobody says in which namespace it runs. */
  readonly discoverer?: Discoverer;
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

export function allocatorFor({ workload }: Collector, world: World): Allocator | undefined {
  const { object } = workload;
  const node = object.inline?.allocator;
  if (!node) return undefined;
  const name = allocatorName(object);
  const own = world.cluster.workloads.find(
    (one) =>
      one.object.kind === 'Deployment' &&
      one.object.name.value === name &&
      one.object.namespace?.value === object.namespace?.value,
  );
  const account = own && accountOf(own);
  const broken = refusal(node, object.inline?.controller);
  return {
    node,
    gaps: own && account ? [] : [{ kind: 'object', what: `the target allocator of ${labelOf(object)}` }],
    ...(own && account && { discoverer: { account, workload: own, port: 8080 } }),
    ...(broken && { broken }),
  };
}

/** What the operator's webhook refuses (opentelemetry-operator, internal/webhook, validateTargetAllocatorConfig). */
function refusal(node: Node, controller: string | undefined): Break | undefined {
  const strategy = scalarAt(node, 'allocationStrategy');
  const isPerNode = strategy?.value === 'per-node';
  const refused = (what: string, place: Node | undefined, help: string): Break => ({
    claim: 'config-is-accepted',
    message: `the OpenTelemetry operator refuses the collector: ${what}`,
    span: (place ?? node).span,
    related: [],
    help,
  });
  if (controller === 'Deployment') {
    const what = 'mode deployment has no target allocator';
    return refused(what, at(node, 'enabled'), 'set mode: statefulset, or mode: daemonset with the strategy per-node');
  }
  if (isPerNode && controller !== 'DaemonSet') {
    return refused('the strategy per-node is for mode daemonset only', strategy, 'use the strategy consistent-hashing');
  }
  return undefined;
}

/** The allocator reads jobs without variables, and with `$$` for a dollar as collectors write it. */
export const allocated: Expand = (scalar) => {
  const text = sourceText(scalar);
  const reference = /\$\{env:[^}]*\}/.exec(text)?.[0];
  const value = reference
    ? unknown('reference', `${reference}, which the target allocator does not fill in`, undefined, scalar.span)
    : written(text.replaceAll('$$', '$'), scalar.span);
  return { value, unset: [], origins: [] };
};

/** The scrapes of the monitors that the allocator reads (cmd/otel-allocator, internal/watcher). */
export function allocatedMonitors(
  { workload }: Collector,
  { node, discoverer, gaps }: Allocator,
  routes: (rules: Route['rules']) => readonly Route[],
  world: World,
): MonitorPipelines {
  const settings = mapAt(node, 'prometheusCR');
  if (!discoverer || booleanAt(settings, 'enabled') !== true) return { pipelines: [], ignored: [] };
  const own: Located<string> | undefined = workload.object.namespace;
  const place = { who: labelOf(discoverer.workload.object), span: settings?.span ?? node.span, ...(own && { own }) };
  const names = namesAt(settings, 'allowNamespaces');
  const denied = namesAt(settings, 'denyNamespaces');
  const filters = Object.fromEntries(
    Object.entries(filtersOf(settings, place)).map(([kind, filter]) => [
      kind,
      // Versions differ in where they look without being told.
      { ...filter, ...(names && { names }), ...(denied && { denied }), isLoose: true },
    ]),
  );
  return monitorPipelines(
    {
      maker: { ...makerOf(undefined), endpoints: 'endpointslice', scrapeClasses: itemsAt(settings, 'scrapeClasses') },
      filters,
      prefix: 'job',
      routes,
      gaps,
      account: discoverer.account,
      discoverer,
    },
    world,
  );
}

function namesAt(node: Node | undefined, key: string): Located<readonly string[]> | undefined {
  const names = itemsAt(node, key);
  const first = located(names[0]);
  return first && { value: names.flatMap((name) => stringAt(name) ?? []), span: first.span };
}

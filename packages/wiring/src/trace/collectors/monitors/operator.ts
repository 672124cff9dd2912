import { type KubeObject, type Located, labelOf, type World } from '../../../model';
import { at, booleanAt, itemsAt, mapAt, scalarAt } from '../../../read/access';
import type { MonitorKind, MonitorMaker } from '../../../read/generated/monitors';
import type { Node, Span } from '../../../text';
import { type Account, accountOf } from '../scrape-plan';
import { choose, type MonitorFilter, selectorAt } from './choice';

/** The keys by which a resource of the Prometheus operator chooses monitors, and their namespaces. */
const SELECTORS: Readonly<Record<MonitorKind, string>> = {
  PodMonitor: 'podMonitor',
  ServiceMonitor: 'serviceMonitor',
  Probe: 'probe',
  ScrapeConfig: 'scrapeConfig',
};

/** Nothing is chosen at all: the operator then leaves the configuration to somebody else. */
export function isUnmanaged(spec: Node | undefined): boolean {
  return Object.values(SELECTORS).every((name) => !mapAt(spec, `${name}Selector`));
}

export function filtersOf(
  spec: Node | undefined,
  place: { readonly who: string; readonly span: Span; readonly own?: Located<string> },
): Readonly<Record<MonitorKind, MonitorFilter>> {
  const filter = (name: string): MonitorFilter => {
    const labels = selectorAt(spec, `${name}Selector`);
    const namespaces = selectorAt(spec, `${name}NamespaceSelector`);
    return { ...place, ...(labels && { labels }), ...(namespaces && { namespaces }) };
  };
  return {
    PodMonitor: filter(SELECTORS.PodMonitor),
    ServiceMonitor: filter(SELECTORS.ServiceMonitor),
    Probe: filter(SELECTORS.Probe),
    ScrapeConfig: filter(SELECTORS.ScrapeConfig),
  };
}

/** How the operator makes jobs for a Prometheus or PrometheusAgent. */
export function makerOf(spec: Node | undefined): MonitorMaker {
  const enforced = scalarAt(spec, 'enforcedNamespaceLabel');
  return {
    dialect: 'operator',
    endpoints: scalarAt(spec, 'serviceDiscoveryRole')?.value === 'EndpointSlice' ? 'endpointslice' : 'endpoints',
    podTargetLabels: itemsAt(spec, 'podTargetLabels'),
    ignoresNamespaces: booleanAt(spec, 'ignoreNamespaceSelectors') === true,
    scrapeClasses: itemsAt(spec, 'scrapeClasses'),
    ...(enforced && !at(spec, 'excludedFromEnforcement') && { enforced }),
  };
}

const OPERATOR = /(?:^|\/)prometheus-operator(?:[:@]|$)/;

/** The operator itself, where it is in the input: it has to read the monitors. */
export function operatorOf(world: World): Account | undefined {
  const found = world.cluster.workloads.find(({ pod }) =>
    pod.containers.some(({ image, role }) => role !== 'init' && OPERATOR.test(image?.value ?? '')),
  );
  return found && accountOf(found);
}

/** A Prometheus that keeps its samples itself may take what the collectors of this world leave. */
export function isTakenElsewhere(object: KubeObject, world: World): boolean {
  return world.objects.some((one) => {
    if (!/^Prometheus(?:Agent)?$/.test(one.kind) || one.inline) return false;
    const spec = mapAt(one.node, 'spec');
    const place = { who: labelOf(one), span: one.name.span, ...(one.namespace && { own: one.namespace }) };
    const filter = filtersOf(spec, place)[object.kind as MonitorKind];
    return filter !== undefined && choose(object, filter, world).truth !== 'no';
  });
}

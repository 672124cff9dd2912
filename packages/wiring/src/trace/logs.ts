import { describe, labelOf, type Missing, type World } from '../model';
import type { FluentBitSection } from '../read/fluent-bit';
import type { Collector } from './collectors/find';
import { type LogSink, type LogsPlan, logsPlan, nameOf, pluginOf } from './collectors/logs-plan';
import { admissionBreak } from './hops/admission';
import { type Identity, identityOf } from './hops/identity';
import { type GroupTarget, logGroupHop } from './hops/log-group';
import { containerLogHop, idleBreak, inputHop } from './hops/log-input';
import { droppedBreak, filtersHop, outputHop, parserHop, unfedBreak, unroutedHop } from './hops/log-output';
import { logPermission } from './hops/log-permission';
import { stateBreak } from './hops/log-state';
import { isForContainers } from './log-source/inputs';
import { reaches } from './log-source/pipeline';
import { type Route, type Routes, routesOf } from './log-source/routes';
import { type Break, type Endpoint, type Hop, HopBuilder, type Path } from './path';
import { sourceOf } from './source';

/**
 * The way of the lines of every workload that a collector reads, to every output that takes them. An output that takes
 * none of them still has a path, which begins at the collector.
 */
export function logPaths(collector: Collector, world: World): readonly Path[] {
  return new LogPaths(collector, world).all();
}

/** Outputs that keep lines on the node, or nowhere. */
const ASIDE = new Set(['null', 'stdout', 'file', 'flowcounter', 'counter', 'exit', 'prometheus_exporter']);

class LogPaths {
  private readonly plan: LogsPlan;
  private readonly routes: Routes;
  private readonly identity: Identity;
  private readonly who: string;
  private readonly configuration: readonly Hop[];
  private readonly ends = new Map<string, { readonly target: GroupTarget; readonly permission: Hop }>();

  constructor(
    private readonly collector: Collector,
    private readonly world: World,
  ) {
    this.plan = logsPlan(collector, world);
    this.routes = routesOf(this.plan, world);
    this.identity = identityOf(collector.workload, world);
    this.who = labelOf(collector.workload.object);
    this.configuration = this.configHops();
  }

  all(): readonly Path[] {
    const lost = this.unrouted();
    const paths = this.plan.sinks.flatMap((sink) => {
      const routed = this.toSink(sink);
      return routed.length > 0 ? routed : [this.fromCollector(sink, lost)];
    });
    const others = this.plan.outputs.filter((output) => !this.plan.sinks.some(({ section }) => section === output));
    const followed = others.filter((output) => !ASIDE.has(pluginOf(output)));
    const elsewhere = (followed.length + paths.length > 0 ? followed : others).map((output, index) =>
      this.toOther(output, index),
    );
    const all = [...paths, ...lost.map((route) => this.unroutedPath(route)), ...elsewhere];
    if (all.length > 0 || this.configuration.length === 0) return all.length > 0 ? all : [this.withoutOutput()];
    return [this.withoutOutput()];
  }

  /** One path for each workload; containers whose lines fare otherwise have their own. */
  private toSink(sink: LogSink): readonly Path[] {
    const routes = this.routes.all.filter(
      ({ flow }) => !flow.dropped && reaches(sink.section, flow, this.plan) !== 'no',
    );
    const byFate = new Map<string, { route: Route; hops: readonly Hop[]; containers: Set<string>; id: string }>();
    for (const route of routes) {
      const { hops, id } = this.hops(route, sink);
      const fate = hops.map(({ status, missing, broken }) => [status, missing, broken?.message]);
      const key = JSON.stringify([placeOf(route), id, fate]);
      const found = byFate.get(key);
      const container = route.container?.name ?? '';
      if (found) found.containers.add(container);
      else byFate.set(key, { route, hops, id, containers: new Set([container]) });
    }
    const byWorkload = new Map<string, number>();
    for (const { route } of byFate.values()) {
      const label = placeOf(route);
      byWorkload.set(label, (byWorkload.get(label) ?? 0) + 1);
    }
    return [...byFate.values()].map(({ route, hops, containers, id }) => {
      const isAll = byWorkload.get(placeOf(route)) === 1;
      return this.path(
        this.endpointOf(route, isAll ? [] : [...containers]),
        [...containers],
        { kind: 'log-group', id },
        sink,
        hops,
      );
    });
  }

  private hops(
    route: Route,
    configured: LogSink,
    starved?: Break,
  ): { readonly hops: readonly Hop[]; readonly id: string } {
    const { hop, sink } = outputHop(configured, route, this.plan);
    const { target, permission } = this.endOf(sink);
    return {
      id: target.name ? describe(target.name) : sink.component,
      hops: [
        containerLogHop(route, this.collector),
        inputHop(route, this.plan, onInput(starved)),
        parserHop(route, this.plan),
        filtersHop(route, this.plan, onFilters(starved)),
        hop,
        ...this.configuration,
        target.hop,
        ...this.identity.hops,
        permission,
      ],
    };
  }

  /** Group and permission, once for each name that records lead to: many workloads write to one. */
  private endOf(sink: LogSink): { readonly target: GroupTarget; readonly permission: Hop } {
    const names = [sink.component, sink.index, sink.group?.value, sink.stream];
    const key = JSON.stringify(names, (field, value: unknown) => (field === 'span' ? undefined : value));
    const known = this.ends.get(key);
    if (known) return known;
    const target = logGroupHop(sink, this.collector, this.world);
    const permission = logPermission(sink, target, this.who, this.identity, this.world);
    this.ends.set(key, { target, permission });
    return { target, permission };
  }

  /** What is read and taken by no output, one route for each input. */
  private unrouted(): readonly Route[] {
    if (this.plan.gaps.length > 0) return [];
    const taken = new Set<string>();
    const idOf = (route: Route) => `${placeOf(route)} ${route.container?.name ?? ''}`;
    const isOpen = ({ flow }: Route) => flow.missing.some(({ kind }) => kind === 'tag' || kind === 'record');
    for (const route of this.routes.all) {
      if (
        route.flow.dropped ||
        isOpen(route) ||
        this.plan.outputs.some((output) => reaches(output, route.flow, this.plan) !== 'no')
      ) {
        taken.add(idOf(route));
      }
    }
    return this.routes.all.filter((route) => !taken.has(idOf(route)));
  }

  private unroutedPath(route: Route): Path {
    const [sink] = this.plan.sinks;
    const hops = [
      containerLogHop(route, this.collector),
      inputHop(route, this.plan),
      parserHop(route, this.plan),
      filtersHop(route, this.plan),
      unroutedHop(route, this.plan),
      ...this.configuration,
    ];
    const id = sink?.group ? describe(sink.group.value) : 'none';
    return this.path(this.endpointOf(route, []), [], { kind: 'log-group', id }, sink, hops);
  }

  /** A path without a workload: what would become of its lines, or why none come to the output. */
  private fromCollector(sink: LogSink, lost: readonly Route[]): Path {
    const unfed = lost.length > 0 ? undefined : unfedBreak(sink.section, this.plan);
    const starved = unfed ? undefined : this.starved(sink.section);
    const feeding = this.routes.supposed.filter(({ flow }) => reaches(sink.section, flow, this.plan) !== 'no');
    const route = feeding.find(({ parsed }) => parsed.broken) ?? feeding[0];
    const { hops, id } = route && !unfed ? this.hops(route, sink, starved) : this.unknownHops(sink, unfed, starved);
    const source = sourceOf(this.collector.workload.object, this.collector.container);
    return this.path(source, [], { kind: 'log-group', id }, sink, hops);
  }

  private unknownHops(
    sink: LogSink,
    unfed?: Break,
    starved?: Break,
  ): { readonly hops: readonly Hop[]; readonly id: string } {
    const target = logGroupHop(sink, this.collector, this.world);
    const missing: Missing = { kind: 'object', what: 'workload not in the input' };
    const hop = (kind: string, from: string, to: string, broken?: Break) => {
      const builder = new HopBuilder(kind, from, to);
      return (broken ? builder.breaks(broken) : builder.lacks(missing)).build();
    };
    return {
      id: target.name ? describe(target.name) : sink.component,
      hops: [
        hop('container-log', 'workload', 'a file of the node'),
        hop('input', 'a file of the node', this.who, onInput(starved)),
        hop('parser', this.who, this.who),
        hop('filters', this.who, this.who, onFilters(starved)),
        hop('output', this.who, nameOf(sink.section), unfed),
        ...this.configuration,
        target.hop,
        ...this.identity.hops,
        logPermission(sink, target, this.who, this.identity, this.world),
      ],
    };
  }

  /** Inputs that could feed the output read nothing, or lose it all on the way. */
  private starved(output: FluentBitSection): Break | undefined {
    const { all, idle, forAddons } = this.routes;
    const feeding = all.filter(({ flow }) => reaches(output, flow, this.plan) !== 'no');
    if (feeding.length > 0) {
      const isLost = feeding.every(({ flow }) => flow.dropped && !flow.dropped.isAsked);
      return isLost && this.world.closedManifests && forAddons.length === 0 ? droppedBreak(feeding[0]) : undefined;
    }
    if (all.some(({ flow }) => flow.dropped)) {
      const dropped = all.filter(({ flow }) => flow.dropped && !flow.dropped.isAsked);
      return dropped.length === all.length && this.world.closedManifests ? droppedBreak(dropped[0]) : undefined;
    }
    if (all.length > 0 || !this.plan.inputs.every(isForContainers)) return undefined;
    const breaks = idle.map((input) => idleBreak(input, this.plan, this.routes, this.world));
    return breaks.every((one) => one) ? breaks[0] : undefined;
  }

  /** Where lines go that this version does not follow: the way there is judged, and no more. */
  private toOther(output: FluentBitSection, index: number): Path {
    const what = `not examined by this version: output ${pluginOf(output) || 'without a name'}`;
    const starved = this.starved(output);
    const feeding = this.routes.supposed.filter(({ flow }) => reaches(output, flow, this.plan) !== 'no');
    const route = feeding.find(({ parsed, reading }) => parsed.broken ?? reading.broken) ?? feeding[0];
    const before = route
      ? [
          containerLogHop(route, this.collector),
          inputHop(route, this.plan, onInput(starved)),
          parserHop(route, this.plan),
          filtersHop(route, this.plan, onFilters(starved)),
        ]
      : [];
    const hop = new HopBuilder('output', this.who, nameOf(output)).lacks({ kind: 'not-examined', what }).build();
    const lost =
      starved && !route ? [new HopBuilder('input', 'a file of the node', this.who).breaks(starved).build()] : [];
    const source = sourceOf(this.collector.workload.object, this.collector.container);
    const hops = [...before, ...lost, hop, ...this.configuration];
    return {
      ...this.path(source, [], { kind: 'unknown', id: nameOf(output) }, undefined, hops),
      id: `logs:${this.world.name}:${this.place()}:${nameOf(output)}:other-${index}`,
    };
  }

  private withoutOutput(): Path {
    const hop = new HopBuilder('output', this.who, 'an output')
      .lacks({ kind: 'configuration', what: 'its outputs' })
      .build();
    const source = sourceOf(this.collector.workload.object, this.collector.container);
    return this.path(source, [], { kind: 'unknown', id: 'none' }, undefined, [hop, ...this.configuration]);
  }

  private configHops(): readonly Hop[] {
    const { plan } = this;
    const broken = plan.broken ?? admissionBreak(this.collector.workload, this.world) ?? stateBreak(plan);
    if (!broken && plan.gaps.length === 0) return [];
    const hop = new HopBuilder('configuration', this.who, 'Fluent Bit').lacks(...plan.gaps);
    if (broken) hop.breaks(broken);
    return [hop.build()];
  }

  private path(
    source: Endpoint,
    containers: readonly string[],
    end: Path['sink'],
    sink: LogSink | undefined,
    hops: readonly Hop[],
  ): Path {
    const own = sourceOf(this.collector.workload.object, this.collector.container);
    const isOwn = source.container === own.container && source.name === own.name && containers.length === 0;
    const from = `${source.namespace ?? ''}/${source.kind}/${source.name}/${source.container ?? ''}:`;
    return {
      id: `logs:${this.world.name}:${isOwn ? '' : from}${this.place()}:${sink?.component ?? 'none'}:${sink?.index ?? 0}${end.id === sink?.component ? '' : `:${end.id}`}`,
      world: this.world.name,
      signal: 'logs',
      source,
      sink: end,
      hops,
    };
  }

  private endpointOf({ workload }: Route, containers: readonly string[]): Endpoint {
    if (!workload) return sourceOf(this.collector.workload.object, this.collector.container);
    const { kind, name, namespace } = workload.object;
    return {
      kind,
      name: name.value,
      ...(namespace && { namespace: namespace.value }),
      ...(containers.length > 0 && { container: containers.join(', ') }),
    };
  }

  private place(): string {
    const { object } = this.collector.workload;
    return `${object.namespace?.value ?? ''}/${object.kind}/${object.name.value}/${this.collector.container.name}`;
  }
}

function placeOf({ workload }: Route): string {
  return workload ? labelOf(workload.object) : '';
}

function onInput(starved: Break | undefined): Break | undefined {
  return starved?.claim === 'filters-keep-records' ? undefined : starved;
}

function onFilters(starved: Break | undefined): Break | undefined {
  return starved?.claim === 'filters-keep-records' ? starved : undefined;
}

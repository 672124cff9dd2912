import { type Container, describe, grouped, type KubeObject, labelOf, type Missing, type World } from '../model';
import type { Collector } from './collectors/find';
import { metricsPlan } from './collectors/metrics-collectors';
import type { MetricsPlan, MetricsSink } from './collectors/metrics-plan';
import type { Ignored } from './collectors/monitors/choice';
import { isTakenElsewhere } from './collectors/monitors/operator';
import type { MonitorOrigin, Route, ScrapePipeline } from './collectors/scrape-plan';
import { Environment } from './environment';
import type { FlowRecord } from './flow';
import { admissionBreak } from './hops/admission';
import { type Identity, identityOf } from './hops/identity';
import { kubeletHop } from './hops/kubelet';
import { ignoredHops, withoutTargets } from './hops/monitor';
import { networkHop } from './hops/network';
import { scrapeHop } from './hops/scrape';
import { discoveryHop, droppedHop, droppedNodesHop, relabellingHop, unknownSource } from './hops/source';
import { blocked, type Endpoint, type Hop, HopBuilder, type Path } from './path';
import { annotationsFor } from './scrape/asks';
import { type Attempt, Attempts } from './scrape/attempts';
import { calledAt, leadsTo } from './scrape/roles';
import type { ScrapeTarget } from './scrape/run';
import { type Telemetry, telemetryOf } from './scrape/telemetry';
import { sourceOf } from './source';
import { type Tail, tailOf } from './write';

interface Setup {
  readonly collector: Collector;
  readonly environment: Environment;
  readonly plan: MetricsPlan;
  readonly identity: Identity;
  readonly record?: FlowRecord;
  /** Of all collectors of the world. */
  readonly telemetry: ReadonlyMap<Container, Telemetry>;
}

/**
 * The way of the metrics of every workload that a collector scrapes, or that asks for it, to every place that the
 * collector writes to. A collector whose workloads are not in the input still has a path, which begins at itself.
 *
 * @param isAlone no collector of another kind may scrape what these leave out
 * @param others collectors of every kind, which may be scraped themselves
 * @param record takes down what arrives where, for queries
 */
export function metricsPaths(
  collectors: readonly Collector[],
  world: World,
  isAlone: boolean,
  others: readonly Collector[] = collectors,
  record?: FlowRecord,
): readonly Path[] {
  const telemetry = telemetryOf(others, world);
  const setups = collectors.map((collector): Setup => {
    const environment = new Environment(world, collector.workload.object, collector.container);
    const plan = metricsPlan(collector, environment, world);
    const lost = plan.pipelines.find(({ broken }) => broken)?.broken;
    const whole = plan.broken || !lost || !isComplete(collector, world) ? plan : { ...plan, broken: lost };
    const refused = admissionBreak(collector.workload, world);
    const started = refused ? { ...whole, broken: whole.broken ?? refused } : whole;
    return {
      collector,
      environment,
      plan: started,
      identity: identityOf(collector.workload, world),
      telemetry,
      record,
    };
  });
  const hasGaps = ({ plan }: Setup) => [...plan.gaps, ...plan.pipelines.flatMap(({ gaps }) => gaps)].length > 0;
  const examined = setups.map(({ collector, plan }) => ({ collector, pipelines: plan.pipelines }));
  const attempts = new Attempts(world, examined, isAlone && !setups.some(hasGaps));
  if (record) {
    for (const attempt of attempts.all) record.openings.push(...openingsOf(attempt));
    for (const { plan, collector } of setups)
      record.openings.push(...plan.gaps.map((missing) => ({ missing, collector: collector.workload.object })));
  }
  const ignored = ignoredBy(setups, world);
  return setups.flatMap((setup) => [
    ...setup.plan.sinks.flatMap((sink, index) =>
      new Sink(sink, setup, attempts, world, index === 0 ? (ignored.get(setup) ?? []) : []).paths(),
    ),
    ...lostPipelines(setup, world),
    ...withoutSink(setup, world),
  ]);
}

/** Monitors that no collector takes, each with the one that comes nearest to doing so. */
function ignoredBy(setups: readonly Setup[], world: World): ReadonlyMap<Setup, readonly Ignored[]> {
  const taken = new Set(setups.flatMap(({ plan }) => plan.pipelines.flatMap(({ monitor }) => monitor?.object ?? [])));
  const nearest = new Map<KubeObject, { readonly setup: Setup; readonly one: Ignored }>();
  for (const setup of setups) {
    if (setup.plan.sinks.length === 0) continue;
    for (const one of setup.plan.ignored ?? []) {
      const { object } = one;
      if (taken.has(object) || isTakenElsewhere(object, world)) continue;
      const before = nearest.get(object)?.one;
      if (!before || rankOf(one) > rankOf(before)) nearest.set(object, { setup, one });
    }
  }
  const groups = grouped(nearest.values(), ({ setup }) => setup);
  return new Map([...groups].map(([setup, all]) => [setup, all.map(({ one }) => one)]));
}

/** What is not known comes before everything, and what is all but taken before what is not meant at all. */
function rankOf({ choice }: Ignored): number {
  if (choice.truth === 'unknown') return 2;
  return choice.isMistyped ? 1 : 0;
}

/** Every ConfigMap that is mounted is there, so that a component that is not, is nowhere. */
function isComplete({ workload, container }: Collector, world: World): boolean {
  const mounted = new Set(container.mounts.map(({ volume }) => volume));
  return workload.pod.volumes
    .filter(({ name }) => mounted.has(name))
    .flatMap(({ configMaps }) => configMaps)
    .every(({ name }) => world.cluster.configMap(workload.object.namespace, name.value));
}

/** One place that a collector writes to, with everything that leads there. */
class Sink {
  private readonly tail: Tail;
  private readonly who: string;

  constructor(
    private readonly sink: MetricsSink,
    private readonly setup: Setup,
    private readonly attempts: Attempts,
    private readonly world: World,
    private readonly ignored: readonly Ignored[],
  ) {
    const { collector, environment, identity } = setup;
    this.who = labelOf(collector.workload.object);
    this.tail = tailOf(sink, { collector, environment, identity, world });
    this.opens(sink.feeds ?? []);
  }

  paths(): readonly Path[] {
    const leading = this.setup.plan.pipelines.flatMap((pipeline) =>
      pipeline.routes.filter(({ sink }) => sink === this.sink.component).map((route) => ({ pipeline, route })),
    );
    const found = [
      ...leading.flatMap(({ pipeline, route }) => this.through(pipeline, route)),
      ...this.ignored.map((one) => this.notTaken(one)),
    ];
    const gaps = leading.flatMap(({ pipeline }) => [
      // A monitor by which nothing is scraped has a path of its own, which says so.
      ...(pipeline.monitor && !pipeline.sources.some(({ role }) => role === 'static') ? [] : pipeline.gaps),
      ...strangers(pipeline, this.setup.collector, this.world),
    ]);
    if (found.length > 0 && gaps.length === 0) return unique(found);
    const idle = leading.length === 0 ? [nothing(this.sink.component)] : gaps;
    return [...unique(found), this.fromCollector(idle)];
  }

  private through(pipeline: ScrapePipeline, route: Route): readonly Path[] {
    const rules = [...route.rules, ...this.sink.rules];
    const own = this.attempts.of(pipeline);
    const { monitor } = pipeline;
    if (monitor && own.every(({ run, source }) => !run?.kept.length && source.role !== 'node')) {
      const isFixed = pipeline.sources.some(({ role }) => role === 'static');
      return isFixed && pipeline.gaps.length === 0 ? [] : [this.withoutTargets(pipeline, monitor, own)];
    }
    return own.flatMap((attempt) => {
      const kept = attempt.run?.kept ?? [];
      if (kept.length > 0) return kept.map((target) => this.scraped(attempt, target, { ...route, rules }));
      if (attempt.source.role === 'node') return this.withoutNodes(attempt);
      const isOpen = attempt.discovered.truth === 'unknown' || (attempt.run?.open.length ?? 0) > 0;
      const isAsking = attempt.workload.pod.annotations.has('prometheus.io/scrape');
      return this.attempts.isLeftOut(attempt) || (isOpen && isAsking) ? [this.leftOut(attempt)] : [];
    });
  }

  private scraped(attempt: Attempt, target: ScrapeTarget, route: Route): Path {
    const { workload, source, pipeline, collector } = attempt;
    const isOnly = attempt.run?.kept.length === 1;
    if (source.role === 'node') return this.ofNodes(attempt, target, route);
    const served = scrapeHop({
      workload,
      source,
      pipeline,
      target,
      who: this.who,
      isOnly,
      annotations: annotationsFor(source, workload, this.world),
      telemetry: this.setup.telemetry,
      world: this.world,
      ...(attempt.ask && { ask: attempt.ask }),
    });
    const network =
      served.hop.status === 'broken' || target.host !== 'pod'
        ? blocked('network', this.who, labelOf(workload.object), 'scrape')
        : networkHop(collector.workload, workload, served.port, this.world);
    // Where it is open whether anybody serves metrics there, nobody has to let the collector in.
    const isBlamed = served.hop.status === 'proven' || network.status !== 'broken';
    const { object } = workload;
    const from: Endpoint = {
      kind: object.kind,
      name: object.name.value,
      ...(object.namespace && { namespace: object.namespace.value }),
      ...(served.container && { container: served.container.name }),
      ...(served.port !== undefined && { port: served.port }),
    };
    return this.flow(attempt, target, route, from, [
      this.discovery(attempt),
      relabellingHop(attempt, target, route),
      served.hop,
      isBlamed ? network : blocked('network', network.from, network.to, 'scrape'),
    ]);
  }

  /** The kubelets of all nodes are one source. */
  private ofNodes(attempt: Attempt, target: ScrapeTarget, route: Route): Path {
    const { collector, workload } = attempt;
    const { hop, port } = kubeletHop(attempt, target, this.world);
    const network =
      port === undefined
        ? blocked('network', this.who, 'every node', 'scrape')
        : networkHop(collector.workload, workload, port, this.world);
    const from: Endpoint = { kind: 'Node', name: '*', ...(port !== undefined && { port }) };
    return this.flow(attempt, target, route, from, [
      this.discovery(attempt),
      relabellingHop(attempt, target, route),
      hop,
      network,
    ]);
  }

  /** Rules that drop every node, whatever it is called, are those of another role. */
  private withoutNodes(attempt: Attempt): readonly Path[] {
    const { pipeline, run } = attempt;
    const [dropped] = run?.dropped ?? [];
    if (!dropped || run?.open.length) return [];
    const hop = droppedNodesHop(attempt, dropped, this.who);
    return [
      this.path({ kind: 'Node', name: '*' }, '', pipeline, [
        this.discovery(attempt),
        hop,
        blocked('scrape', this.who, 'every node', 'relabelling'),
        blocked('network', this.who, 'every node', 'relabelling'),
      ]),
    ];
  }

  private withoutTargets(pipeline: ScrapePipeline, monitor: MonitorOrigin, attempts: readonly Attempt[]): Path {
    const { object } = monitor;
    const source = { kind: object.kind, name: object.name.value };
    const namespace = object.namespace && { namespace: object.namespace.value };
    const hops = withoutTargets(pipeline, monitor, attempts, this.who, this.world);
    return this.path({ ...source, ...namespace }, '', pipeline, hops);
  }

  private notTaken(ignored: Ignored): Path {
    const { kind, name, namespace } = ignored.object;
    const source = { kind, name: name.value, ...(namespace && { namespace: namespace.value }) };
    return this.path(source, '', undefined, ignoredHops(ignored, this.who, this.world));
  }

  private leftOut(attempt: Attempt): Path {
    const { object } = attempt.workload;
    const label = labelOf(object);
    const namespace = object.namespace && { namespace: object.namespace.value };
    const relabelling = attempt.run
      ? droppedHop(attempt, this.attempts, this.world)
      : blocked('relabelling', this.who, this.who, 'discovery');
    return this.path({ kind: object.kind, name: object.name.value, ...namespace }, '', attempt.pipeline, [
      this.discovery(attempt),
      relabelling,
      blocked('scrape', this.who, label, 'relabelling'),
      blocked('network', this.who, label, 'relabelling'),
    ]);
  }

  private discovery(attempt: Attempt): Hop {
    const hasAccount = this.setup.identity.hops[0].status !== 'broken';
    return discoveryHop(attempt, this.attempts, this.world, hasAccount);
  }

  private flow({ pipeline }: Attempt, target: ScrapeTarget, route: Route, from: Endpoint, hops: readonly Hop[]): Path {
    const path = this.path(from, `${from.port ?? ''}${target.path}`, pipeline, hops);
    const rules = route.rules.slice(0, route.rules.length - this.sink.rules.length);
    const { destination } = this.tail;
    this.setup.record?.flows.push({
      path,
      collector: this.setup.collector.workload.object,
      pipeline,
      target,
      rules,
      changes: route.changes ?? [],
      sink: this.sink,
      destination,
    });
    return path;
  }

  /** Samples of which nobody knows the names come to the store as well. */
  private opens(lacks: readonly Missing[]): void {
    const { destination } = this.tail;
    const collector = this.setup.collector.workload.object;
    this.setup.record?.openings.push(...lacks.map((missing) => ({ destination, collector, missing })));
  }

  private fromCollector(gaps: readonly Missing[]): Path {
    this.opens(gaps);
    const source = sourceOf(this.setup.collector.workload.object, this.setup.collector.container);
    return {
      ...this.path(source, '', undefined, unknownSource(this.who, gaps)),
      id: `metrics:${this.world.name}:${placeOf(this.setup.collector)}:${this.sink.component}:${this.sink.index}`,
    };
  }

  private path(source: Endpoint, end: string, pipeline: ScrapePipeline | undefined, hops: readonly Hop[]): Path {
    const place = `${source.namespace ?? ''}/${source.kind}/${source.name}/${source.container ?? ''}:${end}`;
    const { component, index } = this.sink;
    return {
      id: `metrics:${this.world.name}:${place}:${placeOf(this.setup.collector)}:${pipeline?.component ?? ''}:${component}:${index}`,
      world: this.world.name,
      signal: 'metrics',
      source,
      sink: this.tail.sink,
      hops: [...hops, ...configHops(this.setup.plan, this.who), ...this.tail.hops],
    };
  }
}

/** Scrapes whose samples go nowhere. */
function lostPipelines({ collector, plan }: Setup, world: World): readonly Path[] {
  const who = labelOf(collector.workload.object);
  return plan.pipelines
    .filter(({ routes, gaps, broken }) => routes.length + gaps.length === 0 && !broken)
    .map((pipeline) => {
      const hop = new HopBuilder('remote-write', `${who} ${pipeline.component}`, 'a store').breaks({
        claim: 'samples-reach-store',
        message: `${pipeline.component} forwards its samples to nothing that writes them`,
        span: pipeline.forwardSpan ?? pipeline.span,
        related: plan.sinks.map(({ component, span }) => ({ span, message: `${component} would write them` })),
      });
      return {
        id: `metrics:${world.name}:${placeOf(collector)}:${pipeline.component}`,
        world: world.name,
        signal: 'metrics',
        source: sourceOf(collector.workload.object, collector.container),
        sink: { kind: 'unknown', id: pipeline.component },
        hops: [...unknownSource(who, []), ...configHops(plan, who), hop.build()],
      };
    });
}

/** A workload of which nobody knows whether it is scraped, or as what. */
function openingsOf({ workload, discovered, run, collector }: Attempt): FlowRecord['openings'] {
  const who = labelOf(workload.object);
  const lacks = discovered.truth === 'unknown' ? [discovered.missing] : (run?.open ?? []);
  const by = collector.workload.object;
  return lacks.map(({ kind, what }) => ({ collector: by, missing: { kind, what: `how ${who} is scraped: ${what}` } }));
}

/** A configuration that leads nowhere is still a path: it cannot be read, or this version does not follow it. */
function withoutSink({ collector, plan }: Setup, world: World): readonly Path[] {
  if (plan.sinks.length > 0 || (!plan.broken && plan.gaps.length === 0)) return [];
  const who = labelOf(collector.workload.object);
  return [
    {
      id: `metrics:${world.name}:${placeOf(collector)}:`,
      world: world.name,
      signal: 'metrics',
      source: sourceOf(collector.workload.object, collector.container),
      sink: { kind: 'unknown', id: collector.kind },
      hops: [...unknownSource(who, plan.gaps), ...configHops(plan, who)],
    },
  ];
}

/** Addresses that are written down and are those of nobody in the input. */
function strangers({ sources, component }: ScrapePipeline, { workload }: Collector, world: World): readonly Missing[] {
  const around = { world, self: workload.object };
  const called = sources.flatMap((source) => (source.addresses ?? []).flatMap((one) => calledAt(one, source) ?? []));
  return [...new Map(called.map((address) => [describe(address), address]))]
    .filter(([, address]) => !world.cluster.workloads.some((workload) => leadsTo({ address }, workload, around)))
    .map(([name]) => ({ kind: 'address', what: `who serves ${name}, which ${component} scrapes` }));
}

function nothing(component: string): Missing {
  return { kind: 'not-examined', what: `what feeds ${component}: no scrape that this version examines forwards to it` };
}

function configHops(plan: MetricsPlan, who: string): readonly Hop[] {
  if (!plan.broken && plan.gaps.length === 0) return [];
  const hop = new HopBuilder('configuration', who, plan.program).lacks(...plan.gaps);
  if (plan.broken) hop.breaks(plan.broken);
  return [hop.build()];
}

function placeOf({ workload: { object }, container }: Collector): string {
  return `${object.namespace?.value ?? ''}/${object.kind}/${object.name.value}/${container.name}`;
}

/** Two routes of one scrape to one sink are one path. */
function unique(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map((path) => [path.id, path])).values()];
}

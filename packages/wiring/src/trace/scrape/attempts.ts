import { grouped, type Workload, type World } from '../../model';
import type { MapNode } from '../../text';
import type { Collector } from '../collectors/find';
import type { ScrapePipeline, TargetSource } from '../collectors/scrape-plan';
import { type Discovered, discovered } from '../hops/discovery';
import { type Ask, askOfSource } from './asks';
import { calledAt, leadsTo } from './roles';
import { type RunResult, runTargets } from './run';
import { selectedBy } from './selected';

/** What one source of targets of one scrape makes of one workload. */
export interface Attempt {
  readonly collector: Collector;
  readonly pipeline: ScrapePipeline;
  readonly source: TargetSource;
  readonly workload: Workload;
  readonly discovered: Discovered;
  /** How the workload says that it wants to be scraped, if it does. */
  readonly ask?: Ask;
  /** Absent where the discovery does not come upon it. */
  readonly run?: RunResult;
}

export interface Examined {
  readonly collector: Collector;
  readonly pipelines: readonly ScrapePipeline[];
}

/** Every scrape of every collector of a world, tried on every workload. */
export class Attempts {
  readonly all: readonly Attempt[];
  private readonly reached = new Set<Workload>();
  private readonly busy = new Set<TargetSource>();
  private readonly nearest = new Map<Workload, Attempt>();
  private readonly ofPipeline: ReadonlyMap<ScrapePipeline, readonly Attempt[]>;

  /** @param isAlone no other collector of the world may scrape what these leave out */
  constructor(
    world: World,
    examined: readonly Examined[],
    readonly isAlone: boolean,
  ) {
    this.all = examined.flatMap(({ collector, pipelines }) =>
      pipelines.flatMap((pipeline) =>
        pipeline.sources.flatMap((source) =>
          subjectsOf(source, pipeline, collector, world).map((workload) =>
            attempt(collector, pipeline, source, workload, world),
          ),
        ),
      ),
    );
    this.ofPipeline = grouped(this.all, ({ pipeline }) => pipeline);
    for (const one of this.all) {
      if (isReached(one)) {
        this.reached.add(one.workload);
        this.busy.add(one.source);
      }
      const near = this.nearest.get(one.workload);
      if (!near || rank(one) > rank(near)) this.nearest.set(one.workload, one);
    }
  }

  /** What one scrape makes of the workloads that it may come upon. */
  of(pipeline: ScrapePipeline): readonly Attempt[] {
    return this.ofPipeline.get(pipeline) ?? [];
  }

  /** The workload asks to be scraped, no scrape takes it, and this one comes nearest to doing so. */
  isLeftOut(one: Attempt): boolean {
    return !this.reached.has(one.workload) && this.nearest.get(one.workload) === one && one.ask !== undefined;
  }

  /** The source gives no target of any workload that is known. */
  isIdle(source: TargetSource): boolean {
    return !this.busy.has(source);
  }
}

function attempt(
  collector: Collector,
  pipeline: ScrapePipeline,
  source: TargetSource,
  workload: Workload,
  world: World,
): Attempt {
  const found = discovered(source, workload, collector, world);
  // Who is named by a monitor need not ask, and who asks is not heard by monitors.
  const ask = pipeline.monitor ? undefined : askOfSource(source, workload, world);
  const base = { collector, pipeline, source, workload, discovered: found, ...(ask && { ask }) };
  const around = { world, self: collector.workload.object };
  return found.truth === 'yes' ? { ...base, run: runTargets(workload, source, pipeline, around) } : base;
}

/** It is scraped, or may be. */
function isReached({ discovered: found, run }: Attempt): boolean {
  return found.truth === 'unknown' || (run !== undefined && run.kept.length + run.open.length > 0);
}

function rank({ run, ask }: Attempt): number {
  if (!run || !ask) return 0;
  return run.dropped.some(({ rule }) => rule.sources.includes(ask.label)) ? 2 : 1;
}

/** What a source may make targets of. Nodes are no objects of a repository; one stands for all of them. */
function subjectsOf(
  source: TargetSource,
  { monitor }: ScrapePipeline,
  collector: Collector,
  world: World,
): readonly Workload[] {
  if (source.role === 'node') return [nodes(source)];
  if (monitor && source.role !== 'static') return selectedBy(monitor, source, world);
  if (source.role !== 'static') return world.cluster.workloads;
  const around = { world, self: collector.workload.object };
  const called = (source.addresses ?? []).flatMap((one) => calledAt(one, source) ?? []);
  return world.cluster.workloads.filter((workload) => called.some((address) => leadsTo({ address }, workload, around)));
}

/** Every node of the cluster, as a workload without containers. */
function nodes({ span }: TargetSource): Workload {
  const node: MapNode = { kind: 'map', span, entries: new Map() };
  return {
    object: { apiVersion: 'v1', kind: 'Node', name: { value: '*', span }, node },
    pod: {
      span,
      labels: new Map(),
      annotations: new Map(),
      hostNetwork: true,
      tolerates: true,
      security: { groups: [], privileged: false },
      containers: [],
      volumes: [],
    },
  };
}

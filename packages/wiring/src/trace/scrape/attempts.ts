import type { Workload, World } from '../../model';
import type { Collector } from '../collectors/find';
import type { ScrapePipeline, TargetSource } from '../collectors/scrape-plan';
import { type Discovered, discovered } from '../hops/discovery';
import { askOf, SCRAPE_LABEL } from './asks';
import { type RunResult, runTargets } from './run';

/** What one source of targets of one scrape makes of one workload. */
export interface Attempt {
  readonly collector: Collector;
  readonly pipeline: ScrapePipeline;
  readonly source: TargetSource;
  readonly workload: Workload;
  readonly discovered: Discovered;
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

  /** @param isAlone no other collector of the world may scrape what these leave out */
  constructor(
    world: World,
    examined: readonly Examined[],
    readonly isAlone: boolean,
  ) {
    this.all = examined.flatMap(({ collector, pipelines }) =>
      pipelines.flatMap((pipeline) =>
        pipeline.sources.flatMap((source) =>
          world.cluster.workloads.map((workload) => attempt(collector, pipeline, source, workload, world)),
        ),
      ),
    );
    for (const one of this.all) {
      if (isReached(one)) {
        this.reached.add(one.workload);
        this.busy.add(one.source);
      }
      const near = this.nearest.get(one.workload);
      if (!near || rank(one) > rank(near)) this.nearest.set(one.workload, one);
    }
  }

  /** The workload asks to be scraped, no scrape takes it, and this one comes nearest to doing so. */
  isLeftOut(one: Attempt): boolean {
    return (
      !this.reached.has(one.workload) && this.nearest.get(one.workload) === one && askOf(one.workload) !== undefined
    );
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
  const base = { collector, pipeline, source, workload, discovered: found };
  return found.truth === 'yes' ? { ...base, run: runTargets(workload, source, pipeline) } : base;
}

/** It is scraped, or may be. */
function isReached({ discovered: found, run }: Attempt): boolean {
  return found.truth === 'unknown' || (run !== undefined && run.kept.length + run.open.length > 0);
}

function rank({ run }: Attempt): number {
  if (!run) return 0;
  return run.dropped.some(({ rule }) => rule.sources.includes(SCRAPE_LABEL)) ? 2 : 1;
}

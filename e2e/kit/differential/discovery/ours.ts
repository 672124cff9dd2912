import type { Workload, World } from '@eks-sightline/wiring/lib/model';
import { findCollectors } from '@eks-sightline/wiring/lib/trace';
import { metricsPlan } from '@eks-sightline/wiring/lib/trace/collectors/metrics-collectors';
import type { ScrapePipeline } from '@eks-sightline/wiring/lib/trace/collectors/scrape-plan';
import { Environment } from '@eks-sightline/wiring/lib/trace/environment';
import { type Attempt, Attempts } from '@eks-sightline/wiring/lib/trace/scrape/attempts';
import { targetsFor } from '@eks-sightline/wiring/lib/trace/scrape/roles';
import type { PodTarget, Witness } from '@eks-sightline/wiring/lib/trace/scrape/targets';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../../objects';
import { prometheusWith, worldOf } from '../world';
import type { Job } from './jobs';

/** The cluster with a Prometheus in it that has these jobs, as our trace sees it. */
export class Ours {
  private readonly world: World;
  private readonly pipelines: readonly ScrapePipeline[];
  private readonly attempts = new Map<string, Attempt[]>();
  private readonly workloads: ReadonlyMap<string, Workload>;

  public constructor(objects: readonly KubernetesObject[], jobs: readonly Job[]) {
    const remote_write = [
      { url: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write' },
    ];
    this.world = worldOf([...objects, ...prometheusWith(stringify({ scrape_configs: jobs, remote_write }))]);
    const [collector] = findCollectors(this.world).collectors.filter(({ kind }) => kind === 'prometheus');
    if (!collector) throw new Error('no collector was found');
    const environment = new Environment(this.world, collector.workload.object, collector.container);
    const { pipelines, broken } = metricsPlan(collector, environment, this.world);
    if (broken) throw new Error(broken.message);
    this.pipelines = pipelines;
    for (const attempt of new Attempts(this.world, [{ collector, pipelines }], true).all) {
      const key = `${attempt.pipeline.component} ${attempt.workload.object.name.value}`;
      this.attempts.set(key, [...(this.attempts.get(key) ?? []), attempt]);
    }
    this.workloads = new Map(this.world.cluster.workloads.map((workload) => [workload.object.name.value, workload]));
  }

  /** What the job makes of a pod of a workload, before its rules. */
  public targets(job: string, name: string, witness: Witness): readonly PodTarget[] {
    const workload = this.workload(name);
    const source = this.pipeline(job).sources[0];
    if (!source) throw new Error(`${job} has no source`);
    return targetsFor(source, workload, witness, { world: this.world, self: this.self() });
  }

  /** What the job scrapes of a workload: scheme, port and path of its pods; or it is not known. */
  public scrapes(job: string, name: string): readonly string[] | 'unknown' {
    const of = this.attempts.get(`${this.pipeline(job).component} ${name}`) ?? [];
    const urls = new Set<string>();
    for (const { discovered, run } of of) {
      if (discovered.truth === 'unknown' || (run && run.open.length > 0)) return 'unknown';
      for (const { scheme, host, port, path, missing, lost } of run?.kept ?? []) {
        if (missing.length > 0) return 'unknown';
        if (!lost) urls.add(`${scheme}://${host}${port && `:${port}`}${path.startsWith('/') ? '' : '/'}${path}`);
      }
    }
    return [...urls].sort();
  }

  private workload(name: string): Workload {
    const found = this.workloads.get(name);
    if (!found) throw new Error(`no workload ${name}`);
    return found;
  }

  private self(): Workload['object'] {
    return this.workload('prometheus').object;
  }

  private pipeline(job: string): ScrapePipeline {
    const found = this.pipelines.find(({ component }) => component.includes(job) && component.match(`${job}\\b`));
    if (!found) throw new Error(`no ${job} among ${this.pipelines.map(({ component }) => component)}`);
    return found;
  }
}

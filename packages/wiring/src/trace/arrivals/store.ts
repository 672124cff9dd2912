import {
  equal,
  type KubeObject,
  type LeftOut,
  labelOf,
  type Missing,
  type PrometheusWorkspace,
  type World,
} from '../../model';
import { contains } from '../../read/file-tree';
import { isMetricsCollector } from '../collectors/metrics-collectors';
import type { MetricsFlow } from '../flow';
import { Arrival, type Coverage } from './arrival';
import { coverageIn } from './coverage';
import { ArrivalGroups } from './groups';
import type { Look, Store } from './look';
import { recordedBy, recordedIn } from './recorded';
import { few } from './verdict';
import { otherWriters } from './writers';

/** What arrives at the stores of all worlds. Nothing is worked out before somebody asks for a store. */
export class Arrivals {
  private readonly stores = new Map<PrometheusWorkspace, Store>();
  private readonly locals = new Map<KubeObject, Store>();
  private readonly coverages = new Map<World, (flow: MetricsFlow) => Coverage>();

  /** @param leftOut worlds that are there and are not looked at */
  constructor(
    private readonly looks: readonly Look[],
    private readonly leftOut: readonly LeftOut[],
  ) {}

  at(workspace: PrometheusWorkspace): Store {
    const before = this.stores.get(workspace);
    if (before) return before;
    const arrivals = this.looks.flatMap((look) => this.arriving(workspace, look));
    const store: Store = {
      label: workspace.label,
      arrivals,
      groups: new ArrivalGroups(arrivals),
      recorded: recordedIn(workspace, this.looks),
      open: few([
        ...this.looks.flatMap((look) => openingsOf(workspace, look)),
        ...this.leftOut
          .filter(({ templates }) => templates.some((place) => contains(place, workspace.span.source.file)))
          .map(({ name }) => ({
            kind: 'world',
            what: `what the world ${name}, which was not judged, writes to ${workspace.label}`,
          })),
        ...existing(workspace),
      ]),
    };
    this.stores.set(workspace, store);
    return store;
  }

  /** What is found in a Prometheus itself: nothing of what it does to samples on their way out. */
  local(object: KubeObject): Store {
    const before = this.locals.get(object);
    if (before) return before;
    const look = this.looks.find(({ record }) => record.flows.some(({ collector }) => collector === object));
    const record = look?.record ?? { flows: [], openings: [] };
    const flows = new Map<string, MetricsFlow>();
    for (const flow of record.flows.filter(({ collector }) => collector === object)) {
      const { source } = flow.path;
      const key = [flow.pipeline.component, source.namespace, source.kind, source.name, source.container, source.port];
      const sink = { ...flow.sink, rules: [], externalLabels: new Map(), addsSuffixes: false };
      flows.set([...key, flow.target.path].join('\n'), { ...flow, sink });
    }
    const covered = look && this.coverage(look);
    const open = record.openings.filter(({ collector }) => !collector || collector === object);
    const arrivals = covered ? [...flows.values()].map((flow) => new Arrival(flow, covered(flow))) : [];
    const store: Store = {
      label: labelOf(object),
      isLocal: true,
      arrivals,
      groups: new ArrivalGroups(arrivals),
      recorded: recordedBy(object, this.looks),
      open: look
        ? few([...open.map(({ missing }) => missing), ...unlisted(look.world, labelOf(object))])
        : [{ kind: 'not-examined', what: `not examined by this version: what ${labelOf(object)} scrapes` }],
    };
    this.locals.set(object, store);
    return store;
  }

  /**
   * Workloads that collectors of a world scrape, as `<namespace>/<kind>/<name>`; `undefined` where others may scrape too, or
   * nobody does.
   */
  scrapedIn(world: World): ReadonlySet<string> | undefined {
    const look = this.looks.find((one) => one.world === world);
    if (!look || look.record.flows.length === 0 || look.record.openings.length > 0) return undefined;
    const others = look.collectors.some((one) => one.kind !== 'fluent-bit' && !isMetricsCollector(one));
    if (others || look.unconfigured.some(({ kind }) => kind !== 'fluent-bit')) return undefined;
    return new Set(
      look.record.flows.map(({ path: { source } }) => `${source.namespace ?? ''}/${source.kind}/${source.name}`),
    );
  }

  private coverage({ world, record }: Look): (flow: MetricsFlow) => Coverage {
    const covered = this.coverages.get(world) ?? coverageIn(world, record.flows);
    this.coverages.set(world, covered);
    return covered;
  }

  private arriving(workspace: PrometheusWorkspace, look: Look): readonly Arrival[] {
    const own = look.record.flows.filter(({ destination }) => leadsTo(destination, workspace) === 'yes');
    if (own.length === 0) return [];
    const covered = this.coverage(look);
    return own.map((flow) => new Arrival(flow, covered(flow)));
  }
}

function leadsTo({ workspace, id, amazon }: MetricsFlow['destination'], wanted: PrometheusWorkspace) {
  if (workspace === wanted || (id && equal(id, wanted.id) === 'yes')) return 'yes';
  if (workspace || !amazon) return 'no';
  return id ? equal(id, wanted.id, {}) : 'unknown';
}

/** What may write to a workspace beside what is followed. */
function openingsOf(workspace: PrometheusWorkspace, look: Look): readonly Missing[] {
  const { world, record, collectors, unconfigured } = look;
  const open: Missing[] = record.openings
    .filter(({ destination }) => !destination || leadsTo(destination, workspace) !== 'no')
    .map(({ missing }) => missing);
  for (const { path, destination } of record.flows) {
    if (leadsTo(destination, workspace) === 'unknown')
      open.push({ kind: 'workspace', what: `whether ${path.sink.id} is ${workspace.label}` });
  }
  const strangers = [
    ...unconfigured,
    ...collectors.filter((one) => one.kind !== 'fluent-bit' && !isMetricsCollector(one)),
  ];
  for (const { workload, kind } of strangers.filter(({ kind }) => kind !== 'fluent-bit'))
    open.push({
      kind: 'not-examined',
      what: `what ${labelOf(workload.object)} (${kind}) writes to ${workspace.label}`,
    });
  return [...open, ...unlisted(world, workspace.label), ...otherWriters(workspace, look)];
}

function unlisted({ closedManifests, name }: World, store: string): readonly Missing[] {
  if (closedManifests) return [];
  const what = `what else writes to ${store}: not all objects of ${name} are in the input`;
  return [{ kind: 'object', what, help: 'name the manifests of the world in sightline.json' }];
}

function existing({ maker, label }: PrometheusWorkspace): readonly Missing[] {
  return maker === 'somebody else' ? [{ kind: 'workspace', what: `what else writes to ${label}` }] : [];
}

import { type KubeObject, type Located, labelOf, type Missing, type World } from '../../../model';
import { itemsAt, mapAt } from '../../../read/access';
import {
  isMonitor,
  MONITORS,
  type MonitorJob,
  type MonitorKind,
  type MonitorMaker,
  monitorJobs,
} from '../../../read/generated/monitors';
import type { Node, ScalarNode } from '../../../text';
import { refusalOfMonitor } from '../prometheus/accepted';
import { scrapeJobs } from '../prometheus/jobs';
import { asWritten, Settings } from '../prometheus/settings';
import type { Account, Discoverer, Route, ScrapePipeline } from '../scrape-plan';
import { type Choice, choose, type Ignored, type MonitorFilter } from './choice';

/** Somebody who turns monitors into scrapes. */
export interface MonitorReader {
  readonly maker: MonitorMaker;
  /** What is read, and which of it. */
  readonly filters: Readonly<Partial<Record<MonitorKind, MonitorFilter>>>;
  /** Who asks the API server for monitors. Absent: an operator that is not part of the way. */
  readonly account?: Account;
  /** Who asks it for their targets, where that is not the collector itself. */
  readonly discoverer?: Discoverer;
  readonly prefix: string;
  readonly routes: (rules: Route['rules']) => readonly Route[];
  readonly gaps: readonly Missing[];
}

export interface MonitorPipelines {
  readonly pipelines: readonly ScrapePipeline[];
  readonly ignored: readonly Ignored[];
}

const found = new WeakMap<World, readonly KubeObject[]>();

/** All monitors of a world. */
export function monitorsOf(world: World): readonly KubeObject[] {
  const seen = found.get(world) ?? world.objects.filter(isMonitor);
  found.set(world, seen);
  return seen;
}

export function monitorPipelines(reader: MonitorReader, world: World): MonitorPipelines {
  const pipelines: ScrapePipeline[] = [];
  const ignored: Ignored[] = [];
  for (const object of monitorsOf(world)) {
    const filter = reader.filters[object.kind as MonitorKind];
    if (!filter) continue;
    const choice = choose(object, filter, world);
    if (choice.truth === 'yes') pipelines.push(...pipelinesOf(object, choice, filter, reader, world));
    else ignored.push({ object, choice });
  }
  return { pipelines, ignored };
}

type Yes = Extract<Choice, { readonly truth: 'yes' }>;

function pipelinesOf(
  object: KubeObject,
  choice: Yes,
  filter: MonitorFilter,
  reader: MonitorReader,
  world: World,
): readonly ScrapePipeline[] {
  const settings = new Settings(asWritten);
  const resource = MONITORS[object.kind as MonitorKind];
  const refused = refusalOfMonitor(rulesOfUser(object), labelOf(object), filter.who);
  return monitorJobs(object, reader.maker).flatMap((job) => {
    const gaps = [
      ...reader.gaps,
      ...unplaced(object),
      ...job.secrets.flatMap((name) => absentSecret(object, name, world)),
    ];
    const { prefix, routes, account, discoverer } = reader;
    const made = scrapeJobs([job.node], { settings, prefix, routes, gaps });
    return made.map((pipeline) => ({
      ...pipeline,
      sources: pipeline.sources.map((source) => ({
        ...source,
        rules: source.rules.map((rule) => (refused ? { ...rule, broken: refused } : rule)),
        ...(discoverer && { discoverer }),
      })),
      monitor: {
        object,
        ...portOf(job),
        chosen: { text: choice.text, span: choice.span },
        ...(account && { reader: { account, resource, ...placesOf(filter) } }),
      },
    }));
  });
}

/** All rules that its author wrote, whatever endpoint they are of. */
function rulesOfUser({ node }: KubeObject): readonly Node[] {
  const spec = mapAt(node, 'spec');
  const endpoints = [...itemsAt(spec, 'podMetricsEndpoints'), ...itemsAt(spec, 'endpoints')];
  return [spec, mapAt(spec, 'targets', 'staticConfig'), ...endpoints].flatMap((part) =>
    ['relabelings', 'metricRelabelings', 'relabelingConfigs'].flatMap((key) => itemsAt(part, key)),
  );
}

function portOf({ port }: MonitorJob): { readonly port?: number } {
  return port === undefined ? {} : { port };
}

/** Where monitors are looked for by name; elsewhere all namespaces are watched. */
function placesOf({ names }: MonitorFilter): { readonly namespaces?: Located<readonly string[]> } {
  return names && names.value.length > 0 ? { namespaces: names } : {};
}

function unplaced(object: KubeObject): readonly Missing[] {
  return object.namespace ? [] : [{ kind: 'namespace', what: `the namespace of ${labelOf(object)}` }];
}

/** Credentials come from Secrets that often nobody commits; whether they are there, and are right, is not known. */
function absentSecret(object: KubeObject, name: ScalarNode, world: World): readonly Missing[] {
  const isThere = world.objects.some(
    (one) => one.kind === 'Secret' && one.name.value === name.value && one.namespace?.value === object.namespace?.value,
  );
  if (isThere) return [];
  const place = `${object.namespace?.value ?? ''}/${name.value}`;
  return [{ kind: 'secret', what: `Secret ${place}, which ${labelOf(object)} reads`, help: 'secrets are never read' }];
}

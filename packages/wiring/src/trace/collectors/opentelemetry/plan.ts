import type { Missing, World } from '../../../model';
import { itemsAt, mapAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Environment } from '../../environment';
import type { Break } from '../../path';
import { configuration } from '../configuration';
import type { Collector } from '../find';
import type { MetricsPlan, MetricsSink } from '../metrics-plan';
import type { MonitorPipelines } from '../monitors/pipelines';
import { refusalOfReceiver } from '../prometheus/accepted';
import { scrapeJobs } from '../prometheus/jobs';
import { Settings } from '../prometheus/settings';
import type { Route, ScrapePipeline } from '../scrape-plan';
import { ALLOCATED, type Allocator, allocated, allocatedMonitors, allocatorFor } from './allocator';
import { type Dialect, dialectOf, expander } from './expand';
import { changesOf, deltaFault, processorGaps } from './processors';
import { remoteWriters, withoutEndpoint } from './remote-write';
import { component, componentsOf, type Pipeline, pipelinesOf, serviceFault, typeOf } from './service';

const PROGRAM = 'the OpenTelemetry collector';

/** What an OpenTelemetry collector scrapes and where its pipelines bring the samples. */
export function opentelemetryPlan(collector: Collector, environment: Environment, world: World): MetricsPlan {
  const { root, gaps, broken } = configuration(collector, PROGRAM);
  if (!root) return { program: PROGRAM, sinks: [], pipelines: [], gaps, ...(broken && { broken }) };
  const dialect = dialectOf(collector.container);
  const settings = new Settings(expander(environment, dialect));
  const all = pipelinesOf(root);
  const used = (name: string) => all.some(({ exporters }) => exporters.some((one) => one.name === name));
  const writers = remoteWriters(root, settings);
  const sinks = writers
    .filter((sink) => used(sink.component))
    .map((sink) => ({ ...sink, feeds: feedsOf(sink.component, all) }));
  const receivers = componentsOf(root, 'receivers', 'prometheus');
  const allocator = allocatorFor(collector, world);
  const jobs = (receiver: Receiver): MonitorPipelines => {
    const parts = { ...receiver, ...partsOf(receiver, root, all, writers) };
    if (!allocator || receiver.name !== ALLOCATED || parts.isDead)
      return { pipelines: jobsOf(parts, settings), ignored: [] };
    return allocatedJobs(parts, allocator, collector, world);
  };
  const made = receivers.map(jobs);
  const pipelines = made.flatMap((one) => one.pipelines);
  const fault =
    broken ??
    allocator?.broken ??
    serviceFault(root) ??
    endpointFault(root, used) ??
    receiverFault(receivers) ??
    expansionFault(pipelines, sinks, dialect);
  return {
    program: PROGRAM,
    sinks,
    pipelines,
    ignored: made.flatMap(({ ignored }) => ignored),
    gaps: [...gaps, ...unknownStores(root, all, sinks)],
    ...(fault && { broken: fault }),
  };
}

/** Receivers of other kinds in the pipelines that lead to an exporter. */
function feedsOf(exporter: string, all: readonly Pipeline[]): readonly Missing[] {
  const receivers = all
    .filter(({ exporters }) => exporters.some(({ name }) => name === exporter))
    .flatMap((pipeline) => pipeline.receivers.map(({ name }) => name));
  return [...new Set(receivers)]
    .filter((name) => typeOf(name) !== 'prometheus')
    .map((name) => ({ kind: 'not-examined', what: `what receiver ${name} brings` }));
}

interface Receiver {
  readonly name: string;
  readonly node: Node;
}

interface Parts extends Receiver {
  readonly isDead: boolean;
  readonly gaps: readonly Missing[];
  readonly routes: (rules: Route['rules']) => readonly Route[];
}

/** The way from a Prometheus receiver to the exporters that the pipelines lead to. */
function partsOf(
  { name, node }: Receiver,
  root: Node,
  all: readonly Pipeline[],
  writers: readonly MetricsSink[],
): Omit<Parts, keyof Receiver> {
  const own = all.filter(({ receivers }) => receivers.some((one) => one.name === name));
  // A receiver that no pipeline uses is not even started; where another one feeds the store it is a leftover.
  const isDead = own.length === 0 && (writers.length === 0 || isFed(all, root));
  const isWriter = (exporter: string) => writers.some((sink) => sink.component === exporter);
  const gaps: Missing[] = own.flatMap((pipeline) => {
    const others = pipeline.exporters.filter(
      (one) => !isWriter(one.name) && !(isForPeople(one.name) && writers.length > 0),
    );
    return others.map((one) => ({
      kind: 'not-examined',
      what: `not examined by this version: exporter ${one.name} of pipeline ${pipeline.name}`,
    }));
  });
  const routed = own.flatMap((pipeline) =>
    pipeline.exporters.filter((one) => isWriter(one.name)).map((one) => ({ pipeline, sink: one.name })),
  );
  const open = own.filter((pipeline) => pipeline.exporters.some((one) => isWriter(one.name))).flatMap(processorGaps);
  const allocator = mapAt(node, 'target_allocator')
    ? [{ kind: 'not-examined', what: `not examined by this version: the target allocator of ${name}` }]
    : [];
  return {
    isDead,
    routes: (rules): readonly Route[] =>
      routed.map(({ pipeline, sink }) => {
        const broken = deltaFault(pipeline, root);
        const changes = changesOf(pipeline, component(root, 'exporters', sink)?.node);
        return { sink, rules, changes, ...(broken && { broken }) };
      }),
    gaps: [...(routed.length > 0 ? [] : gaps), ...open, ...allocator],
  };
}

/** The jobs that stand in the configuration of a receiver. */
function jobsOf({ name, node, isDead, routes, gaps }: Parts, settings: Settings): readonly ScrapePipeline[] {
  if (isDead) return [];
  const prefix = name === 'prometheus' ? 'job' : `${name} job`;
  return scrapeJobs(itemsAt(mapAt(node, 'config'), 'scrape_configs'), { settings, prefix, routes, gaps });
}

/** The same where an allocator discovers their targets, with those of the monitors that it reads. */
function allocatedJobs(parts: Parts, allocator: Allocator, collector: Collector, world: World): MonitorPipelines {
  const { discoverer } = allocator;
  const gaps = [...parts.gaps, ...allocator.gaps];
  const own = jobsOf({ ...parts, gaps }, new Settings(allocated)).map((pipeline) => ({
    ...pipeline,
    sources: pipeline.sources.map((source) => ({ ...source, ...(discoverer && { discoverer }) })),
  }));
  const monitors = allocatedMonitors(collector, { ...allocator, gaps }, parts.routes, world);
  return { pipelines: [...own, ...monitors.pipelines], ignored: monitors.ignored };
}

/** Some other receiver of Prometheus' kind brings samples to a writer. */
function isFed(all: readonly Pipeline[], root: Node): boolean {
  return all.some(
    ({ receivers, exporters }) =>
      receivers.some(({ name }) => typeOf(name) === 'prometheus' && component(root, 'receivers', name)) &&
      exporters.some(({ name }) => /^(?:aws)?prometheusremotewrite$/.test(typeOf(name))),
  );
}

/** Exporters that show samples and keep none. */
function isForPeople(name: string): boolean {
  return ['debug', 'logging', 'nop'].includes(typeOf(name));
}

function endpointFault(root: Node, used: (name: string) => boolean): Break | undefined {
  return withoutEndpoint(root).find(({ name }) => used(name))?.broken;
}

function receiverFault(receivers: readonly Receiver[]): Break | undefined {
  for (const { node } of receivers) {
    const config = mapAt(node, 'config');
    const fault = config && refusalOfReceiver(config);
    if (fault) return fault;
  }
  return undefined;
}

/** A reference that the collector cannot resolve stops it, wherever it stands. */
function expansionFault(
  pipelines: readonly ScrapePipeline[],
  sinks: readonly MetricsSink[],
  dialect: Dialect,
): Break | undefined {
  if (dialect !== 'bare dollars stay') return undefined;
  const rules = pipelines.flatMap(({ sources, routes }) => [
    ...sources.flatMap((source) => source.rules),
    ...routes.flatMap((route) => route.rules),
  ]);
  const found = [...rules.map(({ broken }) => broken), ...sinks.map(({ url }) => url.broken)];
  return found.find((one) => one?.claim === 'dollar-is-escaped');
}

/** Pipelines of metrics that end somewhere else are told of, so that nobody takes silence for proof. */
function unknownStores(root: Node, all: readonly Pipeline[], sinks: readonly MetricsSink[]): readonly Missing[] {
  if (sinks.length > 0) return [];
  const ends = all
    .filter(({ name }) => typeOf(name) === 'metrics')
    .flatMap(({ exporters }) => exporters.filter(({ name }) => component(root, 'exporters', name)));
  return ends
    .slice(0, 1)
    .map(({ name }) => ({ kind: 'not-examined', what: `not examined by this version: exporter ${name}` }));
}

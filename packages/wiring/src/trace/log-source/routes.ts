import type { Container, Workload, World } from '../../model';
import type { FluentBitSection } from '../../read/fluent-bit';
import { type LogsPlan, nameOf } from '../collectors/logs-plan';
import { type Flow, type FlowContext, lacking } from './flow';
import { isForContainers, type Reading, readingOf, tagOf, tailsOf } from './inputs';
import { ADDON_FILES, anyLogFile, type LogFile, logFileOf } from './log-files';
import { metadataOf } from './metadata';
import { NodeView } from './mounts';
import { type Parsed, parsedBy } from './parsing';
import { throughFilters } from './pipeline';
import { hasRoutes, throughProcessors } from './processors';

/** The way of one container's lines through one input, to where the filters leave them. */
export interface Route {
  /** Absent: any workload that the input may come upon. */
  readonly workload?: Workload;
  readonly container?: Container;
  readonly file: LogFile;
  readonly input: FluentBitSection;
  readonly reading: Reading;
  readonly parsed: Parsed;
  readonly flow: Flow;
  /** What processors of an output need to know. */
  readonly context: FlowContext;
}

export interface Routes {
  readonly view: NodeView;
  readonly all: readonly Route[];
  /** The way that lines of pods would take that are not in the input, by every input for containers. */
  readonly supposed: readonly Route[];
  /** Inputs that read no container of any workload of the input. */
  readonly idle: readonly FluentBitSection[];
  /** Of those, the ones that read what EKS itself runs. */
  readonly forAddons: readonly FluentBitSection[];
}

const found = new WeakMap<LogsPlan, Routes>();

/** Every container of a world, tried on every tail input of a collector; made once for each plan. */
export function routesOf(plan: LogsPlan, world: World): Routes {
  const known = found.get(plan);
  if (known) return known;
  const routes = readRoutes(plan, world);
  found.set(plan, routes);
  return routes;
}

function readRoutes(plan: LogsPlan, world: World): Routes {
  const { workload: own, container: collector } = plan.collector;
  const view = new NodeView(own.pod, collector);
  const tails = tailsOf(plan);
  const all: Route[] = [];
  const busy = new Set<FluentBitSection>();
  for (const workload of world.cluster.workloads) {
    for (const container of workload.pod.containers) {
      const file = logFileOf(workload, container);
      for (const input of tails) {
        const reading = readingOf(input, file, view, plan);
        if (reading.truth === 'no') continue;
        busy.add(input);
        if (!reading.isChance) all.push(...routesThrough({ input, file, reading, workload, container }, plan, world));
      }
    }
  }
  const idle = tails.filter((input) => !busy.has(input));
  const forAddons = idle.filter((input) =>
    ADDON_FILES.some((file) => readingOf(input, file, view, plan).truth !== 'no'),
  );
  const file = anyLogFile();
  const supposed = tails.filter(isForContainers).flatMap((input) => {
    const [path] = [file.link, file.file].flatMap((one) => view.seenAs(one));
    if (!path) return [];
    const found = readingOf(input, file, view, plan);
    const reading: Reading = { ...found, truth: 'unknown', path: found.path ?? path };
    return routesThrough({ input, file, reading }, plan, world);
  });
  return { view, all, supposed, idle, forAddons };
}

type Start = Omit<Route, 'parsed' | 'flow' | 'context'>;

/** Where an input names its outputs itself, nobody's Match says where its records go. */
function routed(flow: Flow, input: FluentBitSection): Flow {
  if (!hasRoutes(input)) return flow;
  return lacking(flow, { kind: 'tag', what: `not examined by this version: routes of ${nameOf(input)}` });
}

/** One route for each flow that comes of it behind the filters. */
function routesThrough(start: Start, plan: LogsPlan, world: World): readonly Route[] {
  const { input, file, reading, workload, container } = start;
  if (!reading.path) return [];
  const parsed = parsedBy(input, plan, reading.path);
  const context: FlowContext = {
    file,
    parsers: plan.parsers,
    metadata: (section, resource) => metadataOf(plan, section, resource, workload, world),
    ...(workload && { workload }),
    ...(container && { container }),
  };
  const flow: Flow = {
    tag: tagOf(input, plan, reading.path, [file.pod, file.namespace, file.container, file.id]),
    record: parsed.record,
    isRaw: parsed.isRaw,
    evidence: [],
    missing: [],
    failures: [],
  };
  const processed = routed(throughProcessors(flow, input, context), input);
  const flows = processed.dropped ? [processed] : throughFilters(processed, plan, context);
  return flows.map((one) => ({ ...start, parsed, flow: one, context }));
}

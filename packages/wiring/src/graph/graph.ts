import type { PathVerdict, Status, Verdict } from '../report';

/** What is left of a verdict when paths that share a stretch are laid on one another. */
export interface Graph {
  readonly schemaVersion: 1;
  readonly worlds: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** Stable while names are unchanged. */
  readonly id: string;
  readonly world: string;
  /** A view is a dashboard, a rule, a kept question: what reads a store. */
  readonly kind: 'source' | 'collector' | 'store' | 'view';
  readonly label: string;
}

/** The hops from one node to the next, for all paths that take them. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly world: string;
  readonly signal: string;
  readonly status: Status;
  /** Kinds of hops on this stretch, each with the worst that any of the paths says of it. */
  readonly hops: readonly { readonly kind: string; readonly status: Status }[];
  readonly paths: readonly string[];
  readonly findings: readonly string[];
}

/** Hops before the collector; the others lie between it and the store. */
const OF_SOURCE = new Set([
  'discovery',
  'relabelling',
  'scrape',
  'network',
  'container-log',
  'input',
  'parser',
  'filters',
]);
/** Signals that begin at a store. */
const OF_STORE = new Set(['dashboards', 'alerts']);
const WORST: readonly Status[] = ['broken', 'unknown', 'proven'];

/** Sources, collectors, stores and what reads them, and what lies between them. */
export function graphOf(verdict: Verdict): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const node = (world: string, kind: GraphNode['kind'], label: string): string => {
    const id = `${world}/${kind}/${label}`;
    nodes.set(id, { id, world, kind, label });
    return id;
  };
  for (const path of verdict.paths) {
    const { world, source, sink } = path;
    const label = `${source.kind} ${source.namespace ? `${source.namespace}/` : ''}${source.name}`;
    if (OF_STORE.has(path.signal)) {
      const from = node(world, 'store', source.kind === 'LogGroup' ? source.name : label);
      add(edges, path, from, node(world, 'view', viewOf(path)), path.hops);
      continue;
    }
    const collector = collectorOf(path);
    const store = node(world, 'store', sink.id);
    const first = path.hops.filter(({ kind }) => OF_SOURCE.has(kind));
    const second = path.hops.filter(({ kind }) => !OF_SOURCE.has(kind));
    if (collector === undefined) {
      add(edges, path, node(world, 'source', label), store, path.hops);
      continue;
    }
    const middle = node(world, 'collector', collector);
    // A path that begins at its collector has nothing that can be named before it.
    const from =
      collector === label && isOpen(first) ? node(world, 'source', 'workloads') : node(world, 'source', label);
    if (first.length > 0) add(edges, path, from, middle, first);
    add(edges, path, middle, store, second);
  }
  const byId = <T extends { readonly id: string }>(a: T, b: T) => (a.id < b.id ? -1 : 1);
  const keyOf = ({ from, to, signal }: GraphEdge) => [from, to, signal].join('\n');
  return {
    schemaVersion: 1,
    worlds: verdict.worlds.map(({ name }) => name),
    nodes: [...nodes.values()]
      .filter((one) => [...edges.values()].some(({ from, to }) => from === one.id || to === one.id))
      .sort(byId),
    edges: [...edges.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

/** Panels of one dashboard are one place. */
function viewOf({ sink }: PathVerdict): string {
  return /dashboard ".*"$/.exec(sink.id)?.[0] ?? `${sink.kind} ${sink.id}`;
}

/** Who carries the signal: it is the one that runs as a service account, or that writes. */
function collectorOf({ hops }: PathVerdict): string | undefined {
  const hop = hops.find(({ kind }) => kind === 'service-account') ?? hops.find(({ kind }) => kind === 'remote-write');
  return hop && /^\w+ \S+/.exec(hop.from)?.[0];
}

function isOpen(hops: PathVerdict['hops']): boolean {
  return hops.every(({ status }) => status === 'unknown');
}

function add(
  edges: Map<string, GraphEdge>,
  path: PathVerdict,
  from: string,
  to: string,
  hops: PathVerdict['hops'],
): void {
  const key = [from, to, path.signal].join('\n');
  const seen = edges.get(key);
  const merged = new Map((seen?.hops ?? []).map(({ kind, status }) => [kind, status]));
  for (const { kind, status } of hops) merged.set(kind, worst([merged.get(kind) ?? status, status]));
  edges.set(key, {
    from,
    to,
    world: path.world,
    signal: path.signal,
    status: worst([...merged.values()]),
    hops: [...merged].map(([kind, status]) => ({ kind, status })),
    paths: [...(seen?.paths ?? []), path.id],
    findings: [...new Set([...(seen?.findings ?? []), ...hops.flatMap(({ findings }) => findings)])].sort(),
  });
}

function worst(statuses: readonly Status[]): Status {
  return WORST.find((status) => statuses.includes(status)) ?? 'proven';
}

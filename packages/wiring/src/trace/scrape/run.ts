import { type Missing, textOf, type Workload } from '../../model';
import { INSIDE, type ScrapePipeline, type TargetSource } from '../collectors/scrape-plan';
import { type Label, type Labels, type Outcome, type RelabelRule, relabel } from './relabel';
import { portBehind, type Surrounding, targetsFor } from './roles';
import { lookupMeta, type PodTarget, WITNESSES } from './targets';

/** What a scrape would call, after relabelling and defaults. */
export interface ScrapeTarget {
  /** `pod`: the address of the pod itself; any other text is the host as it stands. */
  readonly host: string;
  /** As it is written; empty when the address has none. */
  readonly port: string;
  readonly scheme: string;
  readonly path: string;
  /** Absent `__address__`: the rule that took it away, if one did. */
  readonly lost?: { readonly rule?: RelabelRule };
  /** The rule that emptied the path, where one did. */
  readonly emptied?: RelabelRule;
  /** The collector asks a part of itself. */
  readonly isInside: boolean;
  readonly missing: readonly Missing[];
  /** Labels that samples get. */
  readonly labels: Labels;
}

export interface Dropped {
  readonly rule: RelabelRule;
  readonly value: string;
}

/** What the rules make of all targets of a workload. */
export interface RunResult {
  /** Apart by address, scheme and path: the same three are one scrape. */
  readonly kept: readonly ScrapeTarget[];
  readonly dropped: readonly Dropped[];
  readonly open: readonly Missing[];
}

export function runTargets(
  workload: Workload,
  source: TargetSource,
  pipeline: ScrapePipeline,
  around: Surrounding,
): RunResult {
  const dropped: Dropped[] = [];
  const open: Missing[] = [];
  const kept = new Map<string, ScrapeTarget>();
  const all = WITNESSES.map((witness) =>
    targetsFor(source, workload, witness, around).map((target) => started(target, pipeline)),
  );
  for (const [index, first] of all[0].entries()) {
    const outcome = relabel(first.labels, source.rules, lookupMeta);
    if (outcome.kind === 'dropped') {
      dropped.push({ rule: outcome.rule, value: outcome.value });
      continue;
    }
    if (outcome.kind === 'open') {
      open.push(outcome.missing);
      continue;
    }
    const others = all.slice(1).map((targets) => ({
      target: targets[index],
      outcome: relabel(targets[index].labels, source.rules, lookupMeta),
    }));
    const read = (one: PodTarget, kept: Kept) => readTarget(one, kept, { workload, source, pipeline, around });
    const target = agreed([{ target: first, outcome }, ...others], read);
    if (!target) {
      open.push({
        kind: 'relabelling',
        what: `what the rules of ${source.component} make of a pod whose name, node or address is not known yet`,
      });
    } else {
      const key = [target.scheme, target.host, target.port, target.path, target.lost !== undefined].join('\n');
      if (!kept.has(key)) kept.set(key, target);
    }
  }
  return { kept: [...kept.values()], dropped, open };
}

const CERTAIN: ReadonlySet<never> = new Set();

/** Prometheus writes what its job says of a target onto the target before the rules run (scrape.PopulateLabels). */
function started(target: PodTarget, { semantics, labels, path, scheme }: ScrapePipeline): PodTarget {
  if (!semantics.labelsFirst) return target;
  const found = new Map(target.labels);
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined && !found.get(name)?.value) found.set(name, { value, rests: CERTAIN });
  };
  for (const [name, value] of labels ?? []) put(name, value);
  put('__metrics_path__', path ? textOf(path) : '/metrics');
  put('__scheme__', scheme ? textOf(scheme) : 'http');
  return { ...target, labels: found };
}

/** Stands for the name of each node in what is the same of all. */
export const NODE = '<node>';

interface Tried {
  readonly target: PodTarget;
  readonly outcome: Outcome;
}

/** The one thing that all witnesses say, if they do. */
function agreed(
  tried: readonly Tried[],
  read: (target: PodTarget, outcome: Kept) => ScrapeTarget,
): ScrapeTarget | undefined {
  const found = tried.map(({ target, outcome }) => (outcome.kind === 'kept' ? read(target, outcome) : undefined));
  const [first] = found;
  const isSame = (other: ScrapeTarget | undefined) =>
    other !== undefined &&
    first !== undefined &&
    (['host', 'port', 'scheme', 'path'] as const).every((key) => other[key] === first[key]) &&
    (other.lost === undefined) === (first.lost === undefined);
  return first && found.every(isSame) ? first : undefined;
}

type Kept = Outcome & { readonly kind: 'kept' };

interface Scraped {
  readonly workload: Workload;
  readonly source: TargetSource;
  readonly pipeline: ScrapePipeline;
  readonly around: Surrounding;
}

function readTarget(
  { witness }: PodTarget,
  { labels, deleted }: Kept,
  { workload, source, pipeline, around }: Scraped,
): ScrapeTarget {
  const missing: Missing[] = [];
  const text = (name: string): string => {
    const label: Label | undefined = labels.get(name);
    const isNamed = source.role === 'node' && label?.value.includes(witness.node);
    const rests = [...(label?.rests ?? [])].filter((one) => one !== 'ip' && !(one === 'node' && isNamed));
    if (rests.length > 0)
      missing.push({ kind: 'relabelling', what: `${name}, which rests on the ${rests.join(' and the ')}` });
    // Every node is called by its own name, at the same place.
    return (label?.value ?? '').replaceAll(witness.node, isNamed ? NODE : witness.node);
  };
  // A scrape that is given no path or scheme takes its own, and where a rule emptied them too.
  const fallback = (value: ScrapePipeline['path'], otherwise: string): string => {
    const found = value === undefined ? otherwise : textOf(value);
    if (found === undefined) missing.push({ kind: 'value', what: `a setting of ${pipeline.component}` });
    return found || otherwise;
  };
  const kept = (name: string, value: ScrapePipeline['path'], otherwise: string): string => {
    const found = text(name);
    if (found !== '') return found;
    const isEmptied = pipeline.semantics.labelsFirst && deleted.has(name);
    return isEmptied ? '' : fallback(value, otherwise);
  };
  const emptied = deleted.get('__metrics_path__');
  const address = text('__address__');
  const rule = deleted.get('__address__');
  const parts = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(address);
  const host = parts ? (parts[1] ?? parts[2]) : address;
  const isPod = host === witness.ip || host === witness.hostIp;
  const behind = isPod ? undefined : portBehind(host, parts?.[3] ?? '', workload, around);
  return {
    isInside: host === INSIDE,
    host: isPod || behind !== undefined ? 'pod' : host,
    port: behind ?? parts?.[3] ?? '',
    scheme: kept('__scheme__', pipeline.scheme, 'http'),
    path: kept('__metrics_path__', pipeline.path, '/metrics'),
    missing,
    labels,
    ...(emptied && { emptied }),
    ...(address === '' && missing.length === 0 && { lost: rule ? { rule } : {} }),
  };
}

import { type Missing, textOf, type Workload } from '../../model';
import type { ScrapePipeline, TargetSource } from '../collectors/scrape-plan';
import { type Label, type Labels, type Outcome, type RelabelRule, relabel } from './relabel';
import { lookupMeta, type PodTarget, targetsOf, WITNESSES } from './targets';

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

export function runTargets(workload: Workload, source: TargetSource, pipeline: ScrapePipeline): RunResult {
  const dropped: Dropped[] = [];
  const open: Missing[] = [];
  const kept = new Map<string, ScrapeTarget>();
  const all = WITNESSES.map((witness) => targetsOf(workload, witness).map((target) => started(target, pipeline)));
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
    const target = agreed([{ target: first, outcome }, ...others], pipeline);
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

interface Tried {
  readonly target: PodTarget;
  readonly outcome: Outcome;
}

/** The one thing that all witnesses say, if they do. */
function agreed(tried: readonly Tried[], pipeline: ScrapePipeline): ScrapeTarget | undefined {
  const found = tried.map(({ target, outcome }) =>
    outcome.kind === 'kept' ? readTarget(target, outcome, pipeline) : undefined,
  );
  const [first] = found;
  const isSame = (other: ScrapeTarget | undefined) =>
    other !== undefined &&
    first !== undefined &&
    (['host', 'port', 'scheme', 'path'] as const).every((key) => other[key] === first[key]) &&
    (other.lost === undefined) === (first.lost === undefined);
  return first && found.every(isSame) ? first : undefined;
}

function readTarget(
  { witness }: PodTarget,
  { labels, deleted }: Outcome & { readonly kind: 'kept' },
  pipeline: ScrapePipeline,
): ScrapeTarget {
  const missing: Missing[] = [];
  const text = (name: string): string => {
    const label: Label | undefined = labels.get(name);
    const rests = [...(label?.rests ?? [])].filter((one) => one !== 'ip');
    if (rests.length > 0)
      missing.push({ kind: 'relabelling', what: `${name}, which rests on the ${rests.join(' and the ')}` });
    return label?.value ?? '';
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
  return {
    host: host === witness.ip || host === witness.hostIp ? 'pod' : host,
    port: parts?.[3] ?? '',
    scheme: kept('__scheme__', pipeline.scheme, 'http'),
    path: kept('__metrics_path__', pipeline.path, '/metrics'),
    missing,
    labels,
    ...(emptied && { emptied }),
    ...(address === '' && missing.length === 0 && { lost: rule ? { rule } : {} }),
  };
}

import { any, equal, type LogGroup, type Missing, type Truth, textOf, type Value, type World } from '../../model';
import { RESULT_FIELDS, SYSTEM_FIELDS } from '../../read/insights';
import { nearestName } from '../../text';
import { pluginOf } from '../collectors/logs-plan';
import { type Arrival, logArrivals } from './arrivals';
import type { FieldVerdict } from './query';
import { fieldAt, fieldNames, hasField } from './record';

/** Namespaces that every cluster has, or that AWS makes in it. */
const OTHER_NAMESPACES = /^(?:default|kube-.*|amazon-.*|aws-.*|eks-.*)$/;

/** What can be asked of some log groups together. */
export class LogStore {
  readonly arrivals: readonly Arrival[];
  /** Why more may arrive than is known. */
  readonly open: readonly Missing[];
  private readonly names: readonly string[];
  private readonly verdicts = new Map<string, FieldVerdict>();

  constructor(
    groups: readonly Value[],
    /** The group whose class has no fields of its own, when all are such. */
    readonly withoutFields: LogGroup | undefined,
    private readonly world: World,
  ) {
    const { all, open } = logArrivals(world);
    const lost: Missing[] = [];
    this.arrivals = all.filter(({ group, sink }) => {
      const truth = group ? any(groups.map((name) => equal(name, group))) : 'unknown';
      if (truth === 'unknown') lost.push({ kind: 'log-group', what: `which group ${sink.component} writes to` });
      return truth === 'yes';
    });
    this.open = [...open, ...lost];
    this.names = [...new Set(this.arrivals.flatMap(({ record }) => fieldNames(record)))];
  }

  /** Does an event have this field? */
  verdict(name: string): FieldVerdict {
    const found = this.verdicts.get(name) ?? this.judge(name);
    this.verdicts.set(name, found);
    return found;
  }

  private judge(name: string): FieldVerdict {
    if (name.startsWith('@')) return systemVerdict(name);
    if (this.withoutFields) return { truth: 'no' };
    if (this.arrivals.length === 0) return { truth: 'unknown' };
    const truth = this.truthOf(name);
    if (truth !== 'no') return { truth };
    const meant = this.meant(name);
    return meant === undefined ? { truth } : { truth, meant };
  }

  private truthOf(name: string): Truth {
    // Pods that are not in the input may be read as well: they say no more than those that are.
    const own = this.arrivals.filter(({ route }) => route.workload);
    const truths = (own.length > 0 ? own : this.arrivals).map(({ record }) => hasField(record, name));
    const found = any(truths);
    if (found !== 'no') return found;
    return this.open.length > 0 || this.arrivals.some(({ record }) => hasField(record, name) !== 'no')
      ? 'unknown'
      : 'no';
  }

  /** A field of nearly that name, or of that name inside of a map. */
  private meant(name: string): string | undefined {
    return this.names.find((one) => one.endsWith(`.${name}`)) ?? nearestName(name, this.names);
  }

  /** The name leads into a map that the collector makes: nobody else's field can be meant. */
  isOfCollector(name: string): boolean {
    const first = name.slice(0, name.indexOf('.') + 1);
    if (first === '') return false;
    return (
      this.names.some((one) => one.startsWith(first)) ||
      (first === 'kubernetes.' &&
        this.arrivals.some(({ plan }) => plan.filters.some((one) => pluginOf(one) === 'kubernetes')))
    );
  }

  /** Where what arrives cannot hold this text; `undefined`: it can, or nobody knows. */
  impossible(name: string, wanted: string): { readonly others: readonly string[] } | undefined {
    const { cluster, closedManifests } = this.world;
    if (this.open.length > 0 || !closedManifests || OTHER_NAMESPACES.test(wanted)) return undefined;
    if (cluster.access.namespaceNames.has(wanted)) return undefined;
    const others = new Set<string>();
    for (const { record } of this.arrivals) {
      const field = fieldAt(record, name);
      if (field?.kind !== 'text') return undefined;
      const text = textOf(field.value);
      if (text === wanted) return undefined;
      if (text !== undefined) others.add(text);
      else if (!isNamespace(field.value)) return undefined;
    }
    return others.size > 0 && this.isNamespaceField(name) ? { others: [...others].sort() } : undefined;
  }

  /** The field holds the namespace of the pod that wrote the line, whatever the field is called. */
  private isNamespaceField(name: string): boolean {
    return this.arrivals.every(({ record, route }) => {
      const field = fieldAt(record, name);
      return field?.kind === 'text' && equal(field.value, route.file.namespace) === 'yes';
    });
  }
}

/** The namespace of pods that are not in the input. */
function isNamespace(value: Value): boolean {
  return value.kind === 'symbol' && value.key.endsWith('#namespace');
}

function systemVerdict(name: string): FieldVerdict {
  const all = [...SYSTEM_FIELDS, ...RESULT_FIELDS];
  if (all.some((field) => name === field || name.startsWith(`${field}.`))) return { truth: 'yes' };
  const isCase = all.some((field) => field.toLowerCase() === name.toLowerCase());
  const meant = isCase ? undefined : nearestName(name, all);
  return meant === undefined ? { truth: 'unknown' } : { truth: 'no', meant };
}

import { type MetricPage, type Missing, textOf } from '../../model';
import type { MetricsFlow } from '../flow';
import { type Label, type Labels, type RelabelRule, relabel } from '../scrape/relabel';

/** Pages of one target, and whether what is on none of them is not there. */
export interface Coverage {
  readonly pages: readonly MetricPage[];
  /** Absent: what is on no page, the target does not serve. */
  readonly missing?: Missing;
}

/** What becomes of the series of one name on their way. */
export type Arriving =
  | { readonly kind: 'series'; readonly labels: Labels; readonly isOnPage: boolean; readonly missing?: Missing }
  | { readonly kind: 'dropped'; readonly rule: RelabelRule; readonly value: string }
  | { readonly kind: 'open'; readonly missing: Missing };

/** What Prometheus itself says of each scrape (scrape/scrape.go). */
const OF_SCRAPE: ReadonlySet<string> = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
]);

const NOTHING: Label['rests'] = new Set();
const METRIC: Label['rests'] = new Set(['metric'] as const);
const CLUSTER: Label['rests'] = new Set(['cluster'] as const);
const SUFFIXED = /_total$/;

/** The series of one target that one writer brings to a store. Everything is worked out when it is asked for. */
export class Arrival {
  private target?: ReadonlyMap<string, Label>;
  private readonly kept = new Map<string, readonly Arriving[]>();

  constructor(
    readonly flow: MetricsFlow,
    readonly coverage: Coverage,
  ) {}

  /** Names that the target may be asked for; those of the pages, and those of every scrape. */
  names(): readonly string[] {
    const onPages = this.coverage.pages.flatMap(({ series }) => [...series.keys()]);
    const all = this.flow.sink.addsSuffixes ? onPages.flatMap((name) => [name, `${name}_total`]) : onPages;
    return [...all, ...OF_SCRAPE];
  }

  /** Labels that samples of the target get from it. */
  labels(): ReadonlyMap<string, Label> {
    this.target ??= targetLabels(this.flow);
    return this.target;
  }

  /**
   * The series that arrive under a name.
   *
   * @param asked labels that somebody asks for, which the metric may have itself
   */
  series(name: string, asked: readonly string[]): readonly Arriving[] {
    const key = `${name}\n${asked.join('\n')}`;
    const before = this.kept.get(key);
    if (before) return before;
    const found = this.look(name, asked);
    // Most targets do not serve what is asked for, and to find that out again costs nothing.
    if (found.length > 0) this.kept.set(key, found);
    return found;
  }

  private look(name: string, asked: readonly string[]): readonly Arriving[] {
    if (OF_SCRAPE.has(name)) return [this.through(this.named(name, this.labels()), true, true)];
    const renamer = this.renamer();
    if (renamer)
      return [{ kind: 'open', missing: { kind: 'relabelling', what: `what ${renamer.component} calls it` } }];
    const { pages } = this.coverage;
    const own = pages.flatMap(({ series }) => series.get(name) ?? []);
    const suffixed =
      this.flow.sink.addsSuffixes && SUFFIXED.test(name)
        ? pages.flatMap(({ series }) => series.get(name.replace(SUFFIXED, '')) ?? [])
        : [];
    const counters = suffixed.filter(({ type }) => type === 'counter');
    const found = [...own, ...counters].flatMap((series) => {
      // The exporter of OpenTelemetry's collector adds the suffix, by default and in most versions.
      const isRenamed = this.flow.sink.addsSuffixes && series.type === 'counter' && !SUFFIXED.test(series.name);
      const missing = isRenamed && series.name === name ? suffix(name) : this.coverage.missing;
      return series.shapes.flatMap(({ labels, examples }) =>
        (examples.length > 0 ? examples : [undefined]).map((values): Arriving => {
          const start = this.merged(name, labels, values, values ? [] : asked);
          const through = this.through(start, true, false);
          return missing && through.kind === 'series' ? { ...through, missing } : through;
        }),
      );
    });
    if (found.length > 0 || !this.coverage.missing) return found;
    return [this.through(this.merged(name, [], undefined, asked), false, false)];
  }

  private named(name: string, labels: ReadonlyMap<string, Label>): Map<string, Label> {
    return new Map([...labels, ['__name__', { value: name, rests: NOTHING }]]);
  }

  /** Labels of a sample and of its target: one of both gives way (scrape/scrape.go, mutateSampleLabels). */
  private merged(
    name: string,
    labels: readonly string[],
    values: readonly string[] | undefined,
    asked: readonly string[],
  ): Map<string, Label> {
    const target = this.labels();
    const honors = this.honors();
    const all = this.named(name, target);
    const put = (label: string, value: string) => {
      const isTaken = (target.get(label)?.value ?? '') !== '' && honors !== 'true';
      all.set(isTaken ? `exported_${label}` : label, { value, rests: METRIC });
    };
    for (const [index, label] of labels.entries()) put(label, values?.[index] ?? '');
    if (values) return all;
    for (const label of asked) if (!all.has(label)) all.set(label, { value: '', rests: METRIC });
    if (honors === 'true') for (const [label, { value }] of target) all.set(label, { value, rests: METRIC });
    return all;
  }

  private honors(): string {
    const { honorsLabels } = this.flow.pipeline;
    return honorsLabels ? (textOf(honorsLabels) ?? 'true') : 'false';
  }

  /** Through the rules behind the scrape, the external labels, and the rules of the writer. */
  private through(start: ReadonlyMap<string, Label>, isKnown: boolean, isOfScrape: boolean): Arriving {
    const { rules, sink, pipeline, changes } = this.flow;
    // Prometheus' own rules for samples are not for what it says of the scrape; components of Alloy see all samples.
    const behind = isOfScrape && pipeline.semantics.labelsFirst ? [] : rules;
    const before = this.run(start, behind, isKnown);
    if (before.kind !== 'series') return before;
    const labels = new Map(before.labels);
    for (const [name, value] of sink.externalLabels ?? []) {
      if ((labels.get(name)?.value ?? '') !== '') continue;
      const text = textOf(value);
      labels.set(name, { value: text ?? '', rests: text === undefined ? CLUSTER : NOTHING });
    }
    const after = this.run(labels, sink.rules, isKnown);
    const [missing] = changes;
    return after.kind === 'series' && missing ? { ...after, missing } : after;
  }

  private run(start: ReadonlyMap<string, Label>, rules: readonly RelabelRule[], isOnPage: boolean): Arriving {
    if (rules.length === 0) return { kind: 'series', labels: new Map(start), isOnPage };
    const isComplete = isOnPage;
    const outcome = relabel(start, rules, (name) =>
      isComplete || start.has(name) ? undefined : { value: '', rests: METRIC },
    );
    if (outcome.kind === 'kept') return { kind: 'series', labels: outcome.labels, isOnPage };
    return outcome.kind === 'dropped'
      ? { kind: 'dropped', rule: outcome.rule, value: outcome.value }
      : { kind: 'open', missing: outcome.missing };
  }

  /** A rule that gives metrics other names. */
  private renamer(): RelabelRule | undefined {
    return [...this.flow.rules, ...this.flow.sink.rules].find(
      ({ action, target }) => !/^(?:keep|drop|label)/.test(action) && (target === '__name__' || target.includes('$')),
    );
  }
}

function suffix(name: string): Missing {
  return { kind: 'name', what: `whether ${name} arrives as ${name}_total, as the collector's exporter calls counters` };
}

/** Labels without those that begin with `__`, with those that every target gets (scrape/target.go, PopulateLabels). */
function targetLabels({ target, pipeline }: MetricsFlow): ReadonlyMap<string, Label> {
  const found = new Map<string, Label>();
  for (const [name, label] of target.labels) if (!name.startsWith('__')) found.set(name, label);
  const put = (name: string, value: string | undefined, rests: Label['rests'] = NOTHING) => {
    if ((found.get(name)?.value ?? '') === '' && value !== undefined) found.set(name, { value, rests });
  };
  const { job } = pipeline;
  put('job', job ? textOf(job) : pipeline.labels?.get('job'));
  const address = target.labels.get('__address__');
  put('instance', address?.value ?? '', address?.rests ?? CLUSTER);
  return found;
}

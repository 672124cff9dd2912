import type { KubeObject, Missing, PrometheusWorkspace, Value } from '../model';
import type { MetricsSink } from './collectors/metrics-plan';
import type { ScrapePipeline } from './collectors/scrape-plan';
import type { Path } from './path';
import type { RelabelRule } from './scrape/relabel';
import type { ScrapeTarget } from './scrape/run';

/** The store that a collector writes to, as far as its URL says it. */
export interface Destination {
  readonly workspace?: PrometheusWorkspace;
  readonly id?: Value;
  /** Whether the URL is one of Amazon's at all. */
  readonly amazon: boolean;
}

/** One target whose samples a collector brings to a store: what queries find there comes by these. */
export interface MetricsFlow {
  readonly path: Path;
  /** The object whose pods scrape. */
  readonly collector: KubeObject;
  readonly pipeline: ScrapePipeline;
  readonly target: ScrapeTarget;
  /** Rules for samples between the scrape and the writer. */
  readonly rules: readonly RelabelRule[];
  /** What nobody can say of names and labels. */
  readonly changes: readonly Missing[];
  readonly sink: MetricsSink;
  readonly destination: Destination;
}

/** Something that may bring samples to a store, and that nobody can follow. */
export interface Opening {
  /** Absent: any store. */
  readonly destination?: Destination;
  /** Absent: of no collector in particular. */
  readonly collector?: KubeObject;
  readonly missing: Missing;
}

/** Takes down what arrives where; nobody does unless something asks for it. */
export interface FlowRecord {
  readonly flows: MetricsFlow[];
  readonly openings: Opening[];
}

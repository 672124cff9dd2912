import type { Span } from '../text';

/** Types of both text formats; `unknown` where a page says none. */
export type MetricType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary'
  | 'info'
  | 'stateset'
  | 'unknown';

/** Series of one name whose labels have the same names. */
export interface SeriesShape {
  readonly labels: readonly string[];
  /** Values of some of them, in the order of the labels. */
  readonly examples: readonly (readonly string[])[];
  readonly span: Span;
}

/** What a target serves under one name, as a store knows it: `http_request_duration_seconds_bucket`. */
export interface MetricSeries {
  readonly name: string;
  readonly type: MetricType;
  readonly shapes: readonly SeriesShape[];
}

/** A page that somebody saved, and whose it is. */
export interface MetricPage {
  readonly file: string;
  readonly series: ReadonlyMap<string, MetricSeries>;
  /** Absent parts: any. A page without a workload is that of a target that has no page of its own. */
  readonly of: PageOwner;
}

export interface PageOwner {
  readonly namespace?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly container?: string;
  readonly port?: number;
  readonly path?: string;
}

import type { Missing, Value } from '../../model';
import type { Span } from '../../text';
import type { Break } from '../path';
import type { RelabelRule } from '../scrape/relabel';
import type { Ignored } from './monitors/choice';
import type { ScrapePipeline } from './scrape-plan';

/** One place that a collector writes metrics to, whatever the collector is. */
export interface MetricsSink {
  /** Names the sink inside the collector: `prometheus.remote_write.amp`. */
  readonly component: string;
  readonly index: number;
  readonly url: Setting;
  readonly signing?: Signing;
  /** Another way to authenticate than SigV4, as the configuration calls it. */
  readonly otherAuth?: string;
  /** Labels that every sample gets that does not have them. */
  readonly externalLabels?: ReadonlyMap<string, Value>;
  /** What is done to samples before they are sent. */
  readonly rules: readonly RelabelRule[];
  /** What brings samples to it beside scrapes, so that nobody knows all of their names. */
  readonly feeds?: readonly Missing[];
  /** Counters get the suffix `_total` when they have none. */
  readonly addsSuffixes?: boolean;
  /** How this collector is told to sign, for a report. */
  readonly howToSign: string;
  /** The writer cannot work as it is configured, whatever it is given. */
  readonly broken?: Break;
  readonly missing?: readonly Missing[];
  readonly span: Span;
}

export interface Signing {
  readonly region?: Setting;
  readonly roleArn?: Setting;
  /** Absent: the collector's default, `aps`. */
  readonly service?: Setting;
  /** A region that is not written is taken from the URL, not from the environment. */
  readonly isFromUrl?: boolean;
  readonly span: Span;
}

/** A setting with its value, and the fault that keeps it from having one. */
export interface Setting {
  readonly value: Value;
  readonly span: Span;
  readonly broken?: Break;
  /** Variables that are not set anywhere, so that the collector reads them as empty. */
  readonly unset: readonly string[];
  /** Where the variables in it get their values. */
  readonly origins: readonly Origin[];
}

export interface Origin {
  readonly variable: string;
  readonly span: Span;
}

/** The other ends of a setting, for a report. */
export function originsOf({ origins }: Setting): readonly { readonly span: Span; readonly message: string }[] {
  return origins.map(({ variable, span }) => ({ span, message: `${variable} comes from here` }));
}

export interface MetricsPlan {
  /** How reports call the program: `Alloy`. */
  readonly program: string;
  readonly sinks: readonly MetricsSink[];
  readonly pipelines: readonly ScrapePipeline[];
  /** Monitors in the input that this collector does not take. */
  readonly ignored?: readonly Ignored[];
  /** Parts of the configuration that this version cannot follow. */
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

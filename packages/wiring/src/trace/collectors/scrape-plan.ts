import type { Missing, Value } from '../../model';
import type { Span } from '../../text';
import type { Break } from '../path';
import type { RelabelRule } from '../scrape/relabel';

/** One scrape of a collector: where its targets come from, and where its samples go. */
export interface ScrapePipeline {
  /** Names the scrape inside the collector: `prometheus.scrape.pods`. */
  readonly component: string;
  readonly span: Span;
  readonly sources: readonly PodSource[];
  /** The path for targets that bring none; absent: `/metrics`. */
  readonly path?: Value;
  /** The same for the scheme; absent: `http`. */
  readonly scheme?: Value;
  readonly routes: readonly Route[];
  readonly forwardSpan?: Span;
  /** Targets and routes of kinds that this version does not examine. */
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
}

/** Pods that the API server tells of, and the rules that their targets go through. */
export interface PodSource {
  readonly component: string;
  readonly span: Span;
  /** Namespaces to look in; empty: all, or the collector's own. */
  readonly names: readonly Value[];
  readonly namesSpan: Span;
  readonly isOwnNamespace: boolean;
  readonly selectors: readonly { readonly span: Span; readonly label?: Value; readonly field?: Value }[];
  /** Other resources that are watched to enrich the targets. */
  readonly also: readonly string[];
  readonly missing: readonly Missing[];
  readonly rules: readonly RelabelRule[];
}

/** Where samples go, and what happens to them on the way. */
export interface Route {
  /** The component that writes: `prometheus.remote_write.amp`. */
  readonly sink: string;
  readonly rules: readonly RelabelRule[];
}

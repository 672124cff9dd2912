import { annotationRules } from './annotation-rules';
import type { PodDiscovery } from './pod-discovery';
import type { RelabelRule } from './relabel-rule';

/** One scrape job, before it is written in the language of a collector. */
export interface ScrapeJob {
  /** Label of components in languages that have them; an identifier. */
  readonly id: string;
  /** Value of the label `job`. */
  readonly name: string;
  readonly role: 'pod';
  /** Empty: all namespaces. */
  readonly namespaces: string[];
  /** From what was discovered to what is scraped. */
  readonly rules: RelabelRule[];
  /** Regular expression of the metric names that are kept. */
  readonly keep?: string;
  readonly settings: ScrapeSettings;
}

export interface ScrapeSettings {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly sampleLimit?: number;
}

/** The job of the pods that ask to be scraped. */
export function podJob(discovery: PodDiscovery, settings: ScrapeSettings, keep: string | undefined): ScrapeJob {
  return {
    id: 'pods',
    name: 'kubernetes-pods',
    role: 'pod',
    namespaces: discovery.namespaces,
    rules: annotationRules(discovery.defaultPort),
    keep,
    settings,
  };
}

import type { Located, LocatedMap, Workload } from '../../model';
import type { ScrapePipeline, TargetSource } from '../collectors/scrape-plan';
import type { Ask } from '../scrape/asks';
import type { ScrapeTarget } from '../scrape/run';

/** A target of a workload, with what the workload says of itself. */
export interface Scrape {
  readonly workload: Workload;
  readonly source: TargetSource;
  readonly pipeline: ScrapePipeline;
  readonly target: ScrapeTarget;
  readonly who: string;
  /** The pod has no other target. */
  readonly isOnly: boolean;
  readonly ask?: Ask;
  /** Annotations of the pod, and of the Services before it where these are looked at. */
  readonly annotations: readonly LocatedMap[];
}

export const PORT_ANNOTATION = 'prometheus.io/port';
export const PATH_ANNOTATION = 'prometheus.io/path';
export const SCHEME_ANNOTATION = 'prometheus.io/scheme';

export function annotationOf({ annotations }: Scrape, key: string): Located<string> | undefined {
  return annotations.find((one) => one.has(key))?.get(key);
}

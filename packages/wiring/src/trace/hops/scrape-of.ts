import type { Container, Located, LocatedMap, Workload, World } from '../../model';
import type { ScrapePipeline, TargetSource } from '../collectors/scrape-plan';
import type { Ask } from '../scrape/asks';
import type { ScrapeTarget } from '../scrape/run';
import type { Telemetry } from '../scrape/telemetry';

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
  /** Where collectors of the world serve metrics, as their configuration says. */
  readonly telemetry: ReadonlyMap<Container, Telemetry>;
  readonly world: World;
}

export const PORT_ANNOTATION = 'prometheus.io/port';
export const PATH_ANNOTATION = 'prometheus.io/path';
export const SCHEME_ANNOTATION = 'prometheus.io/scheme';

export function annotationOf({ annotations }: Scrape, key: string): Located<string> | undefined {
  return annotations.find((one) => one.has(key))?.get(key);
}

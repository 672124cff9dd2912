import { type Located, type LocatedMap, labelOf, type Workload, type World } from '../../model';
import type { TargetSource } from '../collectors/scrape-plan';
import { servicesOf } from './services';

/** A workload that says by the usual annotation, its own or its Service's, that it wants to be scraped. */
export interface Ask {
  readonly key: string;
  readonly value: Located<string>;
  /** The object that says so. */
  readonly who: string;
  /** The label that discovery makes of the annotation. */
  readonly label: string;
}

/** The convention that Prometheus's own example configuration began; no part of Kubernetes itself. */
export const SCRAPE_ANNOTATION = 'prometheus.io/scrape';
const LABEL = (of: string) => `__meta_kubernetes_${of}_annotation_prometheus_io_scrape`;

export function askOf({ object, pod }: Workload): Ask | undefined {
  return askIn(pod.annotations, labelOf(object), LABEL('pod'));
}

/** What is asked of a source: Services may ask for those behind them where it looks at Services. */
export function askOfSource(source: TargetSource, workload: Workload, world: World): Ask | undefined {
  if (source.role === 'static' || source.role === 'node') return undefined;
  const own = askOf(workload);
  if (own || source.role === 'pod') return own;
  for (const { annotations, object } of servicesOf(workload, world)) {
    const ask = askIn(annotations, labelOf(object), LABEL('service'));
    if (ask) return ask;
  }
  return undefined;
}

/** The annotations that a source shows to its rules: those of the Services too, where it looks at Services. */
export function annotationsFor({ role }: TargetSource, workload: Workload, world: World): readonly LocatedMap[] {
  const services = role === 'pod' ? [] : servicesOf(workload, world);
  return [workload.pod.annotations, ...services.map(({ annotations }) => annotations)];
}

/** `True`, `yes` and `1` are meant as `true`, whatever the rules make of them. */
function askIn(annotations: LocatedMap, who: string, label: string): Ask | undefined {
  const value = annotations.get(SCRAPE_ANNOTATION);
  if (!value || !/^\s*(?:true|yes|on|1)\s*$/i.test(value.value)) return undefined;
  return { key: SCRAPE_ANNOTATION, value, who, label };
}

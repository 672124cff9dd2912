import type { Located, Workload } from '../../model';

/** A workload that says by the usual annotation that it wants to be scraped. */
export interface Ask {
  readonly key: string;
  readonly value: Located<string>;
}

/** The convention that Prometheus's own example configuration began; no part of Kubernetes itself. */
export const SCRAPE_ANNOTATION = 'prometheus.io/scrape';
export const SCRAPE_LABEL = '__meta_kubernetes_pod_annotation_prometheus_io_scrape';

/** `True`, `yes` and `1` are meant as `true`, whatever the rules make of them. */
export function askOf({ pod }: Workload): Ask | undefined {
  const value = pod.annotations.get(SCRAPE_ANNOTATION);
  if (!value || !/^\s*(?:true|yes|on|1)\s*$/i.test(value.value)) return undefined;
  return { key: SCRAPE_ANNOTATION, value };
}

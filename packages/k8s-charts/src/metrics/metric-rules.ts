import { copyLabel, type RelabelRule } from './relabel-rule';

/**
 * A page's word about who it is, for OpenTelemetry: its exporter would write `job` and `instance` from it, over those of the scrape,
 * and its collector knows no other use of it. So nobody passes it on.
 */
export const DROP_TARGET_INFO: RelabelRule = { action: 'drop', sourceLabels: ['__name__'], regex: 'target_info' };

/**
 * What is done to the series of every job: they become the same, whichever collector scrapes them, and what is not kept is dropped.
 *
 * Alloy and Prometheus 3 write whole numbers of `le` and `quantile` with a decimal point ("1.0"), OpenTelemetry without, and Prometheus 2
 * as they stand on the page.
 *
 * @see https://prometheus.io/docs/prometheus/latest/migration/#le-and-quantile-label-values
 */
export function metricRules(keep: string | undefined): RelabelRule[] {
  return [
    DROP_TARGET_INFO,
    {
      action: 'replace',
      sourceLabels: ['le', '__name__'],
      separator: ';',
      regex: '(-?[0-9]+)\\.0+;.+_bucket',
      targetLabel: 'le',
      replacement: '$1',
    },
    copyLabel('quantile', '([01])\\.0+', 'quantile'),
    ...keepRules(keep),
  ];
}

/** The rule that keeps what the expression names; none where all is kept. */
export function keepRules(keep: string | undefined): RelabelRule[] {
  return keep === undefined ? [] : [{ action: 'keep', sourceLabels: ['__name__'], regex: keep }];
}

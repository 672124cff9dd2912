/**
 * PodMonitors and ServiceMonitors of the Prometheus operator (`monitoring.coreos.com/v1`) as a further way to say what is
 * scraped. The cluster must have their definitions; the operator itself is not needed.
 *
 * The series have the labels that the monitors give, such as `job`, `namespace`, `pod`, `container` and `endpoint`. A pod that is
 * also annotated for scraping is scraped twice. Monitors that take credentials from secrets are not scraped: the account of a collector
 * may read no secrets. They may name files, though (`bearerTokenFile`): who may make monitors may have a collector show its token to
 * targets of theirs, so give that right, or `namespaces`, to those alone who may act as the collector.
 */
export interface PrometheusMonitors {
  /**
   * Namespaces in which monitors are looked for.
   *
   * @default - all namespaces
   */
  readonly namespaces?: string[];

  /**
   * Labels that a monitor must have.
   *
   * @default - every monitor counts
   */
  readonly matchLabels?: { [name: string]: string };

  /**
   * Follow PodMonitors.
   *
   * @default true
   */
  readonly podMonitors?: boolean;

  /**
   * Follow ServiceMonitors.
   *
   * @default true
   */
  readonly serviceMonitors?: boolean;
}

/**
 * Versions of the chart `prometheus-community/prometheus`, by the form that their values have.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus
 */
export enum PrometheusHelmChart {
  /** 28 and later: scrape jobs stand in `scrapeConfigs`, by name. Prometheus 3. */
  V28 = '28',
  /** 26 and 27: scrape jobs are a list in `serverFiles`. Prometheus 3. */
  V26 = '26',
  /** 22 to 25: scrape jobs are a list in `serverFiles`. Prometheus 2, whose flags are others. */
  V22 = '22',
}

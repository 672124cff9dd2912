import { PrometheusHelmChart } from './prometheus-helm-chart';

/** What differs between versions. */
export interface ChartForm {
  /** For the first line of the values. */
  readonly versions: string;
  /** Jobs by name, beside those of the chart, which have to be switched off one by one. */
  readonly namedJobs: boolean;
  /** Major version of Prometheus. */
  readonly version: 2 | 3;
  /** Flags of that version, without the two dashes. */
  readonly agentFlag: string;
  /** What lets variables into external labels. */
  readonly expansionFlags: readonly string[];
}

export function chartForm(chart: PrometheusHelmChart): ChartForm {
  const prometheus3 = { version: 3, agentFlag: 'agent', expansionFlags: [] } as const;
  switch (chart) {
    case PrometheusHelmChart.V28:
      return { ...prometheus3, versions: '28 and later', namedJobs: true };
    case PrometheusHelmChart.V26:
      return { ...prometheus3, versions: '26 and 27', namedJobs: false };
    case PrometheusHelmChart.V22:
      return {
        versions: '22 to 25',
        version: 2,
        namedJobs: false,
        agentFlag: 'enable-feature=agent',
        expansionFlags: ['enable-feature=expand-external-labels'],
      };
  }
}

/** The jobs that the chart brings. They would scrape a second time what ours do, and under other labels. */
export const JOBS_OF_CHART = [
  'prometheus',
  'kubernetes-api-servers',
  'kubernetes-nodes',
  'kubernetes-nodes-cadvisor',
  'kubernetes-service-endpoints',
  'kubernetes-service-endpoints-slow',
  'prometheus-pushgateway',
  'kubernetes-services',
  'kubernetes-pods',
  'kubernetes-pods-slow',
];

/** The charts that it brings: what they do is done by other components, or by nobody. */
export const CHARTS_OF_CHART = [
  'alertmanager',
  'kube-state-metrics',
  'prometheus-node-exporter',
  'prometheus-pushgateway',
];

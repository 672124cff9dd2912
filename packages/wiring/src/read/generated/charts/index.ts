import type { KubeObject } from '../../../model';
import type { Node } from '../../../text';
import { isPrometheusChart, prometheusChart } from '../prometheus-chart';
import { alloyChart, isAlloyChart } from './alloy';
import { awsForFluentBitChart, isAwsForFluentBitChart } from './aws-for-fluent-bit';
import { fluentBitChart, isFluentBitChart } from './fluent-bit';
import { isKubePrometheusStack, kubePrometheusStack } from './kube-prometheus-stack';
import { isOpenTelemetryChart, opentelemetryChart } from './opentelemetry';
import type { HelmRelease } from './release';

export { type HelmRelease, overlaid } from './release';

/** A chart that this version can read the values of. */
interface Chart {
  readonly name: string;
  /** Do these values show themselves to be for it? */
  readonly isMeant: (values: Node) => boolean;
  readonly objects: (values: Node, release: HelmRelease) => readonly KubeObject[];
}

const CHARTS: readonly Chart[] = [
  { name: 'prometheus', isMeant: isPrometheusChart, objects: prometheusChart },
  { name: 'kube-prometheus-stack', isMeant: isKubePrometheusStack, objects: kubePrometheusStack },
  { name: 'alloy', isMeant: isAlloyChart, objects: alloyChart },
  { name: 'opentelemetry-collector', isMeant: isOpenTelemetryChart, objects: opentelemetryChart },
  { name: 'fluent-bit', isMeant: isFluentBitChart, objects: fluentBitChart },
  { name: 'aws-for-fluent-bit', isMeant: isAwsForFluentBitChart, objects: awsForFluentBitChart },
];

/** The charts that values can be for, by name. */
export const CHART_NAMES: readonly string[] = CHARTS.map(({ name }) => name);

/** The chart that values are meant for, as far as they show it. */
export function chartOf(values: Node): string | undefined {
  return CHARTS.find(({ isMeant }) => isMeant(values))?.name;
}

/**
 * What a chart makes of its values, as far as it matters on a signal's way; `undefined`: this version does not know it.
 *
 * @param chart the chart's own name, without that of its repository
 */
export function objectsOfChart(
  chart: string,
  values: Node,
  release: HelmRelease = {},
): readonly KubeObject[] | undefined {
  return CHARTS.find(({ name }) => name === chart)?.objects(values, release);
}

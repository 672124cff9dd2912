import type { KubeObject } from '../../model';
import type { Node } from '../../text';
import { at } from '../access';
import { isPrometheusChart, prometheusChart } from './prometheus-chart';

/** Values of a chart that this version knows; `undefined`: the document is none. */
export function chartObjects(document: Node): readonly KubeObject[] | undefined {
  if (at(document, 'apiVersion') || at(document, 'kind')) return undefined;
  return isPrometheusChart(document) ? prometheusChart(document) : undefined;
}

/** Words of such values, for a first look at a file. */
export function mayBeValues(text: string): boolean {
  return /^(?:serverFiles|serviceAccounts):/m.test(text) || (/^server:/m.test(text) && text.includes('remoteWrite'));
}

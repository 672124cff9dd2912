import type { KubeObject } from '../../model';
import type { Node } from '../../text';
import { at } from '../access';
import { isPrometheusChart, prometheusChart } from './prometheus-chart';

/**
 * Values of a chart that this version knows; `undefined`: the document is none.
 *
 * @param file the name of the file of values, by which a release names it
 */
export function chartObjects(document: Node, file?: string): readonly KubeObject[] | undefined {
  if (at(document, 'apiVersion') || at(document, 'kind')) return undefined;
  if (!isPrometheusChart(document)) return undefined;
  const values = { chart: 'prometheus', ...(file && { file }) };
  return prometheusChart(document).map((object) => ({ ...object, values }));
}

/** Words of such values, for a first look at a file. */
export function mayBeValues(text: string): boolean {
  return /^(?:serverFiles|serviceAccounts):/m.test(text) || (/^server:/m.test(text) && text.includes('remoteWrite'));
}

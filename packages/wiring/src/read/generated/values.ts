import type { KubeObject } from '../../model';
import type { Node } from '../../text';
import { at } from '../access';
import { CHART_NAMES, chartOf, objectsOfChart } from './charts';

/**
 * Values of a chart that this version knows; `undefined`: the document is none.
 *
 * @param file the name of the file of values, by which a release names it
 */
export function chartObjects(document: Node, file?: string): readonly KubeObject[] | undefined {
  if (at(document, 'apiVersion') || at(document, 'kind')?.kind === 'map') return undefined;
  const own = chartOf(document);
  const all = own === undefined ? subcharts(document) : [{ chart: own, node: document }];
  if (all.length === 0) return undefined;
  return all.flatMap(({ chart, node }) => {
    const values = { chart, node, ...(file && { file }) };
    return (objectsOfChart(chart, node) ?? []).map((object) => ({ ...object, values }));
  });
}

/** Charts that only have others in them give each its values under its name. */
function subcharts(document: Node): readonly { readonly chart: string; readonly node: Node }[] {
  if (document.kind !== 'map') return [];
  return CHART_NAMES.flatMap((chart) => {
    const node = document.entries.get(chart)?.value;
    return node && chartOf(node) === chart ? [{ chart, node }] : [];
  });
}

/** Words of such values, for a first look at a file. */
export function mayBeValues(text: string): boolean {
  return (
    /^(?:serverFiles|serviceAccounts|alloy|cloudWatch(?:Logs)?):/m.test(text) ||
    (/^server:/m.test(text) && text.includes('remoteWrite')) ||
    /^\s+prometheusSpec:/m.test(text) ||
    (/^mode:/m.test(text) && /^(?:config|alternateConfig|presets):/m.test(text)) ||
    (/^config:/m.test(text) && /^\s+\[(?:SERVICE|INPUT|FILTER|OUTPUT)\]\s*$/im.test(text))
  );
}

import type { KubeObject } from '../../model';
import { at, itemsAt, mapAt, stringAt } from '../access';
import { located } from '../kubernetes';
import { objectsOfChart } from './charts';

/** What Flux's Helm controller installs by a HelmRelease whose values stand in it, of a chart that this version knows. */
export function fluxRelease(object: KubeObject): readonly KubeObject[] {
  const spec = mapAt(object.node, 'spec');
  const chart = stringAt(spec, 'chart', 'spec', 'chart');
  const node = at(spec, 'values');
  // Values from elsewhere may change any of these.
  if (!chart || !node || itemsAt(spec, 'valuesFrom').length > 0) return [];
  const namespace = located(spec, 'targetNamespace') ?? object.namespace;
  const target = stringAt(spec, 'targetNamespace');
  const name = stringAt(spec, 'releaseName') ?? (target ? `${target}-${object.name.value}` : object.name.value);
  const made = objectsOfChart(chart.replace(/^.*\//, ''), node, { name, ...(namespace && { namespace }) }) ?? [];
  return made.map((one) => ({ ...one, ...(!one.namespace && namespace && { namespace }), values: { chart, node } }));
}

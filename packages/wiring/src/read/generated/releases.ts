import type { KubeObject, Located } from '../../model';
import type { Node } from '../../text';
import { at, itemsAt, mapAt, stringAt } from '../access';
import { located } from '../kubernetes';
import { objectsOfChart } from './charts';

/** What Grafana's operator installs by an Alloy: the chart of that name, with the resource as its values. */
export function alloyRelease(object: KubeObject): readonly KubeObject[] {
  const spec = mapAt(object.node, 'spec');
  return spec ? installed('alloy', spec, object.name.value, object.namespace) : [];
}

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
  return installed(chart.replace(/^.*\//, ''), node, name, namespace);
}

function installed(chart: string, node: Node, name: string, namespace?: Located<string>): readonly KubeObject[] {
  const made = objectsOfChart(chart, node, { name, ...(namespace && { namespace }) }) ?? [];
  return made.map((one) => ({
    ...one,
    ...(!one.namespace && namespace && !one.kind.startsWith('ClusterRole') && { namespace }),
    values: { chart, node },
  }));
}

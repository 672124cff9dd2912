import type { InlineCollector, KubeObject } from '../../model';
import { at, mapAt, scalarAt } from '../access';
import { list, map, scalar } from './tree';

/** What the Prometheus operator makes of a Prometheus or a PrometheusAgent, as far as it writes somewhere. */
export function operatedPrometheus(object: KubeObject): readonly KubeObject[] {
  const spec = mapAt(object.node, 'spec');
  if (!spec || at(spec, 'remoteWrite')?.kind !== 'list') return [];
  const { span } = object.name;
  const controller: InlineCollector['controller'] =
    scalarAt(spec, 'mode')?.value === 'DaemonSet' ? 'DaemonSet' : 'StatefulSet';
  const container = map(span, { name: scalar('prometheus', span), image: at(spec, 'image') });
  const podSpec = map(spec.span, {
    serviceAccountName: scalarAt(spec, 'serviceAccountName') ?? scalar('default', span),
    containers: list(span, [container]),
  });
  const metadata = map(span, {
    labels: mapAt(spec, 'podMetadata', 'labels'),
    annotations: mapAt(spec, 'podMetadata', 'annotations'),
  });
  const inline: InlineCollector = {
    kind: 'prometheus-operator',
    node: spec,
    controller,
    maker: 'the Prometheus operator',
    makesAccess: false,
  };
  return [
    { ...object, node: map(span, { spec: map(span, { template: map(span, { metadata, spec: podSpec }) }) }), inline },
  ];
}

import type { InlineCollector, KubeObject } from '../../model';
import type { Node } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { readYaml } from '../yaml';
import { allocatorObjects, allocatorOf } from './target-allocator';
import { list, map, merged, scalar } from './tree';

const CONTROLLERS: Readonly<Record<string, InlineCollector['controller']>> = {
  deployment: 'Deployment',
  daemonset: 'DaemonSet',
  statefulset: 'StatefulSet',
};

/** Port of the collector's own metrics, for which the operator annotates the pods. */
const METRICS = 8888;

/**
 * What the OpenTelemetry operator makes of an OpenTelemetryCollector, as far as it matters on a signal's way
 * (opentelemetry-operator, internal/manifests/collector). A side-car is put into pods of others and is none.
 */
export function operatedCollector(object: KubeObject): readonly KubeObject[] {
  const spec = mapAt(object.node, 'spec');
  const controller = CONTROLLERS[stringAt(spec, 'mode')?.toLowerCase() ?? 'deployment'];
  const config = configOf(at(spec, 'config'));
  if (!spec || !controller || !config) return [];
  const { span } = object.name;
  const name = `${object.name.value}-collector`;
  const labels = mapAt(object.node, 'metadata', 'labels');
  const own = map(span, {
    'app.kubernetes.io/managed-by': scalar('opentelemetry-operator', span),
    'app.kubernetes.io/instance': scalar(
      `${object.namespace?.value ?? 'default'}.${object.name.value}`.slice(0, 63),
      span,
    ),
    'app.kubernetes.io/part-of': scalar('opentelemetry', span),
    'app.kubernetes.io/component': scalar('opentelemetry-collector', span),
  });
  const container = map(span, {
    name: scalar('otc-container', span),
    image: at(spec, 'image'),
    env: at(spec, 'env'),
    envFrom: at(spec, 'envFrom'),
    volumeMounts: at(spec, 'volumeMounts'),
    securityContext: at(spec, 'securityContext'),
    ports: list(span, [...itemsAt(spec, 'ports').map(containerPort), ownPort(config, spec)]),
  });
  const podSpec = map(spec.span, {
    serviceAccountName: scalarAt(spec, 'serviceAccount') ?? scalar(name, span),
    hostNetwork: at(spec, 'hostNetwork'),
    nodeSelector: at(spec, 'nodeSelector'),
    initContainers: at(spec, 'initContainers'),
    containers: list(span, [container, ...itemsAt(spec, 'additionalContainers')]),
    volumes: at(spec, 'volumes'),
  });
  const metadata = map(span, {
    labels: merged(span, map(span, { 'app.kubernetes.io/name': scalar(name, span) }), labels, own),
    annotations: annotations(object, spec),
  });
  const made = map(span, { spec: map(span, { template: map(span, { metadata, spec: podSpec }) }) });
  const allocator = allocatorOf(spec);
  const isOwnAccount = !stringAt(spec, 'serviceAccount');
  const inline: InlineCollector = {
    kind: 'opentelemetry',
    node: config,
    controller,
    maker: 'the OpenTelemetry operator',
    makesAccess: false,
    ...(allocator && { allocator }),
  };
  return [
    { ...object, node: made, inline },
    ...(isOwnAccount ? [account(object, name)] : []),
    ...(allocator ? allocatorObjects(object, allocator) : []),
  ];
}

/** v1alpha1 has the configuration as a text, v1beta1 as an object. */
function configOf(node: Node | undefined): Node | undefined {
  if (node?.kind !== 'scalar') return node;
  return typeof node.value === 'string' ? readYaml(node.text()).documents[0] : undefined;
}

/** The operator copies the annotations of the resource onto the account that it makes. */
function account(object: KubeObject, name: string): KubeObject {
  const { span } = object.name;
  const metadata = map(span, { annotations: mapAt(object.node, 'metadata', 'annotations') });
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    name: { value: name, span },
    node: map(span, { metadata }),
    ...(object.namespace && { namespace: object.namespace }),
  };
}

function annotations(object: KubeObject, spec: Node): Node {
  const { span } = object.name;
  const isOff = booleanAt(spec, 'observability', 'metrics', 'disablePrometheusAnnotations') === true;
  const defaults = map(span, {
    'prometheus.io/scrape': scalar('true', span),
    'prometheus.io/port': scalar(`${METRICS}`, span),
    'prometheus.io/path': scalar('/metrics', span),
  });
  return merged(
    span,
    isOff ? undefined : defaults,
    mapAt(object.node, 'metadata', 'annotations'),
    mapAt(spec, 'podAnnotations'),
  );
}

/** `spec.ports` are those of the Service; the pod has them as well. */
function containerPort(node: Node): Node | undefined {
  const port = scalarAt(node, 'targetPort') ?? scalarAt(node, 'port');
  return port && map(node.span, { name: at(node, 'name'), containerPort: port, protocol: at(node, 'protocol') });
}

function ownPort(config: Node, spec: Node): Node | undefined {
  const address = stringAt(config, 'service', 'telemetry', 'metrics', 'address');
  const number = Number(/:(\d+)$/.exec(address ?? '')?.[1] ?? METRICS);
  return map(spec.span, { name: scalar('metrics', spec.span), containerPort: scalar(number, spec.span) });
}

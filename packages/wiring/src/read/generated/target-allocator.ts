import type { KubeObject } from '../../model';
import type { Node } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { list, map, merged, scalar } from './tree';

/** The port at which a target allocator tells collectors what they scrape. */
const HTTP = 8080;

/** The section of an OpenTelemetryCollector by which the operator makes a target allocator for it. */
export function allocatorOf(spec: Node | undefined): Node | undefined {
  const found = mapAt(spec, 'targetAllocator');
  return booleanAt(found, 'enabled') === true ? found : undefined;
}

/** `<name>-targetallocator`: Deployment, account and Service (opentelemetry-operator, internal/naming). */
export function allocatorName(object: KubeObject): string {
  return `${object.name.value}-targetallocator`;
}

/** What the OpenTelemetry operator makes of it, as far as it matters on a signal's way (internal/manifests/targetallocator). */
export function allocatorObjects(object: KubeObject, allocator: Node): readonly KubeObject[] {
  const { span } = object.name;
  const name = allocatorName(object);
  const text = (value: string) => scalar(value, span);
  const own = map(span, {
    'app.kubernetes.io/managed-by': text('opentelemetry-operator'),
    'app.kubernetes.io/instance': text(`${object.namespace?.value ?? 'default'}.${object.name.value}`.slice(0, 63)),
    'app.kubernetes.io/part-of': text('opentelemetry'),
    'app.kubernetes.io/component': text('opentelemetry-targetallocator'),
  });
  const named = map(span, { 'app.kubernetes.io/name': text(name) });
  const labels = merged(span, named, mapAt(object.node, 'metadata', 'labels'), own);
  const port = map(span, { name: text('http'), containerPort: scalar(HTTP, span) });
  const container = map(span, {
    name: text('ta-container'),
    image: at(allocator, 'image'),
    env: at(allocator, 'env'),
    resources: at(allocator, 'resources'),
    securityContext: at(allocator, 'securityContext'),
    ports: list(span, [port, ...itemsAt(allocator, 'ports')]),
    // The operator gives it probes of its own, which speak HTTP there.
    readinessProbe: map(span, { httpGet: map(span, { path: text('/readyz'), port: text('http') }) }),
  });
  const given = stringAt(allocator, 'serviceAccount') ? scalarAt(allocator, 'serviceAccount') : undefined;
  const podSpec = map(allocator.span, {
    serviceAccountName: given ?? text(name),
    hostNetwork: at(allocator, 'hostNetwork'),
    nodeSelector: at(allocator, 'nodeSelector'),
    securityContext: at(allocator, 'podSecurityContext'),
    containers: list(span, [...itemsAt(allocator, 'additionalContainers'), container]),
  });
  const metadata = map(span, {
    labels,
    annotations: merged(span, mapAt(object.node, 'metadata', 'annotations'), mapAt(allocator, 'podAnnotations')),
  });
  const place = object.namespace ? { namespace: object.namespace } : {};
  const made = (apiVersion: string, kind: string, node: KubeObject['node']): KubeObject => ({
    apiVersion,
    kind,
    name: { value: name, span },
    node,
    ...place,
  });
  const template = map(span, { metadata, spec: podSpec });
  const service = map(span, {
    selector: labels,
    ports: list(span, [
      map(span, { name: text('targetallocation'), port: scalar(80, span), targetPort: text('http') }),
    ]),
  });
  return [
    made('apps/v1', 'Deployment', map(span, { spec: map(span, { template }) })),
    made('v1', 'Service', map(span, { metadata: map(span, { labels }), spec: service })),
    ...(given ? [] : [made('v1', 'ServiceAccount', map(span, { metadata: map(span, { labels }) }))]),
  ];
}

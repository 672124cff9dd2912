import { type KubeObject, known, type Service, textOf, type Value, type Workload, type World } from '../../model';
import type { StaticTarget, TargetSource } from '../collectors/scrape-plan';
import { type Label, type Rests, relabel } from './relabel';
import { parseSelector, selects } from './selector';
import { serviceNamed, servicesOf, targetPort } from './services';
import {
  addressOf,
  containerLabels,
  inOrder,
  META,
  objectLabels,
  type PodTarget,
  podLabels,
  podTargets,
  portLabels,
  type Witness,
} from './targets';

const CERTAIN: ReadonlySet<Rests> = new Set();
const KUBELET = 10250;

/** Where a source is looked at from: the object that runs the collector, and its world. */
export interface Surrounding {
  readonly world: World;
  readonly self: KubeObject;
}

/** The targets that a source makes of a workload. */
export function targetsFor(
  source: TargetSource,
  workload: Workload,
  witness: Witness,
  { world, self }: Surrounding,
): readonly PodTarget[] {
  const services = () => servicesOf(workload, world).filter((service) => isWanted(service, source));
  switch (source.role) {
    case 'pod':
      return podTargets(workload, witness);
    case 'endpoints':
    case 'endpointslice':
      return services().flatMap((service) => endpoints(service, source.role, workload, witness));
    case 'service':
      return services().flatMap((service) => ofService(service, witness));
    case 'node':
      return [node(witness)];
    case 'static':
      return (source.addresses ?? []).flatMap((one) => {
        const address = calledAt(one, source);
        return address && leadsTo({ address }, workload, { world, self }) ? [fixed(one, witness)] : [];
      });
  }
}

/** The endpoints of a Service, and every other port of their pods (discovery/kubernetes/endpoints.go). */
function endpoints(service: Service, role: string, workload: Workload, witness: Witness): readonly PodTarget[] {
  const group = serviceLabels(service);
  const name = service.object.name.value;
  const own = role === 'endpoints' ? 'endpoints' : 'endpointslice';
  group.set(
    `${META}${own}_name`,
    role === 'endpoints' ? certain(name) : rests(`${name}-${witness.suffix}`, 'pod name'),
  );
  // Controllers copy the labels of a Service to what they make for it, and not its annotations.
  objectLabels(own, service.labels, new Map(), group);
  if (role !== 'endpoints') madeBySlices(name, group);
  const pod = podLabels(workload, witness);
  const address = addressOf(workload, witness);
  const prefix = role === 'endpoints' ? 'endpoint_' : 'endpointslice_';
  const covered = new Set<number>();
  const found: PodTarget[] = [];
  for (const port of service.ports) {
    const number = targetPort(port, workload);
    if (number === undefined) continue;
    covered.add(number);
    const labels = new Map([...group, ...pod]);
    labels.set('__address__', rests(`${address}:${number}`, 'ip'));
    const slice = role === 'endpoints' ? '' : 'endpoint_conditions_';
    labels.set(`${META}${prefix}port_name`, certain(port.name ?? ''));
    labels.set(`${META}${prefix}port_protocol`, certain(port.protocol));
    if (role !== 'endpoints') labels.set(`${META}${prefix}port`, certain(`${number}`));
    labels.set(`${META}${prefix}${slice}ready`, certain('true'));
    if (role !== 'endpoints') {
      labels.set(`${META}${prefix}${slice}serving`, certain('true'));
      labels.set(`${META}${prefix}${slice}terminating`, certain('false'));
    }
    labels.set(`${META}${prefix}address_target_kind`, certain('Pod'));
    labels.set(`${META}${prefix}address_target_name`, pod.get(`${META}pod_name`) ?? certain(''));
    labels.set(
      `${META}${role === 'endpoints' ? 'endpoint_node_name' : 'endpointslice_endpoint_node_name'}`,
      rests(witness.node, 'node'),
    );
    for (const container of inOrder(workload.pod.containers)) {
      const declared = container.ports.find((one) => one.number === number);
      if (!declared) continue;
      for (const [key, value] of [...containerLabels(container), ...portLabels(declared)]) labels.set(key, value);
      // Role endpoints takes this one from the endpoint, role endpointslice from the container.
      if (role === 'endpoints') labels.set(`${META}pod_container_port_protocol`, certain(port.protocol));
    }
    found.push({ labels, witness });
  }
  if (found.length === 0) return [];
  for (const container of inOrder(workload.pod.containers)) {
    for (const port of container.ports) {
      if (covered.has(port.number)) continue;
      const labels = new Map([...group, ...pod, ...containerLabels(container), ...portLabels(port)]);
      labels.set('__address__', rests(`${address}:${port.number}`, 'ip'));
      found.push({ labels, witness });
    }
  }
  return found;
}

/** What the controller of slices writes on those that it makes. */
function madeBySlices(service: string, into: Map<string, Label>): void {
  into.set(`${META}endpointslice_address_type`, rests('IPv4', 'cluster'));
  for (const [key, value] of [
    ['kubernetes_io_service_name', service],
    ['endpointslice_kubernetes_io_managed_by', 'endpointslice-controller.k8s.io'],
  ]) {
    into.set(`${META}endpointslice_label_${key}`, certain(value));
    into.set(`${META}endpointslice_labelpresent_${key}`, certain('true'));
  }
}

function serviceLabels({ object, labels, annotations }: Service): Map<string, Label> {
  const group = new Map<string, Label>();
  group.set(`${META}namespace`, object.namespace ? certain(object.namespace.value) : rests('default', 'cluster'));
  group.set(`${META}service_name`, certain(object.name.value));
  return objectLabels('service', labels, annotations, group);
}

function ofService(service: Service, witness: Witness): readonly PodTarget[] {
  const { object, ports, type } = service;
  return ports.map(({ port, name, protocol }) => {
    const labels = serviceLabels(service);
    labels.set('__address__', certain(`${object.name.value}.${object.namespace?.value ?? 'default'}.svc:${port}`));
    labels.set(`${META}service_port_name`, certain(name ?? ''));
    labels.set(`${META}service_port_number`, certain(`${port}`));
    labels.set(`${META}service_port_protocol`, certain(protocol));
    labels.set(`${META}service_type`, certain(type));
    labels.set(`${META}service_cluster_ip`, rests('172.20.1.2', 'cluster'));
    return { labels, witness };
  });
}

/** A node is called at its kubelet (discovery/kubernetes/node.go). */
function node(witness: Witness): PodTarget {
  const labels = new Map<string, Label>([
    ['__address__', rests(`${witness.hostIp}:${KUBELET}`, 'ip')],
    ['instance', rests(witness.node, 'node')],
    [`${META}node_name`, rests(witness.node, 'node')],
    [`${META}node_address_InternalIP`, rests(witness.hostIp, 'ip')],
    [`${META}node_address_Hostname`, rests(witness.node, 'node')],
    [`${META}node_label_kubernetes_io_os`, rests('linux', 'cluster')],
    [`${META}node_label_kubernetes_io_hostname`, rests(witness.node, 'node')],
  ]);
  return { labels, witness };
}

function fixed({ address, labels, open = [] }: StaticTarget, witness: Witness): PodTarget {
  const found = new Map<string, Label>([['__address__', certain(textOf(address) ?? '')]]);
  for (const [key, value] of labels) found.set(key, certain(value));
  for (const key of open) found.set(key, rests(witness.node, 'node'));
  return { labels: found, witness };
}

/** Where a target that is written down is called in the end: rules may send the scrape to a prober. Dropped: nowhere. */
export function calledAt({ address, labels }: StaticTarget, { rules }: TargetSource): Value | undefined {
  if (!rules.some(({ target, action }) => target === '__address__' || /^(?:keep|drop)/.test(action))) return address;
  const start = new Map([...labels].map(([name, value]) => [name, certain(value)]));
  const outcome = relabel(start.set('__address__', certain(textOf(address) ?? '')), rules);
  if (outcome.kind !== 'kept') return outcome.kind === 'open' ? address : undefined;
  const found = outcome.labels.get('__address__')?.value;
  return found === undefined || found === textOf(address) ? address : known(found, address.span);
}

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0|alloy\.internal)$/;

/** Is an address that is written down that of a workload: by a Service, or as the pod of the collector itself? */
export function leadsTo(
  { address }: Pick<StaticTarget, 'address'>,
  workload: Workload,
  { world, self }: Surrounding,
): boolean {
  const host = (textOf(address) ?? '').replace(/:\d+$/, '');
  if (LOCAL.test(host)) return self === workload.object;
  const service = serviceNamed(host, self.namespace?.value, world);
  return service !== undefined && servicesOf(workload, world).includes(service);
}

/** The API server was asked for Services or endpoints with certain labels; endpoints have those of their Service. */
function isWanted(service: Service, { selectors }: TargetSource): boolean {
  return selectors.every(({ role, label }) => {
    if (role === 'pod' || role === undefined || !label) return true;
    const selector = parseSelector(textOf(label) ?? '');
    return !selector || selects(selector, (key) => service.labels.get(key)?.value);
  });
}

/** The workload and port behind an address, where it is that of a pod or of a Service before it. */
export function portBehind(
  host: string,
  port: string,
  workload: Workload,
  { world, self }: Surrounding,
): string | undefined {
  if (LOCAL.test(host)) return self === workload.object ? port : undefined;
  const service = serviceNamed(host, self.namespace?.value, world);
  if (!service || !servicesOf(workload, world).includes(service)) return undefined;
  const number = port === '' ? '80' : port;
  const found = service.ports.find((one) => `${one.port}` === number && one.protocol === 'TCP');
  const target = found && targetPort(found, workload);
  return target === undefined ? '' : `${target}`;
}

function certain(value: string): Label {
  return { value, rests: CERTAIN };
}

function rests(value: string, ...on: readonly Rests[]): Label {
  return { value, rests: new Set(on) };
}

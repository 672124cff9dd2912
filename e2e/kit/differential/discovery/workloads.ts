import type { KubernetesObject } from '../../objects';
import type { Chance } from '../cases';

/** A workload and the Services before it, in a namespace that it may share with others. */
export interface Discoverable {
  readonly workload: KubernetesObject;
  readonly services: readonly KubernetesObject[];
}

export const NAMESPACES = ['shop', 'shop-dev', 'ops'] as const;

const LABELS = ['app', 'app.kubernetes.io/name', 'tier', 'team-name', 'example.com/on_call', 'Version'] as const;
const LABEL_VALUES = ['web', 'api', 'a.b-c_D', '1', ''] as const;
const ANNOTATIONS: Readonly<Record<string, readonly string[]>> = {
  'prometheus.io/scrape': ['true', 'false', 'True', ''],
  'prometheus.io/port': ['8080', '9113', '80', 'metrics', ''],
  'prometheus.io/path': ['/metrics', '/stats?format=x', 'probe', ''],
  'prometheus.io/scheme': ['http', 'https'],
  'example.com/note': ['one line', 'two\nlines', 'ä€ "quoted"', '$1'],
};
const PORTS = [80, 443, 8080, 8443, 9090, 9113] as const;
const PORT_NAMES = ['http', 'metrics', 'http-metrics', 'web'] as const;
const KINDS = ['Deployment', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicaSet', 'Pod'] as const;

export function discoverable(number: number, random: Chance): Discoverable {
  const name = `w${number}`;
  const namespace = random.pick(NAMESPACES);
  const labels = { own: name, ...labelsOf(random) };
  const annotations = annotationsOf(random);
  const metadata = { labels, ...(random.maybe(0.8) && { annotations }) };
  const spec = podSpec(random);
  return {
    workload: workload(random.pick(KINDS), { name, namespace }, metadata, spec),
    services: Array.from({ length: random.below(3) }, (_, index) =>
      service(random, { name: `${name}-${index}`, namespace }, labels, spec),
    ),
  };
}

function labelsOf(random: Chance): Readonly<Record<string, string>> {
  return Object.fromEntries(random.subset(LABELS, 0.5).map((key) => [key, random.pick(LABEL_VALUES)]));
}

function annotationsOf(random: Chance): Readonly<Record<string, string>> {
  const keys = random.subset(Object.keys(ANNOTATIONS), 0.6);
  return Object.fromEntries(keys.map((key) => [key, random.pick(ANNOTATIONS[key] ?? [])]));
}

interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly Readonly<Record<string, string | number>>[];
  readonly restartPolicy?: 'Always';
}

interface PodSpec {
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  readonly hostNetwork?: true;
}

function podSpec(random: Chance): PodSpec {
  const isHost = random.maybe(0.1);
  const names = [...PORT_NAMES];
  const free = [...PORTS];
  const ports = (): ContainerSpec['ports'] => {
    const all = Array.from({ length: random.below(4) }, () => {
      const protocol = random.maybe(0.15) ? random.pick(['UDP', 'SCTP']) : 'TCP';
      const containerPort = free.length > 0 ? (free.splice(random.below(free.length), 1)[0] ?? 1) : 10_000;
      const isNamed = names.length > 0 && random.maybe(0.7);
      return {
        containerPort,
        ...(isNamed && { name: names.splice(random.below(names.length), 1)[0] ?? '' }),
        ...((protocol !== 'TCP' || random.maybe(0.3)) && { protocol }),
        ...(isHost && { hostPort: containerPort }),
      };
    });
    return all.filter(({ containerPort }) => containerPort !== 10_000);
  };
  const container = (name: string): ContainerSpec => ({
    name,
    image: random.pick(['nginx', 'registry.example.com:5000/a/b:1.2', 'x@sha256:'.padEnd(73, '0')]),
    ...(random.maybe(0.85) && { ports: ports() }),
  });
  const early = Array.from({ length: random.maybe(0.3) ? 1 + random.below(2) : 0 }, (_, index) => ({
    ...container(`early-${index}`),
    ...(random.maybe(0.5) && { restartPolicy: 'Always' as const }),
  }));
  return {
    containers: Array.from({ length: 1 + random.below(3) }, (_, index) => container(`c${index}`)),
    ...(early.length > 0 && { initContainers: early }),
    ...(isHost && { hostNetwork: true as const }),
  };
}

function workload(
  kind: (typeof KINDS)[number],
  metadata: KubernetesObject['metadata'],
  pod: { readonly labels: Readonly<Record<string, string>> },
  podSpec: PodSpec,
): KubernetesObject {
  const selector = { matchLabels: { own: metadata.name } };
  const template = { metadata: pod, spec: podSpec };
  switch (kind) {
    case 'Pod':
      return { apiVersion: 'v1', kind, metadata: { ...metadata, ...pod }, spec: podSpec };
    case 'Job':
      return {
        apiVersion: 'batch/v1',
        kind,
        metadata,
        spec: { template: { ...template, spec: { ...podSpec, restartPolicy: 'Never' } } },
      };
    case 'StatefulSet': {
      const spec = { selector, template, replicas: 2, podManagementPolicy: 'Parallel', serviceName: 'none' };
      return { apiVersion: 'apps/v1', kind, metadata, spec };
    }
    default:
      return { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template } };
  }
}

function service(
  random: Chance,
  metadata: KubernetesObject['metadata'],
  labels: Readonly<Record<string, string>>,
  { containers, initContainers = [] }: PodSpec,
): KubernetesObject {
  const declared = [...containers, ...initContainers].flatMap(({ ports = [] }) => ports);
  const selector = Object.fromEntries(Object.entries(labels).filter(([key]) => key === 'own' || random.maybe(0.3)));
  const isMissed = random.maybe(0.1);
  const used = new Set<string>();
  const ports = Array.from({ length: 1 + random.below(3) }, (_, index) => {
    const target = declared.length > 0 && random.maybe(0.8) ? random.pick(declared) : undefined;
    const named = target?.name;
    const protocol = `${target?.protocol ?? (random.maybe(0.1) ? 'UDP' : 'TCP')}`;
    const targetPort = random.pick<string | number | undefined>([
      named ?? target?.containerPort,
      target?.containerPort ?? 1234,
      undefined,
      'nowhere',
    ]);
    const port = target && random.maybe(0.4) ? Number(target.containerPort) : 8000 + index;
    return { name: `p-${index}`, port, protocol, ...(targetPort !== undefined && { targetPort }) };
  }).filter(({ port, protocol }) => !used.has(`${port}${protocol}`) && used.add(`${port}${protocol}`));
  const isSingle = ports.length === 1 && random.maybe(0.5);
  const [{ name: _, ...unnamed } = { name: '', port: 1 }] = ports;
  const isHeadless = random.maybe(0.25);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: labelsOf(random), annotations: annotationsOf(random) },
    spec: {
      ...(isHeadless ? { clusterIP: 'None' } : random.maybe(0.2) && { type: 'NodePort' }),
      ...(random.maybe(0.95) && { selector: isMissed ? { ...selector, own: 'nobody' } : selector }),
      ports: isSingle ? [unnamed] : ports,
    },
  };
}

import { all, type End, type Mutation, type Operator, remove, replace, set, where } from '../operator';
import { type Path, pathsOf, type Thing, valueAt, type Yard } from '../yard';

const workloads = ['Deployment', 'DaemonSet', 'StatefulSet'];
const template = ['spec', 'template'];
const pod = [...template, 'spec'];
const container = [...pod, 'containers', '*'];
const annotations = [...template, 'metadata', 'annotations'];

const complete = (thing: Thing) => pathsOf(thing, [...container, 'image']).length > 0;
const isCollector = (thing: Thing) =>
  pathsOf(thing, [...container, 'image']).some((path) =>
    /\/(alloy|(aws-for-)?fluent-bit|aws-otel-collector|prometheus):/.test(String(valueAt(thing, path))),
  );
const isScraped = (thing: Thing) => pathsOf(thing, [...annotations, 'prometheus.io/scrape']).length > 0;
const rbac = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

/** Takes whole objects away. */
const objects = (kind: string, which: (thing: Thing, yard: Yard) => boolean = () => true) =>
  where(
    (thing, yard) => which(thing, yard) && thing.base.length === 0 && !thing.file.includes('/patches/'),
    remove(kind, []),
  );

/** A ConfigMap that a pod mounts, of those that hold a collector's configuration. */
const isConfiguration = (thing: Thing, yard: Yard) =>
  /config\.alloy|fluent-bit\.yaml|\.ya?ml:/.test(JSON.stringify(thing.value)) && isOf(thing, yard);
const isOf = (thing: Thing, yard: Yard) =>
  thing.name.length > 0 &&
  [...yard.of(...workloads).filter(isCollector), ...yard.of('OpenTelemetryCollector')].some(({ name }) =>
    thing.name.startsWith(name),
  );

/** The mounts of the node's logs: one folder holds links into the other. */
export const logMounts = (_: Yard, thing: Thing): End[] =>
  pathsOf(thing, [...container, 'volumeMounts', '*', 'mountPath'])
    .filter((path) => String(valueAt(thing, path)).startsWith('/var/log'))
    .map((path) => ({ thing, path }));

/** Rules of roles on EndpointSlices are for others than those who look at Endpoints, as all do here. */
const needed = (part: (yard: Yard) => readonly Mutation[]) => (yard: Yard) =>
  part(yard).filter(
    ({ thing, path }) => !JSON.stringify(valueAt(thing, path.slice(0, 2))).includes('discovery.k8s.io'),
  );

/** Adds an object to a file that has another. */
export function beside(kind: string, which: (thing: Thing) => boolean, added: (thing: Thing) => object) {
  return (yard: Yard): Mutation[] =>
    yard
      .of(kind)
      .filter(which)
      .map((thing) => ({ thing, path: ['+'] as Path, to: added(thing) }));
}

export const workloadOperators: readonly Operator[] = [
  {
    id: 'pod-other-account',
    does: 'the pod runs as another service account',
    mutations: where(isCollector, replace(workloads, [...pod, 'serviceAccountName'], /$/, '-2')),
  },
  {
    id: 'pod-default-account',
    does: 'the pod names no service account',
    mutations: where(isCollector, remove(workloads, [...pod, 'serviceAccountName'])),
  },
  {
    id: 'account-gone',
    does: 'the service account is not there',
    lint: { 'gitops/missing-account': 'the pod runs as an account that is not there' },
    mutations: objects('ServiceAccount'),
  },
  {
    id: 'account-in-another-namespace',
    does: 'the service account is in another namespace than the pod',
    lint: { 'gitops/missing-account': 'the pod runs as an account that its namespace does not have' },
    mutations: where(
      (thing) => !thing.file.includes('/patches/'),
      set('ServiceAccount', ['metadata', 'namespace'], () => 'default'),
    ),
  },
  {
    id: 'workload-in-another-namespace',
    does: 'the collector is in another namespace than all that it needs',
    mutations: where(
      isCollector,
      set(workloads, ['metadata', 'namespace'], () => 'default'),
    ),
  },
  {
    id: 'no-token',
    does: 'the pod gets no token for the API server',
    mutations: where(
      isCollector,
      set(workloads, [...pod, 'automountServiceAccountToken'], () => false),
    ),
  },
  {
    id: 'rbac-without-verb',
    does: 'a verb that discovery or enrichment needs is not allowed',
    // Discovery lists and watches; `get` is for those who ask for one object.
    mutations: needed(
      where(
        isOf,
        remove(
          'ClusterRole',
          ['rules', '*', 'verbs', '*'],
          (verb: string, thing) => verb !== 'get' || !JSON.stringify(thing.value).includes('watch'),
        ),
      ),
    ),
  },
  {
    id: 'rbac-other-resource',
    does: 'other objects than those that are asked for are allowed',
    mutations: where(isOf, replace('ClusterRole', ['rules', '*', 'resources', '*'], /^pods$/, 'services')),
  },
  {
    id: 'rbac-other-group',
    does: 'the objects are allowed in another API group',
    mutations: needed(
      where(
        isOf,
        set('ClusterRole', ['rules', '*', 'apiGroups', '*'], () => 'apps'),
      ),
    ),
  },
  {
    id: 'rbac-other-subject',
    does: 'the binding is for another service account',
    mutations: where(isOf, replace('ClusterRoleBinding', ['subjects', '*', 'name'], /$/, '-2')),
  },
  {
    id: 'rbac-other-subject-namespace',
    does: 'the binding is for a service account of another namespace',
    mutations: where(
      isOf,
      set('ClusterRoleBinding', ['subjects', '*', 'namespace'], () => 'default'),
    ),
  },
  {
    id: 'rbac-subject-kind',
    does: 'the binding is for a user of that name',
    mutations: where(
      isOf,
      set('ClusterRoleBinding', ['subjects', '*', 'kind'], () => 'User'),
    ),
  },
  {
    id: 'rbac-other-role',
    does: 'the binding gives another role',
    mutations: where(isOf, replace('ClusterRoleBinding', ['roleRef', 'name'], /$/, '-2')),
  },
  {
    id: 'rbac-gone',
    does: 'the role, or its binding, is not there',
    mutations: all(...rbac.map((kind) => objects(kind, isOf))),
  },
  {
    id: 'not-scraped',
    does: 'the pod does not ask to be scraped any more, though it tells its port',
    lint: { 'metrics/half-annotated': 'the pod tells its port and does not ask to be scraped' },
    mutations: all(
      set(workloads, [...annotations, 'prometheus.io/scrape'], () => 'True'),
      remove(workloads, [...annotations, 'prometheus.io/scrape']),
    ),
  },
  {
    id: 'scrape-other-port',
    does: 'the annotation names a port on which nobody listens',
    lint: { 'metrics/undeclared-port': 'the pod asks to be scraped on a port that no container declares' },
    mutations: set(workloads, [...annotations, 'prometheus.io/port'], () => '9999'),
  },
  {
    id: 'scrape-port-of-another-container',
    does: 'the annotation names the port of another container, which serves no metrics',
    mutations: where(
      (thing) => pathsOf(thing, [...container, 'ports', '*', 'containerPort']).length > 1,
      set(workloads, [...annotations, 'prometheus.io/port'], (port: string, thing) =>
        pathsOf(thing, [...container, 'ports', '*', 'containerPort'])
          .map((path) => String(valueAt(thing, path)))
          .find((one) => one !== port),
      ),
    ),
  },
  {
    id: 'scrape-port-no-number',
    does: "the annotation has the port's name",
    lint: { 'metrics/undeclared-port': 'the port of the annotation is no number' },
    equal: 'the default port of the relabelling is the right one for some',
    mutations: set(workloads, [...annotations, 'prometheus.io/port'], () => 'metrics'),
  },
  {
    id: 'scrape-other-scheme',
    does: 'the annotation asks for TLS, which nobody serves',
    mutations: where(
      isScraped,
      set(workloads, annotations, (map: object) => ({ ...map, 'prometheus.io/scheme': 'https' })),
    ),
  },
  {
    id: 'scrape-other-path',
    does: 'the annotation names a path that serves no metrics',
    lint: { 'metrics/scraped-health': 'the pod asks to be scraped where it tells of its health' },
    mutations: where(
      isScraped,
      set(workloads, annotations, (map: object) => ({ ...map, 'prometheus.io/path': '/healthz' })),
    ),
  },
  {
    id: 'container-other-port',
    does: 'the container says that it listens on another port than is scraped',
    lint: { 'metrics/undeclared-port': 'the pod asks to be scraped on a port that no container declares' },
    mutations: where(
      isScraped,
      set(workloads, [...container, 'ports', '*', 'containerPort'], (port: number, thing) =>
        pathsOf(thing, [...annotations, 'prometheus.io/port']).some((path) => valueAt(thing, path) === String(port))
          ? port + 1000
          : undefined,
      ),
    ),
  },
  {
    id: 'exporter-listens-elsewhere',
    does: 'the exporter, or the collector itself, listens on another port',
    mutations: where(
      isScraped,
      replace(workloads, [...container, 'args', '*'], /(listen-addr(?:ess)?=[\d.]*):\d+$/, '$1:9999'),
    ),
  },
  {
    id: 'listens-on-loopback',
    does: 'metrics are served to the pod itself only',
    mutations: where(
      isScraped,
      replace(workloads, [...container, 'args', '*'], /(listen-addr(?:ess)?=)[\d.]*:/, '$1127.0.0.1:'),
    ),
  },
  {
    id: 'volume-of-another-config',
    does: 'the pod mounts another ConfigMap',
    mutations: where(isCollector, replace(workloads, [...pod, 'volumes', '*', 'configMap', 'name'], /$/, '-2')),
  },
  {
    id: 'volume-gone',
    does: 'a volume that a container mounts is not there',
    lint: {
      'gitops/unknown-volume': 'the container mounts what the pod does not have',
      'durability/unwritable-storage': 'without the volume, the collector cannot write what it keeps',
    },
    ends: logMounts,
    mutations: where(isCollector, remove(workloads, [...pod, 'volumes', '*'])),
  },
  {
    id: 'mount-gone',
    does: 'a container does not mount a volume that it needs',
    lint: {
      'durability/ephemeral-state': 'without the mount, positions and chunks lie in the file system of the container',
      'durability/unwritable-storage': 'without the mount, the collector cannot write what it keeps',
    },
    ends: logMounts,
    mutations: where(isCollector, remove(workloads, [...container, 'volumeMounts', '*'])),
  },
  {
    id: 'mount-elsewhere',
    does: 'a volume is mounted at another path than is looked at',
    lint: {
      'durability/ephemeral-state':
        'with the volume elsewhere, positions and chunks lie in the file system of the container',
      'durability/unwritable-storage': 'with the volume elsewhere, the collector cannot write what it keeps',
    },
    ends: logMounts,
    mutations: where(isCollector, replace(workloads, [...container, 'volumeMounts', '*', 'mountPath'], /^/, '/mnt')),
  },
  {
    id: 'config-other-file',
    does: 'the collector is started with a file that is not there',
    mutations: where(
      isCollector,
      all(
        replace(workloads, [...container, 'args', '*'], /\/([\w-]+)\.(alloy|ya?ml)$/, '/$1-2.$2'),
        replace(workloads, [...container, 'command', '*'], /\/([\w-]+)\.(alloy|ya?ml)$/, '/$1-2.$2'),
      ),
    ),
  },
  {
    id: 'config-gone',
    does: 'the ConfigMap with the configuration is not there',
    mutations: objects('ConfigMap', isConfiguration),
  },
  {
    id: 'config-renamed',
    does: 'the ConfigMap with the configuration has another name',
    mutations: where(
      isConfiguration,
      set('ConfigMap', ['metadata', 'name'], (name: string) => `${name}-2`),
    ),
  },
  {
    id: 'config-in-another-namespace',
    does: 'the ConfigMap with the configuration is in another namespace',
    mutations: where(
      isConfiguration,
      set('ConfigMap', ['metadata', 'namespace'], () => 'default'),
    ),
  },
  {
    id: 'config-other-key',
    does: 'the configuration has another key in its ConfigMap',
    mutations: where(
      isConfiguration,
      set('ConfigMap', ['data'], (data: Record<string, string>) =>
        Object.fromEntries(Object.entries(data).map(([key, text]) => [`other-${key}`, text])),
      ),
    ),
  },
  {
    id: 'selector-fits-no-pod',
    does: 'the selector of the workload does not fit its own pods',
    lint: { 'gitops/unselected-pods': 'the selector does not fit the labels of the template' },
    mutations: where(
      complete,
      set(workloads, ['spec', 'selector', 'matchLabels', 'app'], (name: string) => `${name}-2`),
    ),
  },
  {
    id: 'no-replica',
    does: 'the collector has no pod',
    lint: { 'durability/collector-without-pods': 'the collector has no pod' },
    mutations: where(
      isCollector,
      set('Deployment', ['spec', 'replicas'], () => 0),
    ),
  },
  {
    id: 'two-replicas',
    does: 'two pods of the collector write every sample twice',
    lint: { 'metrics/duplicate-samples': 'each pod scrapes everything and writes it' },
    mutations: where(
      isCollector,
      set('Deployment', ['spec', 'replicas'], () => 2),
    ),
  },
  {
    id: 'workload-gone',
    does: 'the collector is not there',
    lint: { 'gitops/patch-without-target': 'the patches of the workload have no target any more' },
    mutations: all(...workloads.map((kind) => objects(kind, isCollector))),
  },
  {
    id: 'other-node-system',
    does: 'the collector runs on nodes that the cluster does not have for it',
    lint: { 'gitops/linux-on-windows': 'the pod is for Linux and goes to nodes with Windows' },
    mutations: where(
      isCollector,
      set(workloads, [...pod, 'nodeSelector', 'kubernetes.io/os'], () => 'windows'),
    ),
  },
  {
    id: 'ingress-denied',
    does: 'a network policy keeps scrapes out of a namespace',
    mutations: beside(
      'Deployment',
      // What a pod sends to itself no policy keeps from it.
      (thing) => complete(thing) && isScraped(thing) && !isCollector(thing),
      ({ namespace, name }) => ({
        ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `${name}-deny`, namespace } },
        spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'] },
      }),
    ),
  },
  {
    id: 'egress-denied',
    does: 'a network policy keeps a collector from calling anybody',
    mutations: all(
      ...workloads.map((kind) =>
        beside(kind, isCollector, ({ namespace, name }) => ({
          ...{
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: `${name}-deny`, namespace },
          },
          spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Egress'] },
        })),
      ),
    ),
  },
];

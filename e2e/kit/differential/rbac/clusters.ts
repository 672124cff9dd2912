import type { KubernetesObject } from '../../objects';
import type { Chance } from '../cases';

const NAMESPACES = ['red', 'blue', 'green'] as const;
const ACCOUNTS = ['default', 'collector', 'agent'] as const;
const RBAC = 'rbac.authorization.k8s.io';
const ROLES = ['one', 'two', 'three'] as const;
const OF_KUBERNETES = ['view', 'edit', 'admin', 'cluster-admin', 'system:discovery', 'gone'] as const;

/** What collectors ask for, and the API groups that it is in. */
export const RESOURCES: Readonly<Record<string, string>> = {
  pods: '',
  services: '',
  endpoints: '',
  nodes: '',
  'nodes/metrics': '',
  'nodes/proxy': '',
  'pods/log': '',
  namespaces: '',
  endpointslices: 'discovery.k8s.io',
  ingresses: 'networking.k8s.io',
  podmonitors: 'monitoring.coreos.com',
  servicemonitors: 'monitoring.coreos.com',
};

/** May a service account do all of it? */
export interface Question {
  readonly namespace: string;
  readonly account: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Absent: in all of them. */
  readonly place?: string;
}

export interface RbacCase {
  readonly objects: readonly KubernetesObject[];
  readonly questions: readonly Question[];
}

interface Binding extends KubernetesObject {
  readonly subjects: readonly Readonly<Record<string, string>>[];
}

/** A cluster that is like no other: its namespaces end in its number. */
export function rbacCase(number: number, questions: number): (random: Chance) => RbacCase {
  const placeOf = (name: string) => `${name}-${number}`;
  return (random) => {
    const roles = ROLES.flatMap((name) => [
      ...(random.maybe(0.7) ? [role(random, 'ClusterRole', `${name}-${number}`)] : []),
      ...random.subset(NAMESPACES, 0.4).map((namespace) => role(random, 'Role', name, placeOf(namespace))),
    ]);
    const bindings = Array.from({ length: 3 + random.below(7) }, (_, index) => binding(random, number, index, placeOf));
    return {
      objects: [
        ...NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: placeOf(name) } })),
        ...roles,
        ...bindings,
      ],
      questions: Array.from({ length: questions }, () => question(random, placeOf, bindings)),
    };
  };
}

function role(random: Chance, kind: 'Role' | 'ClusterRole', name: string, namespace?: string): KubernetesObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name, ...(namespace && { namespace }) },
    rules: Array.from({ length: 1 + random.below(5) }, () => rule(random, kind)),
  };
}

function rule(random: Chance, kind: string): Readonly<Record<string, unknown>> {
  const verbs = random.pick([
    ['get', 'list', 'watch'],
    ['get', 'list', 'watch'],
    ['list', 'watch'],
    ['list'],
    ['watch'],
    ['get'],
    ['*'],
    ['get', 'List'],
    ['create'],
  ]);
  if (kind === 'ClusterRole' && random.maybe(0.1)) return { nonResourceURLs: ['/metrics', '/*'], verbs };
  const resources = random.maybe(0.1)
    ? random.pick([['*'], ['pods/*'], ['*/metrics'], ['*/*'], ['pods', '*/log']])
    : random.some(Object.keys(RESOURCES), 6, 2);
  const named = random.maybe(0.1) && { resourceNames: random.pick([['a'], ['a', 'b'], ['*']]) };
  const groups = new Set(resources.map((resource) => RESOURCES[resource] ?? ''));
  const apiGroups = random.pick([
    [...groups],
    [...groups],
    [...groups],
    [''],
    ['*'],
    ['discovery.k8s.io'],
    ['apps', ''],
  ]);
  return { apiGroups, resources, verbs, ...named };
}

function binding(random: Chance, number: number, index: number, placeOf: (name: string) => string): Binding {
  const isWide = random.maybe(0.5);
  const namespace = placeOf(random.pick(NAMESPACES));
  const isOurs = random.maybe(0.85);
  const roleKind = isWide || random.maybe(0.5) ? 'ClusterRole' : 'Role';
  const own = roleKind === 'Role' ? random.pick(ROLES) : `${random.pick(ROLES)}-${number}`;
  return {
    apiVersion: `${RBAC}/v1`,
    kind: isWide ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name: `binding-${number}-${index}`, ...(!isWide && { namespace }) },
    roleRef: { apiGroup: RBAC, kind: roleKind, name: isOurs ? own : random.pick(OF_KUBERNETES) },
    subjects: Array.from({ length: 1 + random.below(2) }, () => subject(random, isWide, placeOf)),
  };
}

function subject(random: Chance, isWide: boolean, placeOf: (name: string) => string): Readonly<Record<string, string>> {
  const namespace = placeOf(random.pick(NAMESPACES));
  const name = random.pick(ACCOUNTS);
  const account = { kind: 'ServiceAccount', name, namespace };
  const groups = [
    `system:serviceaccounts:${namespace}`,
    'system:serviceaccounts',
    'system:authenticated',
    'system:masters',
  ];
  return random.pick<Readonly<Record<string, string>>>([
    account,
    account,
    account,
    { ...account, apiGroup: '' },
    isWide ? account : { kind: 'ServiceAccount', name },
    { kind: 'User', apiGroup: RBAC, name: `system:serviceaccount:${namespace}:${name}` },
    { kind: 'User', apiGroup: RBAC, name },
    { kind: 'Group', apiGroup: RBAC, name: random.maybe(0.6) ? (groups[0] ?? '') : random.pick(groups) },
  ]);
}

function question(random: Chance, placeOf: (name: string) => string, bindings: readonly Binding[]): Question {
  const resource = random.pick(Object.keys(RESOURCES));
  const isWide = resource.startsWith('nodes') || random.maybe(0.4);
  // Most of them of somebody who is bound to something, where it is.
  const { metadata, subjects } = random.pick(bindings);
  const someone = random.maybe(0.8) ? random.pick(subjects) : {};
  const namespace = someone.namespace ?? metadata.namespace ?? placeOf(random.pick(NAMESPACES));
  const place = random.maybe(0.5) && metadata.namespace ? metadata.namespace : placeOf(random.pick(NAMESPACES));
  return {
    namespace,
    account: someone.kind === 'ServiceAccount' && someone.name ? someone.name : random.pick(ACCOUNTS),
    resource,
    verbs: random.maybe(0.7) ? ['list', 'watch'] : ['get'],
    ...(!isWide && { place }),
  };
}

import type {
  AccessFacts,
  KubeObject,
  LabelSelector,
  LocatedMap,
  NetworkPeer,
  NetworkPolicy,
  NetworkPort,
  NetworkRule,
  RbacBinding,
  RbacRole,
  Requirement,
} from '../model';
import type { Node } from '../text';
import { at, itemsAt, listAt, mapAt, stringAt } from './access';
import { located, locatedMap } from './kubernetes';

/** RBAC, network policies and namespaces of a cluster. */
export function readAccess(objects: readonly KubeObject[]): AccessFacts {
  const namespaces = new Map<string, LocatedMap>();
  const namespaceNames = new Set<string>();
  for (const { kind, name, namespace, node } of objects) {
    if (namespace) namespaceNames.add(namespace.value);
    if (kind !== 'Namespace') continue;
    namespaceNames.add(name.value);
    namespaces.set(name.value, locatedMap(node, 'metadata', 'labels'));
  }
  return {
    roles: objects.filter(isKind('rbac.authorization.k8s.io', 'Role', 'ClusterRole')).map(readRole),
    bindings: objects
      .filter(isKind('rbac.authorization.k8s.io', 'RoleBinding', 'ClusterRoleBinding'))
      .flatMap((object) => readBinding(object) ?? []),
    networkPolicies: objects.filter(isKind('networking.k8s.io', 'NetworkPolicy')).map(readNetworkPolicy),
    otherPolicies: objects.filter(isOtherPolicy).map(({ kind, name }) => `${kind} ${name.value}`),
    namespaces,
    namespaceNames,
  };
}

function isKind(group: string, ...kinds: readonly string[]): (object: KubeObject) => boolean {
  return ({ apiVersion, kind }) => kinds.includes(kind) && apiVersion.startsWith(`${group}/`);
}

function isOtherPolicy({ apiVersion, kind }: KubeObject): boolean {
  return /NetworkPolicy$/.test(kind) && !apiVersion.startsWith('networking.k8s.io/');
}

function readRole(object: KubeObject): RbacRole {
  return {
    object,
    aggregated: at(object.node, 'aggregationRule') !== undefined,
    rules: itemsAt(object.node, 'rules').map((rule) => ({
      groups: stringsAt(rule, 'apiGroups'),
      resources: stringsAt(rule, 'resources'),
      verbs: stringsAt(rule, 'verbs'),
      names: stringsAt(rule, 'resourceNames'),
      span: listAt(rule, 'verbs')?.span ?? rule.span,
    })),
  };
}

function readBinding(object: KubeObject): RbacBinding | undefined {
  const name = located(object.node, 'roleRef', 'name');
  if (!name) return undefined;
  return {
    object,
    role: { kind: stringAt(object.node, 'roleRef', 'kind') ?? '', name },
    subjects: itemsAt(object.node, 'subjects').flatMap((subject) => {
      const subjectName = located(subject, 'name');
      const namespace = located(subject, 'namespace');
      if (!subjectName) return [];
      return [{ kind: stringAt(subject, 'kind') ?? '', name: subjectName, ...(namespace && { namespace }) }];
    }),
  };
}

function readNetworkPolicy(object: KubeObject): NetworkPolicy {
  const spec = mapAt(object.node, 'spec');
  const types = stringsAt(spec, 'policyTypes');
  // Without policyTypes a policy is about ingress, and about egress where it has rules for it (API reference).
  const isIngress = types.length === 0 || types.includes('Ingress');
  const isEgress = types.length === 0 ? itemsAt(spec, 'egress').length > 0 : types.includes('Egress');
  return {
    object,
    pods: readSelector(at(spec, 'podSelector')),
    ...(isIngress && { ingress: itemsAt(spec, 'ingress').map((rule) => readRule(rule, 'from')) }),
    ...(isEgress && { egress: itemsAt(spec, 'egress').map((rule) => readRule(rule, 'to')) }),
  };
}

function readRule(node: Node, side: 'from' | 'to'): NetworkRule {
  return {
    span: node.span,
    peers: itemsAt(node, side).map(readPeer),
    ports: itemsAt(node, 'ports').map(readPort),
  };
}

function readPeer(node: Node): NetworkPeer {
  const pods = at(node, 'podSelector');
  const namespaces = at(node, 'namespaceSelector');
  const cidr = stringAt(node, 'ipBlock', 'cidr');
  return {
    ...(isSelector(pods) && { pods: readSelector(pods) }),
    ...(isSelector(namespaces) && { namespaces: readSelector(namespaces) }),
    ...(cidr && { block: { cidr, except: stringsAt(node, 'ipBlock', 'except') } }),
  };
}

function isSelector(node: Node | undefined): boolean {
  return node?.kind === 'map';
}

function readPort(node: Node): NetworkPort {
  const port = located(node, 'port')?.value;
  const endPort = located(node, 'endPort')?.value;
  return {
    protocol: stringAt(node, 'protocol') ?? 'TCP',
    ...(port !== undefined && { port }),
    ...(endPort !== undefined && { endPort: Number(endPort) }),
  };
}

/** `matchLabels` and `matchExpressions`; an empty selector takes in everything. */
export function readSelector(node: Node | undefined): LabelSelector {
  const labels = [...locatedMap(node, 'matchLabels')].map(
    ([key, { value }]): Requirement => ({ key, operator: 'In', values: [value] }),
  );
  const expressions = itemsAt(node, 'matchExpressions').flatMap((item): Requirement[] => {
    const operator = stringAt(item, 'operator');
    const key = stringAt(item, 'key');
    if (key === undefined || !isOperator(operator)) return [];
    return [{ key, operator, values: stringsAt(item, 'values') }];
  });
  return { requirements: [...labels, ...expressions] };
}

function isOperator(text: string | undefined): text is Requirement['operator'] {
  return text === 'In' || text === 'NotIn' || text === 'Exists' || text === 'DoesNotExist';
}

function stringsAt(node: Node | undefined, ...path: readonly string[]): readonly string[] {
  return itemsAt(node, ...path).flatMap((item) => located(item)?.value ?? []);
}

import { AdotCollector, type AdotCollectorProps, AdotDelivery, MetricsSource } from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, render } from '../render';

const adot = (changes: Partial<AdotCollectorProps>) =>
  render((scope) => new AdotCollector(scope, 'adot', { ...PROPS, delivery: AdotDelivery.OPERATOR, ...changes }));

function named(changes: Partial<AdotCollectorProps>, kind: string, name: string) {
  const found = adot(changes).filter((object) => object.kind === kind && at(object, 'metadata', 'name') === name);
  expect(found).toHaveLength(1);
  return found[0];
}

const spec = (changes: Partial<AdotCollectorProps>) =>
  at(named(changes, 'OpenTelemetryCollector', 'adot-collector'), 'spec');

const shared = { replicas: 3 };

test('several pods have names that stay, and an allocator that divides the targets among them', () => {
  expect(spec(shared)).toMatchObject({
    mode: 'statefulset',
    replicas: 3,
    targetAllocator: {
      enabled: true,
      serviceAccount: 'adot-collector-targetallocator',
      allocationStrategy: 'consistent-hashing',
      filterStrategy: 'relabel-config',
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  });
  // An attribute of Deployments, which the operator refuses beside a StatefulSet.
  expect(at(spec(shared), 'deploymentUpdateStrategy')).toBeUndefined();
  expect(at(spec({ replicas: 1 }), 'targetAllocator')).toBeUndefined();
  expect(at(spec({ highAvailability: true }), 'targetAllocator')).toBeUndefined();
});

test('the allocator asks for no scrape of its pods, as the operator would give it the annotations of the collector', () => {
  expect(at(spec(shared), 'podAnnotations')).toBeUndefined();
  expect(at(spec({}), 'podAnnotations', 'prometheus.io/port')).toBe('8888');
});

test('the allocator looks for targets, the collectors scrape: each account may do its own and no more', () => {
  const sources = { ...shared, sources: [MetricsSource.kubelet()] };
  const verbs = ['get', 'list', 'watch'];
  expect(at(named(sources, 'ClusterRole', 'adot-collector'), 'rules')).toEqual([
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  ]);
  expect(at(named(sources, 'ClusterRole', 'adot-collector-targetallocator'), 'rules')).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs },
    { apiGroups: [''], resources: ['nodes'], verbs },
  ]);
  const account = named(sources, 'ServiceAccount', 'adot-collector-targetallocator');
  expect(at(account, 'metadata', 'annotations')).toBeUndefined();
  expect(at(account, 'automountServiceAccountToken')).toBe(true);
});

test('collectors that only scrape pods have no role in the cluster at all', () => {
  const roles = adot(shared).filter(({ kind }) => kind === 'ClusterRole' || kind === 'ClusterRoleBinding');
  expect(roles.map((role) => at(role, 'metadata', 'name'))).toEqual([
    'adot-collector-targetallocator',
    'adot-collector-targetallocator',
  ]);
});

describe('monitors', () => {
  const discovery = (changes: Partial<AdotCollectorProps>) => at(spec(changes), 'targetAllocator', 'prometheusCR');

  test('are followed by the allocator, which may read them and no secrets', () => {
    expect(discovery({ monitors: {} })).toMatchObject({
      enabled: true,
      scrapeInterval: '60s',
      podMonitorSelector: { matchLabels: {} },
      serviceMonitorSelector: { matchLabels: {} },
      podMonitorNamespaceSelector: {},
      serviceMonitorNamespaceSelector: {},
    });
    const rules = JSON.stringify(at(named({ monitors: {} }, 'ClusterRole', 'adot-collector-targetallocator'), 'rules'));
    expect(rules).toContain('"podmonitors","servicemonitors"');
    expect(rules).not.toContain('secrets');
    expect(discovery(shared)).toBeUndefined();
  });

  test('one kind, some namespaces, some labels', () => {
    const monitors = { podMonitors: false, namespaces: ['b', 'a'], matchLabels: { team: 'games' } };
    expect(discovery({ monitors })).toMatchObject({
      allowNamespaces: ['a', 'b'],
      serviceMonitorSelector: { matchLabels: { team: 'games' } },
    });
    expect(at(discovery({ monitors }), 'podMonitorSelector')).toBeUndefined();
  });

  test('their series lose what would change job and instance, and what is not kept of pods', () => {
    const relabelings = (changes: Partial<AdotCollectorProps>) =>
      at(discovery({ monitors: {}, ...changes }), 'scrapeClasses', 0, 'metricRelabelings');
    const drop = { action: 'drop', sourceLabels: ['__name__'], regex: 'target_info' };
    expect(relabelings({})).toEqual([drop]);
    expect(relabelings({ keepMetrics: ['nginx_*'] })).toEqual([
      drop,
      { action: 'keep', sourceLabels: ['__name__'], regex: expect.stringContaining('nginx_.*') },
    ]);
  });
});

test('policies tell the pods of the collector from those of the allocator', () => {
  const changes = { ...shared, networkPolicy: true };
  const collectors = { app: 'adot-collector', 'app.kubernetes.io/component': 'opentelemetry-collector' };
  const allocators = { app: 'adot-collector', 'app.kubernetes.io/component': 'opentelemetry-targetallocator' };
  const ports = [{ protocol: 'TCP', port: 8080 }];
  const collector = at(named(changes, 'NetworkPolicy', 'adot-collector'), 'spec');
  expect(at(collector, 'podSelector', 'matchLabels')).toEqual(collectors);
  expect(at(collector, 'egress')).toContainEqual({ to: [{ podSelector: { matchLabels: allocators } }], ports });
  const allocator = at(named(changes, 'NetworkPolicy', 'adot-collector-targetallocator'), 'spec');
  expect(at(allocator, 'podSelector', 'matchLabels')).toEqual(allocators);
  expect(at(allocator, 'ingress')).toEqual([{ from: [{ podSelector: { matchLabels: collectors } }], ports }]);
});

test.each([shared, { highAvailability: true }])(
  'with %j the budget is left to the operator, as two would block drains',
  (changes) => {
    expect(adot(changes).map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
  },
);

test('images of a private cluster', () => {
  const changes = { ...shared, imagePullSecrets: ['pull'], targetAllocatorImage: 'example.com/allocator:1' };
  expect(at(spec(changes), 'targetAllocator', 'image')).toBe('example.com/allocator:1');
  expect(at(spec(shared), 'targetAllocator', 'image')).toBeUndefined();
  for (const name of ['adot-collector', 'adot-collector-targetallocator']) {
    expect(at(named(changes, 'ServiceAccount', name), 'imagePullSecrets')).toEqual([{ name: 'pull' }]);
  }
});

test.each<[string, Partial<AdotCollectorProps>, string]>([
  ['replicas', { replicas: 2 }, 'got 2, allowed: none with AdotDelivery.DEPLOYMENT'],
  ['monitors', { monitors: {} }, 'got {}, allowed: none with AdotDelivery.DEPLOYMENT'],
  ['targetAllocatorImage', { targetAllocatorImage: 'x' }, 'got "x", allowed: none with AdotDelivery.DEPLOYMENT'],
])('a Deployment has no %s', (prop, changes, message) => {
  expect(() => adot({ ...changes, delivery: AdotDelivery.DEPLOYMENT })).toThrow(
    `AdotCollectorProps.${prop}: ${message}`,
  );
});

test('copies that all scrape everything have nothing to divide', () => {
  expect(() => adot({ replicas: 2, highAvailability: true })).toThrow('AdotCollectorProps.replicas: got 2');
  expect(() => adot({ monitors: {}, highAvailability: true })).toThrow('AdotCollectorProps.monitors: got {}');
});

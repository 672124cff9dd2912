import type { World } from '../../src/model';
import { mayWatch } from '../../src/trace/hops/rbac';
import { worldOfObjects as world } from '../support/world';

function may(made: World, resource: string, namespace?: string, verbs?: readonly string[]): 'yes' | 'no' | 'unknown' {
  const { span } = made.objects[0].name;
  const reader = {
    namespace: 'monitoring',
    name: { value: 'collector', span },
    who: 'it',
    component: 'it',
    span,
    ...(verbs && { verbs }),
  };
  const { broken, missing } = mayWatch(reader, resource, namespace, made);
  return broken ? 'no' : missing ? 'unknown' : 'yes';
}

const apiVersion = 'rbac.authorization.k8s.io/v1';
const role = (name: string, resources: readonly string[], verbs: readonly string[], apiGroups = ['']) => ({
  apiVersion,
  kind: 'ClusterRole',
  metadata: { name },
  rules: [{ apiGroups, resources, verbs }],
});
const account = { kind: 'ServiceAccount', name: 'collector', namespace: 'monitoring' };
const bound = (name: string, subject: object = account, namespace?: string) => ({
  apiVersion,
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata: { name: `${name}-${namespace}`, ...(namespace && { namespace }) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
  subjects: [subject],
});

/** Each of them is what a real API server said (e2e, differential-rbac). */
describe('roles and bindings', () => {
  it.each(['nodes/metrics', '*/metrics', '*'])('a rule for %s lets nodes/metrics be read', (resource) => {
    expect(may(world(role('r', [resource], ['get']), bound('r')), 'nodes/metrics', undefined, ['get'])).toBe('yes');
  });

  it.each(['nodes', 'nodes/*', '*/*', '*/proxy'])('a rule for %s does not', (resource) => {
    expect(may(world(role('r', [resource], ['get']), bound('r')), 'nodes/metrics', undefined, ['get'])).toBe('no');
  });

  it('two roles together give what none gives alone', () => {
    const both = [role('a', ['pods'], ['list']), role('b', ['pods'], ['watch']), bound('a'), bound('b')];
    expect([may(world(...both), 'pods'), may(world(...both.slice(0, 3)), 'pods')]).toEqual(['yes', 'no']);
  });

  it('a service account without a namespace is one of the binding’s', () => {
    const { namespace: _, ...nameless } = account;
    const pods = role('r', ['pods'], ['list', 'watch']);
    expect(may(world(pods, bound('r', nameless, 'monitoring')), 'pods', 'monitoring')).toBe('yes');
    expect(may(world(pods, bound('r', nameless, 'shop')), 'pods', 'shop')).toBe('no');
  });

  it.each([
    ['system:serviceaccounts', 'yes'],
    ['system:serviceaccounts:monitoring', 'yes'],
    ['system:serviceaccounts:shop', 'no'],
  ])('the group %s: %s', (name, truth) => {
    expect(may(world(role('r', ['pods'], ['*']), bound('r', { kind: 'Group', name })), 'pods')).toBe(truth);
  });

  it.each([
    ['view', 'namespaces', 'yes'],
    ['view', 'nodes', 'no'],
    ['view', 'podmonitors', 'unknown'],
    ['cluster-admin', 'nodes', 'yes'],
  ])('%s and %s: %s', (name, resource, truth) => {
    expect(may(world(bound(name)), resource)).toBe(truth);
  });

  it('a rule for objects of a name lets nothing be listed', () => {
    const { rules, ...rest } = role('r', ['pods'], ['*']);
    const named = { ...rest, rules: rules.map((rule) => ({ ...rule, resourceNames: ['a'] })) };
    expect(may(world(named, bound('r')), 'pods')).toBe('no');
  });
});

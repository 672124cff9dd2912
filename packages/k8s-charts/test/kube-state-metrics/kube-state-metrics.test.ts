import { KubeStateMetrics, type KubeStateMetricsProps, ObservedObject } from '../../src';
import { at, container, only, podSpec, render } from '../render';

function rendered(changes: Partial<KubeStateMetricsProps> = {}) {
  const made: KubeStateMetrics[] = [];
  const props = { namespace: 'monitoring', ...changes };
  const objects = render((scope) => made.push(new KubeStateMetrics(scope, 'k', props)));
  return { objects, construct: made[0] };
}

test('watches the kinds of objects that it may list and watch, and no others', () => {
  const { objects } = rendered({ objects: [ObservedObject.PODS, ObservedObject.DEPLOYMENTS, ObservedObject.NODES] });
  expect(at(container(only(objects, 'Deployment')), 'args')).toContain('--resources=deployments,nodes,pods');
  expect(at(only(objects, 'ClusterRole'), 'rules')).toEqual([
    { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'watch'] },
  ]);
});

test('reads neither secrets nor config maps, whatever it is asked for', () => {
  const { objects } = rendered({ objects: Object.values(ObservedObject) });
  const rules = JSON.stringify(at(only(objects, 'ClusterRole'), 'rules'));
  expect(rules).not.toMatch(/secrets|configmaps|\*/);
  expect(rules.match(/"apiGroups"/g)).toHaveLength(5);
});

test('is no target of the job that follows annotations', () => {
  const deployment = only(rendered().objects, 'Deployment');
  expect(at(deployment, 'spec', 'template', 'metadata', 'annotations')).toBeUndefined();
  expect(at(deployment, 'spec', 'template', 'metadata', 'labels')).toMatchObject({
    'app.kubernetes.io/name': 'kube-state-metrics',
  });
});

test('has nothing that the level restricted forbids, and no role', () => {
  const { objects } = rendered();
  const deployment = only(objects, 'Deployment');
  expect(at(podSpec(deployment), 'securityContext')).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(at(container(deployment), 'securityContext')).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  });
  expect(at(podSpec(deployment), 'serviceAccountName')).toBe('kube-state-metrics');
  expect(at(only(objects, 'ServiceAccount'), 'metadata', 'annotations')).toBeUndefined();
});

test('comes from a mirror, by the secrets of its account', () => {
  const { objects } = rendered({ imageRegistry: 'mirror.example.com:5000', imagePullSecrets: ['pull'] });
  expect(at(container(only(objects, 'Deployment')), 'image')).toMatch(
    /^mirror\.example\.com:5000\/kube-state-metrics\/kube-state-metrics:v\d/,
  );
  expect(at(only(objects, 'ServiceAccount'), 'imagePullSecrets')).toEqual([{ name: 'pull' }]);
});

test('with a policy it is asked by metrics collectors alone, and calls the API server alone', () => {
  const { objects } = rendered({ networkPolicy: true });
  const spec = at(only(objects, 'NetworkPolicy'), 'spec');
  expect(at(spec, 'podSelector')).toEqual({ matchLabels: { app: 'kube-state-metrics' } });
  expect(at(spec, 'ingress', 0, 'ports')).toEqual([{ protocol: 'TCP', port: 8080 }]);
  expect(at(spec, 'ingress', 0, 'from', 0, 'podSelector', 'matchExpressions', 0)).toMatchObject({
    key: 'app.kubernetes.io/component',
    values: ['metrics-collector', 'opentelemetry-collector'],
  });
  expect(JSON.stringify(at(spec, 'egress')).match(/"port":\d+/g)).toEqual(['"port":53', '"port":53', '"port":443']);
  expect(rendered().objects.map(({ kind }) => kind)).not.toContain('NetworkPolicy');
});

test('tells collectors where it is', () => {
  expect(rendered().construct?.source.job).toBe('kube-state-metrics');
});

test.each<[string, Partial<KubeStateMetricsProps>, string]>([
  ['a namespace that cannot exist', { namespace: 'A' }, 'KubeStateMetricsProps.namespace: got "A"'],
  ['a name that cannot be a label', { name: 'a.b' }, 'KubeStateMetricsProps.name: got "a.b"'],
  ['nothing to watch', { objects: [] }, 'KubeStateMetricsProps.objects: got []'],
  ['metrics as a query', { keepMetrics: ['a{}'] }, 'keepMetrics: got "a{}"'],
])('%s is refused', (_, changes, message) => {
  expect(() => rendered(changes)).toThrow(message);
});

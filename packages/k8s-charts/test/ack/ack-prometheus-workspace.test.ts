import { AckDeletionPolicy, AckPrometheusWorkspace, type AckPrometheusWorkspaceProps } from '../../src';
import { at, only, render } from '../render';

const PROPS: AckPrometheusWorkspaceProps = {
  name: 'eks-metrics',
  namespace: 'ack-system',
  alias: 'eks-metrics-dev',
  region: 'ap-northeast-2',
  exportNamespace: 'monitoring',
  tags: { 'sightline-overlay': 'dev' },
};

function workspace(changes: Partial<AckPrometheusWorkspaceProps> = {}) {
  const made: AckPrometheusWorkspace[] = [];
  const objects = render((scope) => made.push(new AckPrometheusWorkspace(scope, 'w', { ...PROPS, ...changes })));
  return { objects, construct: made[0] };
}

test('the workspace is made with alias and tags, and kept by ACK and by Argo CD', () => {
  expect(only(workspace().objects, 'Workspace')).toEqual({
    apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1',
    kind: 'Workspace',
    metadata: {
      name: 'eks-metrics',
      namespace: 'ack-system',
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'services.k8s.aws/deletion-policy': 'retain',
        'services.k8s.aws/region': 'ap-northeast-2',
      },
    },
    spec: { alias: 'eks-metrics-dev', tags: { 'sightline-overlay': 'dev' } },
  });
});

test('its id, which is the only thing the status has, is exported into the ConfigMap of the collectors', () => {
  const fieldExport = only(workspace().objects, 'FieldExport');
  expect(at(fieldExport, 'metadata', 'namespace')).toBe('ack-system');
  expect(at(fieldExport, 'spec')).toEqual({
    from: {
      path: '.status.workspaceID',
      resource: { group: 'prometheusservice.services.k8s.aws', kind: 'Workspace', name: 'eks-metrics' },
    },
    to: { kind: 'configmap', name: 'amp-workspace', namespace: 'monitoring', key: 'workspaceId' },
  });
});

test('the ConfigMap exists beforehand, without data that could be taken for a value', () => {
  const map = only(workspace().objects, 'ConfigMap');
  expect(at(map, 'metadata')).toMatchObject({ name: 'amp-workspace', namespace: 'monitoring' });
  expect(map).not.toHaveProperty('data');
});

test('an export into another namespace says what the controller must be set up with', () => {
  const requires = (changes: Partial<AckPrometheusWorkspaceProps>) =>
    at(only(workspace(changes).objects, 'FieldExport'), 'metadata', 'annotations', 'eks-sightline.github.io/requires');
  expect(requires({})).toMatch(/--enable-cross-namespace.*Ack\.EnableCrossNamespace/);
  expect(requires({ exportNamespace: 'ack-system' })).toBeUndefined();
});

test('collectors get the id by the same name and key, and Argo CD leaves that key alone', () => {
  const { construct } = workspace({ configMapName: 'amp', configMapKey: 'id' });
  expect(construct?.workspaceId.source).toEqual({ namespace: 'monitoring', name: 'amp', key: 'id' });
  expect(construct?.ignoreDifferences).toEqual([
    { kind: 'ConfigMap', namespace: 'monitoring', name: 'amp', jsonPointers: ['/data/id'] },
  ]);
});

test('the alias is the name and there are no tags unless given; deletion can be asked for', () => {
  const { objects } = workspace({ alias: undefined, tags: undefined, deletionPolicy: AckDeletionPolicy.DELETE });
  expect(at(only(objects, 'Workspace'), 'spec')).toEqual({ alias: 'eks-metrics' });
  expect(at(only(objects, 'Workspace'), 'metadata', 'annotations', 'services.k8s.aws/deletion-policy')).toBe('delete');
});

test.each<[string, Partial<AckPrometheusWorkspaceProps>, string]>([
  ['a region that is none', { region: 'seoul' }, 'AckPrometheusWorkspaceProps.region: got "seoul"'],
  ['an alias that is too long', { alias: 'a'.repeat(101) }, 'allowed: 1 to 100 characters'],
  ['a tag key that AWS reserves', { tags: { 'aws:x': 'y' } }, 'AckPrometheusWorkspaceProps.tags: got "aws:x"'],
  ['a tag value that AWS refuses', { tags: { x: 'a*b' } }, 'AckPrometheusWorkspaceProps.tags: got "a*b"'],
  ['a name that cannot exist', { name: 'EKS' }, 'AckPrometheusWorkspaceProps.name: got "EKS"'],
  ['a namespace that cannot exist', { namespace: 'a.b' }, 'AckPrometheusWorkspaceProps.namespace: got "a.b"'],
  [
    'an export namespace that cannot exist',
    { exportNamespace: '' },
    'AckPrometheusWorkspaceProps.exportNamespace: got ""',
  ],
  ['a ConfigMap name that cannot exist', { configMapName: 'A' }, 'AckPrometheusWorkspaceProps.configMapName: got "A"'],
  ['a key with a slash', { configMapKey: 'a/b' }, 'AckPrometheusWorkspaceProps.configMapKey: got "a/b"'],
])('%s is refused', (_, changes, message) => {
  expect(() => workspace(changes)).toThrow(message);
});

test('tokens pass', () => {
  const token = '${Token[TOKEN.1]}';
  expect(() => workspace({ alias: token, region: token, tags: { [token]: token } })).not.toThrow();
});

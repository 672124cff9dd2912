import { Chart } from 'cdk8s';
import {
  AckPolicy,
  AckPrometheusWorkspace,
  AckRole,
  ArgoApplicationSet,
  ArgoEksCluster,
  type ArgoEksClusterProps,
  ArgoGenerator,
  ArgoSyncWave,
  IamTrust,
  KubeStateMetrics,
  ObservabilityNamespace,
} from '../../src';
import { at, only, render } from '../render';

const ARN = 'arn:aws:eks:ap-northeast-2:111122223333:cluster/tictactoe-dev';
const PLACE = { name: 'one', namespace: 'ack-system' };
const repoUrl = 'https://github.com/eks-sightline/sightline.git';
const wave = ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'];

describe('ArgoSyncWave.byKind', () => {
  const objects = render((scope) => {
    new ObservabilityNamespace(scope, 'n', { name: 'monitoring' });
    new AckPrometheusWorkspace(scope, 'w', {
      ...PLACE,
      region: 'ap-northeast-2',
      exportNamespace: 'monitoring',
    });
    const early = new AckRole(scope, 'r', { ...PLACE, trust: IamTrust.podIdentity() });
    new KubeStateMetrics(scope, 'k', { namespace: 'monitoring' });
    ArgoSyncWave.set(early, -7);
    ArgoSyncWave.byKind(Chart.of(scope));
  });

  test.each([
    ['Namespace', '-20'],
    ['Workspace', '-5'],
    ['FieldExport', '-5'],
    ['Role', '-7'],
    ['Deployment', undefined],
    ['ConfigMap', undefined],
  ])('%s is in wave %s', (kind, expected) => {
    expect(at(only(objects, kind), ...wave)).toBe(expected);
  });
});

describe('ArgoEksCluster', () => {
  const props: ArgoEksClusterProps = { name: 'dev', clusterArn: ARN };
  const secret = (changes: Partial<ArgoEksClusterProps> = {}) =>
    only(
      render((scope) => new ArgoEksCluster(scope, 'c', { ...props, ...changes })),
      'Secret',
    );

  test('is known to Argo CD by its ARN, without credentials', () => {
    expect(secret({ project: 'observability', labels: { env: 'dev' } })).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'dev',
        namespace: 'argocd',
        labels: { env: 'dev', 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      type: 'Opaque',
      stringData: { name: 'dev', server: ARN, project: 'observability' },
    });
  });

  test('keeps the label by which Argo CD finds it', () => {
    const labels = { 'argocd.argoproj.io/secret-type': 'repository' };
    expect(at(secret({ labels }), 'metadata', 'labels', 'argocd.argoproj.io/secret-type')).toBe('cluster');
  });

  test.each<[Partial<ArgoEksClusterProps>, string]>([
    [{ clusterArn: 'https://kubernetes.default.svc' }, 'ArgoDestination.eksCluster: got'],
    [{ name: 'A' }, 'ArgoEksClusterProps.name: got "A"'],
    [{ project: 'a b' }, 'ArgoEksClusterProps.project: got "a b"'],
    [{ namespace: 'a.b' }, 'ArgoEksClusterProps.namespace: got "a.b"'],
  ])('refuses %j', (changes, message) => {
    expect(() => secret(changes)).toThrow(message);
  });
});

describe('ArgoGenerator.gitFiles', () => {
  const files = { repoUrl, files: ['clusters/*.json'], keys: ['overlay', 'cluster'] };
  const set = (path: string, options = files) =>
    only(
      render(
        (scope) =>
          new ArgoApplicationSet(scope, 's', {
            name: 'all',
            generator: ArgoGenerator.gitFiles(options),
            applicationName: 'all-{{.overlay}}',
            repoUrl,
            path,
            clusterServer: '{{.cluster}}',
          }),
      ),
      'ApplicationSet',
    );

  test('makes an Application of each file, by its keys and its folder', () => {
    expect(at(set('{{.path.path}}/{{.overlay}}'), 'spec', 'generators')).toEqual([
      { git: { repoURL: repoUrl, revision: 'HEAD', files: [{ path: 'clusters/*.json' }] } },
    ]);
  });

  test('refuses a key that the files do not have', () => {
    expect(() => set('{{.stage}}')).toThrow('allowed: the parameters .path, .overlay, .cluster');
  });

  test.each([
    [{ ...files, files: [] }, 'ArgoGitFileOptions.files: got []'],
    [{ ...files, files: ['/x'] }, 'ArgoGitFileOptions.files: got "/x"'],
    [{ ...files, keys: ['path'] }, 'ArgoGitFileOptions.keys: got "path"'],
    [{ ...files, keys: ['a-b'] }, 'ArgoGitFileOptions.keys: got "a-b"'],
  ])('refuses %j', (options, message) => {
    expect(() => set('x', options)).toThrow(message);
  });
});

test('what the controller for IAM fills in is named for Argo CD to leave alone', () => {
  let found: unknown[] = [];
  render((scope) => {
    const statements = [{ actions: ['aps:RemoteWrite'], resources: ['*'] }];
    const role = new AckRole(scope, 'r', { ...PLACE, trust: IamTrust.podIdentity() });
    const policy = new AckPolicy(scope, 'p', { ...PLACE, statements });
    found = [...role.ignoreDifferences, ...policy.ignoreDifferences];
  });
  const group = 'iam.services.k8s.aws';
  expect(found).toEqual([
    { group, kind: 'Role', ...PLACE, jsonPointers: ['/spec/maxSessionDuration', '/spec/path'] },
    { group, kind: 'Policy', ...PLACE, jsonPointers: ['/spec/path'] },
  ]);
});

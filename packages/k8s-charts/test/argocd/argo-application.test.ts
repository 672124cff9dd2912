import { ArgoApplication, type ArgoApplicationProps, ArgoDestination } from '../../src';
import { at, only, render } from '../render';

const CLUSTER = 'arn:aws:eks:ap-northeast-2:111122223333:cluster/tictactoe-dev';

const PROPS: ArgoApplicationProps = {
  name: 'eks-infrastructure',
  repoUrl: 'https://github.com/eks-sightline/sightline.git',
  targetRevision: 'main',
  path: 'apps/tictactoe-infra/gitops/overlays/dev',
  destination: ArgoDestination.eksCluster(CLUSTER),
  destinationNamespace: 'ack-system',
};

const application = (changes: Partial<ArgoApplicationProps> = {}) =>
  only(
    render((scope) => new ArgoApplication(scope, 'app', { ...PROPS, ...changes })),
    'Application',
  );

test('syncs a folder to a cluster, named by its ARN, prunes and heals', () => {
  expect(application()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'eks-infrastructure', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: {
        repoURL: 'https://github.com/eks-sightline/sightline.git',
        targetRevision: 'main',
        path: 'apps/tictactoe-infra/gitops/overlays/dev',
      },
      destination: { server: CLUSTER, namespace: 'ack-system' },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  });
});

test('ignored differences are also respected by the sync itself', () => {
  const ignoreDifferences = [{ kind: 'ConfigMap', name: 'amp-workspace', jsonPointers: ['/data/workspaceId'] }];
  const spec = at(application({ ignoreDifferences, syncOptions: ['ServerSideApply=true'] }), 'spec');
  expect(at(spec, 'ignoreDifferences')).toEqual(ignoreDifferences);
  expect(at(spec, 'syncPolicy', 'syncOptions')).toEqual(['ServerSideApply=true', 'RespectIgnoreDifferences=true']);
});

test('a choice about respecting differences is not overruled', () => {
  const ignoreDifferences = [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }];
  const syncOptions = ['RespectIgnoreDifferences=false'];
  expect(at(application({ ignoreDifferences, syncOptions }), 'spec', 'syncPolicy', 'syncOptions')).toEqual(syncOptions);
});

test('deleting the Application leaves the objects, unless asked otherwise', () => {
  expect(at(application(), 'metadata', 'finalizers')).toBeUndefined();
  expect(at(application({ cascadeDelete: true }), 'metadata', 'finalizers')).toEqual([
    'resources-finalizer.argocd.argoproj.io',
  ]);
});

test('sync by hand has no automation at all', () => {
  expect(at(application({ automated: false }), 'spec', 'syncPolicy')).toEqual({});
});

test('prune and selfHeal can be switched off one by one', () => {
  const automated = at(application({ prune: false }), 'spec', 'syncPolicy', 'automated');
  expect(automated).toEqual({ prune: false, selfHeal: true });
});

test('a cluster may be named by URL or by its name in Argo CD', () => {
  const destination = (value: ArgoDestination) => at(application({ destination: value }), 'spec', 'destination');
  expect(destination(ArgoDestination.apiServer('https://10.0.0.1:6443'))).toMatchObject({
    server: 'https://10.0.0.1:6443',
  });
  expect(destination(ArgoDestination.clusterName('in-cluster'))).toMatchObject({ name: 'in-cluster' });
});

test.each<[string, Partial<ArgoApplicationProps>, string]>([
  ['prune without automation', { automated: false, prune: true }, 'ArgoApplicationProps.prune: got true'],
  ['selfHeal without automation', { automated: false, selfHeal: true }, 'ArgoApplicationProps.selfHeal: got true'],
  ['an absolute path', { path: '/gitops' }, 'ArgoApplicationProps.path: got "/gitops"'],
  ['a path out of the repository', { path: 'a/../../b' }, 'ArgoApplicationProps.path: got "a/../../b"'],
  ['a repository that is a folder', { repoUrl: '../repo' }, 'ArgoApplicationProps.repoUrl: got "../repo"'],
  ['a sync option without a value', { syncOptions: ['Prune'] }, 'ArgoApplicationProps.syncOptions: got "Prune"'],
  ['a name that cannot exist', { name: 'EKS' }, 'ArgoApplicationProps.name: got "EKS"'],
  ['a namespace that cannot exist', { namespace: 'Argo' }, 'ArgoApplicationProps.namespace: got "Argo"'],
  [
    'a difference without fields',
    { ignoreDifferences: [{ kind: 'Secret', jsonPointers: [] }] },
    'jsonPointers: got []',
  ],
  [
    'a pointer without a slash',
    { ignoreDifferences: [{ kind: 'Secret', jsonPointers: ['data'] }] },
    'jsonPointers: got "data"',
  ],
])('%s is refused', (_, changes, message) => {
  expect(() => application(changes)).toThrow(message);
});

test.each([
  [() => ArgoDestination.eksCluster('tictactoe-dev'), 'ArgoDestination.eksCluster: got "tictactoe-dev"'],
  [() => ArgoDestination.apiServer('http://x'), 'ArgoDestination.apiServer: got "http://x"'],
  [() => ArgoDestination.clusterName(CLUSTER), 'ArgoDestination.clusterName: got "arn:aws:eks'],
])('a destination of the wrong kind is refused', (make, message) => {
  expect(make).toThrow(message);
});

test('tokens pass', () => {
  const token = '${Token[TOKEN.1]}';
  expect(() => application({ path: token, destination: ArgoDestination.eksCluster(token) })).not.toThrow();
});

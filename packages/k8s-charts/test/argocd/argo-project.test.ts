import { Chart } from 'cdk8s';
import {
  ArgoDestination,
  ArgoProject,
  type ArgoProjectProps,
  ArgoSyncWave,
  KubeStateMetrics,
  ObservabilityNamespace,
} from '../../src';
import { at, only, render } from '../render';

const CLUSTER = 'arn:aws:eks:ap-northeast-2:111122223333:cluster/tictactoe-dev';

const PROPS: ArgoProjectProps = {
  name: 'observability',
  sourceRepos: ['https://github.com/eks-sightline/sightline.git'],
  destinations: [{ cluster: ArgoDestination.eksCluster(CLUSTER), namespace: 'monitoring' }],
};

const project = (changes: Partial<ArgoProjectProps> = {}) =>
  only(
    render((scope) => new ArgoProject(scope, 'project', { ...PROPS, ...changes })),
    'AppProject',
  );

describe('ArgoProject', () => {
  test('allows what is named and nothing without a namespace', () => {
    expect(project()).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'observability', namespace: 'argocd' },
      spec: {
        sourceRepos: ['https://github.com/eks-sightline/sightline.git'],
        destinations: [{ server: CLUSTER, namespace: 'monitoring' }],
      },
    });
  });

  test('kinds without a namespace are allowed one by one', () => {
    const clusterKinds = [{ kind: 'Namespace' }, { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' }];
    expect(at(project({ clusterKinds }), 'spec', 'clusterResourceWhitelist')).toEqual([
      { group: '', kind: 'Namespace' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    ]);
  });

  test.each<[Partial<ArgoProjectProps>, string]>([
    [{ name: 'A' }, 'ArgoProjectProps.name: got "A"'],
    [{ sourceRepos: [] }, 'ArgoProjectProps.sourceRepos: got []'],
    [{ sourceRepos: ['*'] }, 'ArgoProjectProps.sourceRepos: got "*"'],
    [{ destinations: [] }, 'ArgoProjectProps.destinations: got []'],
    [
      { destinations: [{ cluster: ArgoDestination.clusterName('a'), namespace: 'A' }] },
      'ArgoProjectDestination.namespace: got "A"',
    ],
  ])('%j is refused', (changes, message) => {
    expect(() => project(changes)).toThrow(message);
  });
});

describe('ArgoSyncWave', () => {
  test('puts all objects of a component into a wave, and leaves others alone', () => {
    const objects = render((scope) => {
      ArgoSyncWave.set(new KubeStateMetrics(scope, 'k', { namespace: 'monitoring' }), 3);
      new ObservabilityNamespace(scope, 'n', { name: 'monitoring' });
    });
    const waves = objects.map((object) => [
      object.kind,
      at(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave'),
    ]);
    expect(Object.fromEntries(waves)).toEqual({
      ServiceAccount: '3',
      ClusterRole: '3',
      ClusterRoleBinding: '3',
      Deployment: '3',
      Namespace: undefined,
    });
  });

  test('namespaces come before operators, these before what AWS makes, and that before the rest', () => {
    expect(ArgoSyncWave.DEFINITIONS).toBeLessThan(ArgoSyncWave.OPERATORS);
    expect(ArgoSyncWave.OPERATORS).toBeLessThan(ArgoSyncWave.AWS_RESOURCES);
    expect(ArgoSyncWave.AWS_RESOURCES).toBeLessThan(0);
  });

  test('a wave that is no whole number is refused', () => {
    expect(() => render((scope) => ArgoSyncWave.set(Chart.of(scope), 0.5))).toThrow('ArgoSyncWave.set: got 0.5');
  });
});

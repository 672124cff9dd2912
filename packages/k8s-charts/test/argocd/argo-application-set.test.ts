import { ArgoApplicationSet, type ArgoApplicationSetProps, ArgoGenerator } from '../../src';
import { at, only, render } from '../render';

const REPOSITORY = 'https://github.com/eks-sightline/sightline.git';
const arn = (name: string) => `arn:aws:eks:ap-northeast-2:111122223333:cluster/${name}`;

const PROPS: ArgoApplicationSetProps = {
  name: 'eks-infrastructure',
  generator: ArgoGenerator.list([
    { overlay: 'dev', cluster: arn('tictactoe-dev') },
    { overlay: 'prod', cluster: arn('tictactoe-prod') },
  ]),
  applicationName: 'eks-infrastructure-{{.overlay}}',
  repoUrl: REPOSITORY,
  path: 'gitops/overlays/{{.overlay}}',
  clusterServer: '{{.cluster}}',
};

const set = (changes: Partial<ArgoApplicationSetProps> = {}) =>
  only(
    render((scope) => new ArgoApplicationSet(scope, 'set', { ...PROPS, ...changes })),
    'ApplicationSet',
  );

test('makes one Application of each element, and fails on a parameter that is missing', () => {
  expect(at(set(), 'spec')).toEqual({
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [
      {
        list: {
          elements: [
            { overlay: 'dev', cluster: arn('tictactoe-dev') },
            { overlay: 'prod', cluster: arn('tictactoe-prod') },
          ],
        },
      },
    ],
    syncPolicy: { preserveResourcesOnDeletion: true },
    template: {
      metadata: { name: 'eks-infrastructure-{{.overlay}}' },
      spec: {
        project: 'default',
        source: { repoURL: REPOSITORY, targetRevision: 'HEAD', path: 'gitops/overlays/{{.overlay}}' },
        destination: { server: '{{.cluster}}' },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      },
    },
  });
});

test('clusters are chosen by the labels of their secrets', () => {
  const generator = ArgoGenerator.clusters({ matchLabels: { env: 'dev' } });
  const object = set({ generator, applicationName: 'x-{{.nameNormalized}}', path: 'a', clusterServer: '{{.server}}' });
  expect(at(object, 'spec', 'generators')).toEqual([{ clusters: { selector: { matchLabels: { env: 'dev' } } } }]);
  const all = set({
    generator: ArgoGenerator.clusters(),
    applicationName: '{{.name}}',
    path: 'gitops/{{index .metadata.labels "example.com/overlay"}}',
    clusterServer: undefined,
    clusterName: '{{.name}}',
  });
  expect(at(all, 'spec', 'generators')).toEqual([{ clusters: {} }]);
  expect(at(all, 'spec', 'template', 'spec', 'destination')).toEqual({ name: '{{.name}}' });
});

test('folders of a repository are found, but for those that are left out', () => {
  const generator = ArgoGenerator.gitDirectories({
    repoUrl: REPOSITORY,
    directories: ['gitops/overlays/*'],
    exclude: ['gitops/overlays/old'],
  });
  const object = set({
    generator,
    applicationName: '{{.path.basename}}',
    path: '{{.path.path}}',
    clusterServer: arn('a'),
  });
  expect(at(object, 'spec', 'generators', 0, 'git')).toEqual({
    repoURL: REPOSITORY,
    revision: 'HEAD',
    directories: [{ path: 'gitops/overlays/*' }, { path: 'gitops/overlays/old', exclude: true }],
  });
});

test('objects go with their Application when asked to', () => {
  const object = set({ preserveObjects: false, cascadeDelete: true });
  expect(at(object, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion')).toBe(false);
  expect(at(object, 'spec', 'template', 'metadata', 'finalizers')).toEqual(['resources-finalizer.argocd.argoproj.io']);
});

test.each<[string, Partial<ArgoApplicationSetProps>, string]>([
  [
    'a parameter that no element has',
    { path: '{{.stage}}' },
    'ArgoApplicationSetProps.path: got "{{.stage}}", allowed: the parameters .cluster, .overlay',
  ],
  ['one name for all', { applicationName: 'x' }, 'ArgoApplicationSetProps.applicationName: got "x"'],
  ['two ways to name a cluster', { clusterName: 'x' }, 'allowed: either clusterServer or clusterName'],
  ['no cluster', { clusterServer: undefined }, 'allowed: either clusterServer or clusterName'],
  ['to keep and to remove objects', { cascadeDelete: true }, 'ArgoApplicationSetProps.cascadeDelete: got true'],
  ['a path that leaves the repository', { path: '../{{.overlay}}' }, 'ArgoApplicationSetProps.path: got'],
  ['pruning without automated sync', { automated: false, prune: true }, 'ArgoApplicationSetProps.prune: got true'],
])('%s is refused', (_, changes, message) => {
  expect(() => set(changes)).toThrow(message);
});

test.each<[string, () => ArgoGenerator, string]>([
  ['no elements', () => ArgoGenerator.list([]), 'ArgoGenerator.list: got []'],
  ['elements of different keys', () => ArgoGenerator.list([{ a: '1' }, { b: '2' }]), 'elements with the keys a'],
  ['no folders', () => ArgoGenerator.gitDirectories({ repoUrl: REPOSITORY, directories: [] }), 'directories: got []'],
])('%s are refused', (_, make, message) => {
  expect(make).toThrow(message);
});

import { all, type Operator, remove, replace, set, where } from '../operator';
import type { Thing } from '../yard';

const isKustomization = ({ file }: Thing) => file.endsWith('/kustomization.yaml');
const isPatch = ({ file }: Thing) => file.includes('/patches/');
const inBase = (thing: Thing) => isKustomization(thing) && thing.file.includes('/base/');
const workloads = ['Deployment', 'DaemonSet', 'ServiceAccount', 'Workspace'];

export const gitopsOperators: readonly Operator[] = [
  {
    id: 'resource-left-out',
    does: 'a kustomization does not list a file or folder any more',
    lint: {
      'gitops/patch-without-target': 'the patches of the objects that are left out have no target any more',
      'gitops/missing-namespace': 'the namespace is in what is left out',
    },
    // Without the game there is less to see, and nothing is wrong.
    mutations: where(
      isKustomization,
      remove('Kustomization', ['resources', '*'], (file: string) => !file.includes('tictactoe/')),
    ),
  },
  {
    id: 'resource-misspelt',
    does: 'a kustomization lists what is not there',
    lint: { 'input/broken-kustomization': 'the resource that is listed is not there' },
    mutations: where(isKustomization, replace('Kustomization', ['resources', '*'], /([^.])(\.yaml)?$/, '$1-2$2')),
  },
  {
    id: 'patch-left-out',
    does: 'a kustomization does not list a patch any more',
    lint: { 'metrics/unset-variable': 'what the patch would fill, the base leaves without a value' },
    mutations: where(isKustomization, remove('Kustomization', ['patches', '*'])),
  },
  {
    id: 'patch-misspelt',
    does: 'a kustomization lists a patch that is not there',
    lint: { 'input/broken-kustomization': 'the patch that is listed is not there' },
    mutations: where(isKustomization, replace('Kustomization', ['patches', '*', 'path'], /\.yaml$/, '-2.yaml')),
  },
  {
    id: 'patch-without-target',
    does: 'a patch is for an object that is not there',
    lint: { 'gitops/patch-without-target': 'the patch is for no object' },
    mutations: where(
      isPatch,
      all(
        set(workloads, ['metadata', 'name'], (name: string) => `${name}-2`),
        set(workloads, ['metadata', 'namespace'], () => 'default'),
      ),
    ),
  },
  {
    id: 'patch-of-another-container',
    does: 'a patch adds a container instead of changing one',
    lint: { 'gitops/container-without-image': 'the patch adds a container instead of changing one' },
    mutations: where(
      isPatch,
      set(workloads, ['spec', 'template', 'spec', 'containers', '*', 'name'], (name: string) => `${name}-2`),
    ),
  },
  {
    id: 'namespace-transformer',
    does: 'a kustomization moves its objects into another namespace',
    mutations: where(
      inBase,
      set('Kustomization', [], (file: object) => ({ ...file, namespace: 'observability' })),
    ),
  },
  {
    id: 'name-prefix',
    does: 'a kustomization renames its objects, but not what names them from outside',
    mutations: where(
      inBase,
      set('Kustomization', [], (file: object) => ({ ...file, namePrefix: 'eks-' })),
    ),
  },
  {
    id: 'name-suffix',
    does: 'an overlay renames its objects',
    mutations: where(
      (thing) => isKustomization(thing) && thing.file.includes('/overlays/'),
      set('Kustomization', [], (file: object) => ({ ...file, nameSuffix: '-green' })),
    ),
  },
  {
    id: 'namespace-gone',
    does: 'nobody makes a namespace that objects are in',
    lint: { 'gitops/missing-namespace': 'nobody makes the namespace' },
    mutations: remove('Namespace', []),
  },
  {
    id: 'namespace-renamed',
    does: 'a namespace has another name than the objects in it say',
    lint: { 'gitops/missing-namespace': 'nobody makes the namespace' },
    mutations: set('Namespace', ['metadata', 'name'], (name: string) => `${name}-2`),
  },
  {
    id: 'object-twice',
    does: 'one object is there twice',
    lint: { 'gitops/duplicate-object': 'one object is there twice' },
    mutations: where(
      isKustomization,
      set('Kustomization', ['resources'], (files: string[]) =>
        files.some((file) => file.endsWith('.yaml'))
          ? [...files, ...files.filter((file) => file.endsWith('.yaml')).slice(0, 1)]
          : undefined,
      ),
    ),
  },
  {
    id: 'application-other-path',
    does: 'Argo CD looks for the tree where it is not',
    lint: { 'gitops/missing-source-path': 'the path of the source is not there' },
    mutations: replace('Application', ['spec', 'source', 'path'], /overlays\/(\w+)$/, 'overlay/$1'),
  },
  {
    id: 'application-other-overlay',
    does: 'Argo CD puts the overlay of another cluster there',
    lint: { 'gitops/wrong-cluster': 'the overlay is that of another cluster' },
    mutations: replace('Application', ['spec', 'source', 'path'], /overlays\/\w+$/, 'overlays/dev'),
  },
  {
    id: 'application-other-cluster',
    does: 'Argo CD puts the tree on another cluster, where another Application is',
    lint: { 'gitops/wrong-cluster': 'the cluster is not that of the overlay' },
    mutations: replace('Application', ['spec', 'destination', 'server'], /tictactoe-\w+$/, 'tictactoe-other'),
  },
  {
    id: 'application-prunes-workspace',
    does: 'Argo CD, or ACK after it, may delete the workspace, and all metrics with it',
    lint: {
      'durability/deletable-workspace': 'nothing keeps the workspace when its object goes',
      'durability/prunable-workspace': 'Argo CD may delete the object of the workspace',
    },
    mutations: all(
      remove('Workspace', ['metadata', 'annotations', 'argocd.argoproj.io/sync-options']),
      remove('Workspace', ['metadata', 'annotations', 'services.k8s.aws/deletion-policy']),
    ),
  },
];

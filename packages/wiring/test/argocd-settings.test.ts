import { DELIVERED } from '../src/rules/examples/delivered';
import { type Edit, edited, type Files, verifyFiles } from './support/estate';

const FILE = 'argocd/shop.yaml';

const edit = (find: string, replace: string): Edit => ({ file: FILE, find, replace });

function findingsOf(files: Files): readonly string[] {
  return verifyFiles(files, { lint: true }).findings.map(({ rule, message }) => `${rule}: ${message}`);
}

describe('sync options', () => {
  it.each(['Prune=confirm', 'PrunePropagationPolicy=background', 'Replace=false', 'SomethingNew=true'])(
    'are taken: %s',
    (option) => {
      expect(
        findingsOf(edited(DELIVERED, [edit('- CreateNamespace=true', `- CreateNamespace=true\n      - ${option}`)])),
      ).toEqual([]);
    },
  );

  it.each([
    ['CreateNamespaces=true', 'CreateNamespace=true'],
    ['createNamespace=true', 'CreateNamespace=true'],
    ['ServerSideApply=True', 'ServerSideApply=true'],
    ['ServerSideApply', 'ServerSideApply=true'],
    ['"Replace = true"', 'Replace=true'],
  ])('are told to have no effect: %s', (option, meant) => {
    const { findings } = verifyFiles(
      edited(DELIVERED, [edit('- CreateNamespace=true', `- CreateNamespace=true\n      - ${option}`)]),
      { lint: true },
    );
    expect(findings.map(({ rule, help }) => [rule, help])).toEqual([['gitops/unknown-sync-option', `write ${meant}`]]);
  });

  it('of an object are looked at too', () => {
    const change = { file: 'base/store.yaml', find: 'Prune=false', replace: 'Prune=false,Delete=no' };
    expect(findingsOf(edited(DELIVERED, [change]))).toEqual([
      'gitops/unknown-sync-option: Workspace observe/shop has sync option Delete=no, which Argo CD does not know',
    ]);
  });
});

describe('a project', () => {
  const server = '{server: "arn:aws:eks:eu-west-1:111122223333:cluster/*", namespace: "*"}';

  it.each<[string, Edit]>([
    ['any repository', edit('    - https://github.com/example/shop.git\n', '    - "*"\n')],
    [
      'repositories of an owner',
      edit('    - https://github.com/example/shop.git\n', '    - https://github.com/example/*\n'),
    ],
    [
      'the same repository over ssh',
      edit('    - https://github.com/example/shop.git\n', '    - git@github.com:example/shop\n'),
    ],
    ['clusters by a name that only Argo CD knows', edit(server, '{name: shop-dev, namespace: "*"}')],
    ['namespaces that begin alike', edit(server, '{server: "*", namespace: "obs*"}')],
    ['a choice of namespaces', edit(server, '{server: "*", namespace: "{observe,shop}"}')],
    ['all but one', edit(server, '{server: "*", namespace: "*"}\n    - {server: "*", namespace: "!kube-system"}')],
  ])('may allow %s', (_, change) => {
    expect(findingsOf(edited(DELIVERED, [change]))).toEqual([]);
  });

  it.each<[string, Edit, string]>([
    [
      'another cluster',
      edit(server, '{server: "arn:aws:eks:eu-west-1:111122223333:cluster/store", namespace: "*"}'),
      'goes to arn:aws:eks:eu-west-1:111122223333:cluster/shop-dev (namespace observe)',
    ],
    [
      'another namespace',
      edit(server, '{server: "*", namespace: shop}'),
      'goes to arn:aws:eks:eu-west-1:111122223333:cluster/shop-dev (namespace observe)',
    ],
    [
      'a repository that it forbids',
      edit('    - https://github.com/example/shop.git\n', '    - "*"\n    - "!https://github.com/example/shop"\n'),
      'takes https://github.com/example/shop.git',
    ],
  ])('refuses %s', (_, change, what) => {
    expect(findingsOf(edited(DELIVERED, [change]))).toEqual([
      `gitops/forbidden-by-project: Application argocd/shop ${what}, which AppProject argocd/shop does not allow`,
    ]);
  });

  it('of another installation of Argo CD says nothing', () => {
    const elsewhere = edit(
      'metadata: {name: shop, namespace: argocd}\nspec:\n  sourceRepos',
      'metadata: {name: shop, namespace: other}\nspec:\n  sourceRepos',
    );
    expect(
      findingsOf(
        edited(DELIVERED, [
          elsewhere,
          edit('    - https://github.com/example/shop.git\n', '    - https://github.com/example/store\n'),
        ]),
      ),
    ).toEqual([]);
  });
});

describe('an Application', () => {
  const second = (destination: string, source: string): Files => ({
    ...DELIVERED,
    'argocd/second.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: second, namespace: argocd}\nspec:\n  project: default\n  destination: ${destination}\n  source: ${source}\n`,
  });
  const git = '{repoURL: https://github.com/example/shop.git, path: overlays/dev}';

  it.each([
    [
      '{server: https://kubernetes.default.svc, namespace: n}',
      git,
      'goes to https://kubernetes.default.svc, which Argo CD as a capability of EKS does not know',
    ],
    [
      '{name: store, namespace: n}',
      '{repoURL: https://charts.example.com, chart: store}',
      'installs chart store in no version',
    ],
    [
      '{name: store, namespace: n}',
      '{repoURL: https://github.com/example/shop.git}',
      'has a source without a path or a chart',
    ],
  ])('to %s of %s is refused', (destination, source, what) => {
    expect(findingsOf(second(destination, source))).toContain(
      `gitops/unusable-application: Application argocd/second ${what}`,
    );
  });

  it('that is a patch is not', () => {
    const patch =
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop, namespace: argocd}\nspec:\n  source: {targetRevision: v2}\n';
    expect(findingsOf({ ...DELIVERED, 'argocd/patch.yaml': patch })).toEqual([]);
  });
});

const LIST = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - {name: a, where: one}
          - {name: b, where: two}
  template:
    metadata: {name: "{{.name}}"}
    spec:
      project: default
      destination: {name: "{{ .where }}", namespace: shop}
      source: {repoURL: https://github.com/example/shop.git, path: "apps/{{.name}}"}
`;
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n';

describe('an ApplicationSet', () => {
  it('makes an Application of each element of a list', () => {
    expect(findingsOf({ 'set.yaml': LIST, 'apps/a/m.yaml': MAP })).toEqual([
      'gitops/missing-source-path: Application argocd/b applies apps/b, and directory apps has no b',
    ]);
    expect(findingsOf({ 'set.yaml': LIST, 'apps/a/m.yaml': MAP, 'apps/b/m.yaml': MAP })).toEqual([]);
  });

  it('makes two Applications that own one object where its elements name one cluster', () => {
    const set = LIST.replace('where: two', 'where: one');
    expect(findingsOf({ 'set.yaml': set, 'apps/a/m.yaml': MAP, 'apps/b/m.yaml': MAP })).toEqual([
      'gitops/shared-object: Application argocd/a and Application argocd/b both apply ConfigMap m',
    ]);
  });

  it('makes an Application of each directory that a glob finds', () => {
    const git =
      '    - git:\n        repoURL: https://github.com/example/shop.git\n        directories: [{path: "apps/*"}, {path: apps/skip, exclude: true}]\n';
    const set = LIST.replace(/ {4}- list:[\s\S]*two\}\n/, git)
      .replaceAll('{{.name}}', '{{.path.basename}}')
      .replace('{{ .where }}', 'in-cluster');
    const files = { 'set.yaml': set, 'apps/a/m.yaml': MAP, 'apps/b/m.yaml': MAP, 'apps/skip/m.yaml': MAP };
    expect(findingsOf(files)).toEqual([
      'gitops/shared-object: Application argocd/a and Application argocd/b both apply ConfigMap m',
    ]);
  });

  it('whose generator only a cluster knows is named as not followed, once for each kind', () => {
    const set = LIST.replace(/ {4}- list:[\s\S]*two\}\n/, '    - clusters: {}\n');
    const files = { 'a.yaml': set, 'b.yaml': set.replace('name: apps', 'name: more') };
    expect(findingsOf(files)).toEqual([
      'input/not-followed: generator clusters of ApplicationSet argocd/apps and 1 more is not followed by this version, so the Applications are not judged',
    ]);
  });
});

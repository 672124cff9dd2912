import { DELIVERED } from '../src/rules/examples/delivered';
import { LONG_DEFINITION } from '../src/rules/examples/long-definition';
import { type Edit, edited, type Files, verifyFiles } from './support/estate';

const FILE = 'argocd/shop.yaml';

const edit = (find: string, replace: string, file = FILE): Edit => ({ file, find, replace });

function findingsOf(files: Files): readonly string[] {
  return verifyFiles(files, { lint: true }).findings.map(({ rule, message }) => `${rule}: ${message}`);
}

/** One Application for each path. */
function applications(...paths: readonly string[]): string {
  return paths
    .map(
      (path, index) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a${index}, namespace: argocd}
spec:
  project: default
  destination: {name: in-cluster, namespace: n${index}}
  source: {repoURL: git@github.com:example/shop.git, path: ${path}}
`,
    )
    .join('---\n');
}

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n';

it('an Application that stands in two files, as a committed copy of what was rendered, is one', () => {
  const copied = applications('apps/a');
  expect(findingsOf({ 'argocd/a.yaml': copied, 'dist/a.yaml': copied, 'apps/a/m.yaml': MAP })).toEqual([]);
});

describe('the path of an Application', () => {
  it.each<[string, Files]>([
    ['is in the input', { 'argocd/a.yaml': applications('apps/a'), 'apps/a/m.yaml': MAP }],
    ['is of a repository that is not in the input', { 'argocd/a.yaml': applications('guestbook') }],
    [
      'is of another repository with the same first directory',
      { 'argocd/a.yaml': applications('overlays/prod'), 'overlays/dev/m.yaml': MAP },
    ],
    ['begins above the input', { 'argocd/a.yaml': applications('infra/live/apps/a'), 'apps/a/m.yaml': MAP }],
    ['begins below the input', { 'clone/argocd/a.yaml': applications('apps/a'), 'clone/apps/a/m.yaml': MAP }],
    [
      'is of a branch that is rendered elsewhere',
      {
        'argocd/a.yaml': `${applications('apps/a')}---\n${applications('apps/b').replace('path: apps/b', 'path: apps/b, targetRevision: rendered').replace('a0', 'b0')}`,
        'apps/a/m.yaml': MAP,
      },
    ],
    ['is left open', { 'argocd/a.yaml': applications('"apps/${NAME}"'), 'apps/a/m.yaml': MAP }],
  ])('is not objected to where it %s', (_, files) => {
    expect(findingsOf(files)).toEqual([]);
  });

  it('is objected to where another path of its repository is there', () => {
    const files = { 'argocd/a.yaml': applications('apps/a', 'apps/b'), 'apps/a/m.yaml': MAP };
    expect(findingsOf(files)).toEqual([
      'gitops/missing-source-path: Application argocd/a1 applies apps/b, and directory apps has no b',
    ]);
  });

  it('is objected to where the input is a part of its repository', () => {
    const files = { 'argocd/a.yaml': applications('infra/live/apps/a', 'infra/live/app/a'), 'apps/a/m.yaml': MAP };
    expect(findingsOf(files)).toEqual([
      'gitops/missing-source-path: Application argocd/a1 applies infra/live/app/a, and the repository has no app',
    ]);
  });
});

describe('the cluster of an Application', () => {
  it('may be any where another Application brings the same objects to the right one', () => {
    const [project, application] = DELIVERED[FILE].split('---\n');
    const second = application.replace('name: shop,', 'name: twin,').replace('cluster/shop-dev', 'cluster/shop-twin');
    expect(findingsOf({ ...DELIVERED, [FILE]: [project, application, second].join('---\n') })).toEqual([]);
  });

  it.each([
    ['in another account', ':111122223333:', ':444455556666:', 'the one of account 444455556666 in eu-west-1'],
    ['in another region', 'eks:eu-west-1', 'eks:us-east-1', 'the one of account 111122223333 in us-east-1'],
  ])('is found to be %s', (_, good, bad, shown) => {
    const files = edited(DELIVERED, [
      edit('{server: "arn:aws:eks:eu-west-1:111122223333:cluster/*"', '{server: "*"'),
      edit(good, bad),
    ]);
    expect(findingsOf(files)).toEqual([
      `gitops/wrong-cluster: Application argocd/shop brings overlays/dev of cluster shop-dev to ${shown}`,
    ]);
  });

  it.each([
    ['a server that is not told', 'https://0A1B2C3D4E5F60718293A4B5C6D7E8F9.gr7.eu-west-1.eks.amazonaws.com'],
    ['the cluster of Argo CD itself', 'https://kubernetes.default.svc'],
  ])('is not objected to where it is %s', (_, server) => {
    const files = edited(DELIVERED, [
      edit('{server: "arn:aws:eks:eu-west-1:111122223333:cluster/*"', '{server: "*"'),
      edit('arn:aws:eks:eu-west-1:111122223333:cluster/shop-dev', server),
    ]);
    expect(findingsOf(files)).toEqual([]);
  });
});

describe('a key that a FieldExport writes', () => {
  const placeholder = edit(
    'metadata: {name: workspace, namespace: observe}\n',
    'metadata: {name: workspace, namespace: observe}\ndata: {id: later}\n',
    'base/store.yaml',
  );
  const ignore = (pointer: string) =>
    edit(
      '  syncPolicy:',
      `  ignoreDifferences:\n    - {kind: ConfigMap, name: workspace, namespace: observe, jsonPointers: [${pointer}]}\n  syncPolicy:`,
    );
  const respect = edit('- CreateNamespace=true', '- CreateNamespace=true\n      - RespectIgnoreDifferences=true');
  const replace = edit('- CreateNamespace=true', '- CreateNamespace=true\n      - Replace=true');

  it.each<[string, readonly Edit[]]>([
    ['git does not have it', []],
    ['the Application ignores it at the sync too', [placeholder, ignore('/data/id'), respect]],
    ['the Application ignores all of the data', [placeholder, ignore('/data'), respect]],
  ])('is left alone where %s', (_, edits) => {
    expect(findingsOf(edited(DELIVERED, edits))).toEqual([]);
  });

  it.each<[string, readonly Edit[]]>([
    ['it is ignored in the comparison only', [placeholder, ignore('/data/id')]],
    ['another key is ignored', [placeholder, ignore('/data/name'), respect]],
    ['the ConfigMap is replaced', [replace]],
  ])('is fought over where %s', (_, edits) => {
    const rules = verifyFiles(edited(DELIVERED, edits), { lint: true }).findings.map(({ rule }) => rule);
    expect(rules).toEqual(['gitops/overwritten-export']);
  });
});

describe('a long object', () => {
  const files = (option: string, annotation = ''): Files => ({
    ...LONG_DEFINITION,
    'argocd/shelves.yaml': LONG_DEFINITION['argocd/shelves.yaml'].replace('ServerSideApply=true', option),
    'definitions/shelves/shelf.yaml': LONG_DEFINITION['definitions/shelves/shelf.yaml'].replace(
      '  name: shelves.example.com\n',
      `  name: shelves.example.com\n${annotation}`,
    ),
  });

  it('is too long for what Argo CD keeps of it', () => {
    expect(findingsOf(files('PruneLast=true'))).toEqual([
      'gitops/too-long-for-apply: Application argocd/shelves applies CustomResourceDefinition shelves.example.com, which is longer than 262144 bytes',
    ]);
  });

  it.each([
    ['by the Application', files('Replace=true')],
    [
      'by itself',
      files('PruneLast=true', '  annotations:\n    argocd.argoproj.io/sync-options: ServerSideApply=true\n'),
    ],
  ])('may be long where another way is chosen %s', (_, input) => {
    expect(findingsOf(input)).toEqual([]);
  });
});

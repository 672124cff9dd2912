import { at } from '../../../src/read/access';
import { MemoryFileTree } from '../../../src/read/file-tree';
import {
  type BuiltObject,
  buildKustomization,
  kustomizationFile,
  kustomizationFiles,
} from '../../../src/read/kustomize';
import type { Problem } from '../../../src/read/problem';
import type { Span } from '../../../src/text';

const place = (span: Span | undefined) => {
  if (!span) return undefined;
  const { line, column } = span.source.position(span.start);
  return `${span.source.file}:${line}:${column}`;
};
const build = (files: Readonly<Record<string, string>>, directory = '') =>
  buildKustomization(new MemoryFileTree(files), directory);
const shown = (problems: readonly Problem[]) =>
  problems.map(({ code, message, span }) => `${place(span)} ${code}: ${message}`);
/** Where the value at a path of an object stands. */
const placeOf = (object: BuiltObject, ...path: readonly (string | number)[]) => place(at(object.node, ...path)?.span);

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      serviceAccountName: web
      containers:
        - name: main
          image: nginx:1
          env:
            - name: A
              value: a
`;
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n';
const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n';

describe('positions', () => {
  const files = {
    'base/kustomization.yaml': 'resources:\n  - web.yaml\n',
    'base/web.yaml': DEPLOYMENT,
    'dev/kustomization.yaml': `resources:
  - ../base
  - account.yaml
namespace: moved
namePrefix: dev-
commonLabels:
  team: red
images:
  - name: nginx
    newTag: "2"
patches:
  - path: patch.yaml
  - target:
      kind: Deployment
    patch: |-
      - op: add
        path: /spec/paused
        value: true
`,
    'dev/account.yaml': ACCOUNT,
    'dev/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: main
          env:
            - name: B
              value: b
`,
  };
  const { objects, problems } = build(files, 'dev');
  const [web] = objects;

  test('what nobody touched stands in the manifest', () => {
    expect(problems).toEqual([]);
    expect(web.file).toBe('base/web.yaml');
    expect(place(web.span)).toBe('base/web.yaml:1:1');
    expect(placeOf(web, 'spec', 'template', 'spec', 'containers', 0, 'name')).toBe('base/web.yaml:11:17');
    expect(placeOf(web, 'spec', 'template', 'spec', 'containers', 0, 'env', 1, 'value')).toBe('base/web.yaml:15:22');
  });

  test('what a patch wrote stands in the patch, also when it is written inline', () => {
    expect(placeOf(web, 'spec', 'replicas')).toBe('dev/patch.yaml:6:13');
    expect(placeOf(web, 'spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value')).toBe('dev/patch.yaml:13:22');
    expect(placeOf(web, 'spec', 'paused')).toBe('dev/kustomization.yaml:18:16');
  });

  test('what a field of the kustomization wrote stands there', () => {
    expect(placeOf(web, 'metadata', 'namespace')).toBe('dev/kustomization.yaml:4:12');
    expect(placeOf(web, 'metadata', 'labels', 'team')).toBe('dev/kustomization.yaml:7:9');
    expect(placeOf(web, 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe('dev/kustomization.yaml:9:5');
  });

  test('a new name stands where the old one stood, and so does a reference to it', () => {
    expect(web.name).toBe('dev-web');
    expect(placeOf(web, 'metadata', 'name')).toBe('base/web.yaml:4:9');
    expect(at(web.node, 'spec', 'template', 'spec', 'serviceAccountName')).toMatchObject({ value: 'dev-web' });
    expect(placeOf(web, 'spec', 'template', 'spec', 'serviceAccountName')).toBe('dev/account.yaml:4:9');
  });

  test('an object knows how it was named, and what it came through', () => {
    expect(web.original).toEqual({ name: 'web', namespace: '' });
    expect(web.namespace).toBe('moved');
    expect(web.via.map(({ kind, span }) => `${kind} ${place(span)}`)).toEqual([
      'patch dev/patch.yaml:1:1',
      'patch dev/kustomization.yaml:16:9',
      'namespace dev/kustomization.yaml:4:12',
      'prefix dev/kustomization.yaml:5:13',
      'labels dev/kustomization.yaml:7:3',
      'images dev/kustomization.yaml:9:5',
      'name-reference dev/account.yaml:4:9',
    ]);
  });

  test('a file in a generated ConfigMap keeps its places', () => {
    const { objects } = build({
      'kustomization.yaml':
        'configMapGenerator:\n  - name: alloy\n    files: [config.alloy]\n    literals: ["k=some text"]\n',
      'config.alloy': 'logging {\n  level = "info"\n}\n',
    });
    const [generated] = objects;
    expect(generated).toMatchObject({ kind: 'ConfigMap', file: 'kustomization.yaml', original: { name: 'alloy' } });
    const config = at(generated.node, 'data', 'config.alloy');
    const text = config?.kind === 'scalar' ? config.text() : undefined;
    expect(place(text?.span(text.text.indexOf('info')))).toBe('config.alloy:2:12');
    const literal = at(generated.node, 'data', 'k');
    expect(literal?.kind === 'scalar' && place(literal.text().span(5))).toBe('kustomization.yaml:4:24');
  });

  test('the text of a ConfigMap that went through a build keeps its places', () => {
    const { objects } = build({
      'kustomization.yaml': 'namespace: x\nresources: [cm.yaml]\n',
      'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  f: |\n    one\n    two\n',
    });
    const text = at(objects[0].node, 'data', 'f');
    expect(text?.kind === 'scalar' && place(text.text().span(4))).toBe('cm.yaml:7:5');
  });

  test('building changes nothing for another build of the same tree', () => {
    const tree = new MemoryFileTree(files);
    const first = buildKustomization(tree, 'dev');
    const second = buildKustomization(tree, 'dev');
    expect(second.objects.map(({ name, via }) => [name, via.length])).toEqual(
      first.objects.map(({ name, via }) => [name, via.length]),
    );
    expect(buildKustomization(tree, 'base').objects[0].name).toBe('web');
  });
});

describe('problems name what they are about and where', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a missing file',
      { 'a/kustomization.yaml': 'resources:\n  - none.yaml\n' },
      'a/kustomization.yaml:2:5 kustomize-file-missing: a/none.yaml does not exist',
    ],
    [
      'a circle',
      { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources:\n  - ../a\n' },
      'b/kustomization.yaml:2:5 kustomize-cycle: kustomizations refer to each other in a circle: a -> b -> a',
    ],
    [
      'a file outside',
      { 'a/kustomization.yaml': 'resources: [../x.yaml]\n', 'x.yaml': CONFIG },
      "a/kustomization.yaml:1:13 kustomize-file-outside: the file x.yaml is outside of the kustomization's directory",
    ],
    [
      'a directory that is no kustomization',
      { 'a/kustomization.yaml': 'resources: [sub]\n', 'a/sub/x.yaml': CONFIG },
      'a/kustomization.yaml:1:13 kustomization-missing: a/sub has no kustomization file',
    ],
    [
      'a patch without a target',
      {
        'a/kustomization.yaml': 'resources: [x.yaml]\npatches:\n  - path: p.yaml\n',
        'a/x.yaml': CONFIG,
        'a/p.yaml': ACCOUNT,
      },
      'a/p.yaml:1:1 kustomize-patch-target: no object matches the patch for ServiceAccount web (v1)',
    ],
    [
      'a misspelt field',
      { 'a/kustomization.yaml': 'resources: [x.yaml]\nnamespaces: x\n', 'a/x.yaml': CONFIG },
      'a/kustomization.yaml:2:1 kustomization-invalid: a kustomization has no field "namespaces"',
    ],
    [
      'a field of the wrong kind',
      { 'a/kustomization.yaml': 'patches:\n  - path: {a: b}\n' },
      'a/kustomization.yaml:2:11 kustomization-invalid: patches[0].path is a string, got a map',
    ],
    [
      'an object twice',
      { 'a/kustomization.yaml': 'resources: [x.yaml, y.yaml]\n', 'a/x.yaml': CONFIG, 'a/y.yaml': CONFIG },
      'a/y.yaml:1:1 kustomize-duplicate-object: ConfigMap conf is there twice',
    ],
    [
      'a JSON patch that does not fit',
      {
        'a/kustomization.yaml': 'resources: [x.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    path: p.yaml\n',
        'a/x.yaml': CONFIG,
        'a/p.yaml': '- {op: remove, path: /data/none}\n',
      },
      'a/p.yaml:1:3 kustomize-json-patch: cannot remove /data/none: the object has no "none"',
    ],
    [
      'a kustomization that is no YAML',
      { 'a/kustomization.yaml': 'resources: [\n' },
      'a/kustomization.yaml:2:1 yaml-syntax: not valid YAML',
    ],
  ])('%s', (_name, files, expected) => {
    const [first, ...more] = shown(build(files, 'a').problems);
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  test('what stands beside a fault is still built', () => {
    const { objects, problems } = build({
      'kustomization.yaml': 'resources: [none.yaml, a.yaml]\nnamePrefix: p-\n',
      'a.yaml': CONFIG,
    });
    expect(problems).toHaveLength(1);
    expect(objects.map(({ name }) => name)).toEqual(['p-conf']);
  });

  test('after something that could not be read, nothing is said of patches that find no object', () => {
    const patches = 'patches: [{path: p.yaml}]\nreplicas: [{name: web, count: 2}]\n';
    const files = { 'p.yaml': DEPLOYMENT, 'broken.yaml': 'a: [\n' };
    expect(
      build({ ...files, 'kustomization.yaml': `resources: [broken.yaml]\n${patches}` }).problems.map(
        ({ code }) => code,
      ),
    ).toEqual(['yaml-syntax']);
    expect(
      build({ ...files, 'kustomization.yaml': `resources: ["https://example.com/x.yaml"]\n${patches}` }).problems,
    ).toEqual([]);
    expect(build({ ...files, 'kustomization.yaml': `resources: []\n${patches}` }).problems).toHaveLength(2);
  });

  test('a directory without a kustomization', () => {
    expect(build({ 'a/x.yaml': CONFIG }, 'a').problems).toMatchObject([{ code: 'kustomization-missing' }]);
    expect(build({}, 'none').problems).toMatchObject([{ code: 'kustomization-missing' }]);
  });
});

describe('what is not followed is named', () => {
  test.each<[string, string, string]>([
    ['https://example.com/x.yaml', 'resources:\n  - https://example.com/x.yaml\n', 'remote-resource'],
    ['github.com/org/repo//path?ref=v1', 'resources:\n  - github.com/org/repo//path?ref=v1\n', 'remote-resource'],
    ['git@github.com:org/repo.git', 'components:\n  - git@github.com:org/repo.git\n', 'remote-resource'],
    ['prometheus', 'helmCharts:\n  - {name: prometheus, repo: "https://example.com"}\n', 'helm-charts'],
    ['plugin.yaml', 'generators:\n  - plugin.yaml\n', 'generators'],
    ['ns.yaml', 'transformers:\n  - ns.yaml\n', 'transformers'],
    ['v.yaml', 'validators:\n  - v.yaml\n', 'validators'],
    ['NAME', 'vars:\n  - {name: NAME, objref: {kind: Service, name: x, apiVersion: v1}}\n', 'vars'],
    ['crd.json', 'crds:\n  - crd.json\n', 'crds'],
    ['openapi', 'openapi: {path: schema.json}\n', 'openapi'],
    ['originAnnotations', 'buildMetadata:\n  - originAnnotations\n', 'build-metadata'],
  ])('%s', (what, text, kind) => {
    const { unsupported, problems } = build({ 'kustomization.yaml': text });
    expect(problems).toEqual([]);
    expect(unsupported).toMatchObject([{ kind, what }]);
    expect(place(unsupported[0].span)).toMatch(/^kustomization\.yaml:[12]:/);
  });

  test('a replacement inside of a text that is YAML', () => {
    const { unsupported, problems } = build({
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n  - source: {kind: ConfigMap}\n    targets:\n      - select: {kind: ConfigMap}\n        fieldPaths: [data.a.inner]\n',
      'a.yaml': CONFIG,
    });
    expect(problems).toEqual([]);
    expect(unsupported).toMatchObject([{ kind: 'structured-replacement', what: 'data.a.inner' }]);
  });
});

test('the files that were read are listed', () => {
  const { visited } = build(
    {
      'o/kustomization.yaml': 'resources: [../b]\npatches: [{path: p.yaml}]\n',
      'o/p.yaml': CONFIG,
      'b/Kustomization': 'resources: [c.yaml]\n',
      'b/c.yaml': CONFIG,
      'b/other.yaml': CONFIG,
    },
    'o',
  );
  expect(visited).toEqual(['o/kustomization.yaml', 'b/Kustomization', 'b/c.yaml', 'o/p.yaml']);
});

test('the kustomization file of a directory is found by its three names', () => {
  const tree = new MemoryFileTree({
    'a/kustomization.yml': '',
    'b/Kustomization': '',
    'b/kustomization.yaml': '',
    'c/x': '',
  });
  expect(kustomizationFile(tree, 'a')).toBe('a/kustomization.yml');
  expect(kustomizationFile(tree, 'b')).toBeUndefined();
  expect(kustomizationFiles(tree, 'b')).toEqual(['b/kustomization.yaml', 'b/Kustomization']);
  expect(kustomizationFile(tree, 'c')).toBeUndefined();
});

test('thousands of objects with patches and references take time in proportion', () => {
  const time = (count: number) => {
    const files: Record<string, string> = {};
    const names = Array.from({ length: count }, (_, index) => `o${index}`);
    files['a.yaml'] = names
      .map((name) => `${DEPLOYMENT.replaceAll('web', name)}---\n${ACCOUNT.replaceAll('web', name)}`)
      .join('---\n');
    files['p.yaml'] = names
      .map((name) => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {replicas: 2}\n`)
      .join('---\n');
    files['kustomization.yaml'] = 'resources: [a.yaml]\npatches: [{path: p.yaml}]\nnamePrefix: p-\nnamespace: ns\n';
    const start = performance.now();
    const { objects, problems } = build(files);
    expect(problems).toEqual([]);
    expect(objects).toHaveLength(2 * count);
    expect(at(objects[0].node, 'spec', 'template', 'spec', 'serviceAccountName')).toMatchObject({ value: 'p-o0' });
    return performance.now() - start;
  };
  time(50);
  const small = time(250);
  const large = time(1000);
  // Four times the objects: quadratic steps would take sixteen times as long.
  expect(large).toBeLessThan(10 * small);
});

import type { KustomizeCase } from './case';

export const CONFIGURATIONS: readonly KustomizeCase[] = [
  {
    name: 'references of custom kinds',
    directory: '.',
    files: {
      'kustomization.yaml': 'configurations: [conf.yaml]\nresources: [a.yaml]\nnamePrefix: p-\n',
      'conf.yaml':
        'nameReference:\n- kind: ConfigMap\n  version: v1\n  fieldSpecs:\n  - {path: spec/config, kind: Thing}\n  - {path: spec/refs/name, kind: Thing}\n- kind: Thing\n  group: example.com\n  fieldSpecs:\n  - {path: spec/thing, kind: Thing}\n  - {path: data/thing, kind: ConfigMap, version: v1}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  thing: t\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  config: conf\n  thing: u\n  refs: [{name: conf}, {name: other}]\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: u}\nspec:\n  config: none\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  thing: p-t\nkind: ConfigMap\nmetadata:\n  name: p-conf\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: p-t\nspec:\n  config: p-conf\n  refs:\n  - name: p-conf\n  - name: other\n  thing: p-u\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: p-u\nspec:\n  config: none\n',
  },
  {
    name: 'namespaces in other fields',
    directory: '.',
    files: {
      'kustomization.yaml': 'configurations: [conf.yaml]\nresources: [a.yaml]\nnamespace: moved\n',
      'conf.yaml':
        'namespace:\n- {path: spec/to/namespace, kind: Thing, create: true}\n- {path: spec/list/namespace, kind: Thing}\n- {path: metadata/namespace, create: true}\n',
      'a.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  list: [{namespace: a}, {}]\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n1}\n',
    },
    expected:
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: moved\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\n  namespace: moved\nspec:\n  list:\n  - namespace: moved\n  - {}\n  to:\n    namespace: moved\n',
  },
  {
    name: 'labels and annotations',
    directory: '.',
    files: {
      'kustomization.yaml':
        'configurations: [conf.yaml]\nresources: [a.yaml]\ncommonLabels: {a: b}\ncommonAnnotations: {c: d}\nlabels:\n- pairs: {e: f}\n- pairs: {g: h}\n  includeTemplates: true\n',
      'conf.yaml':
        'commonLabels:\n- {path: spec/selector, kind: Thing, create: true}\ncommonAnnotations:\n- {path: spec/notes, kind: Thing, create: true}\nlabels:\n- {path: spec/labels, kind: Thing, create: true}\ntemplateLabels:\n- {path: spec/template, kind: Thing, create: true}\n',
      'a.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  x: 1\n',
    },
    expected:
      'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  annotations:\n    c: d\n  labels:\n    a: b\n    e: f\n    g: h\n  name: t\nspec:\n  labels:\n    e: f\n    g: h\n  notes:\n    c: d\n  selector:\n    a: b\n  template:\n    g: h\n  x: 1\n',
  },
  {
    name: 'images and replicas',
    directory: '.',
    files: {
      'kustomization.yaml':
        'configurations: [conf.yaml]\nresources: [a.yaml]\nimages: [{name: nginx, newTag: "5"}]\nreplicas: [{name: t, count: 3}]\n',
      'conf.yaml':
        'images:\n- {path: spec/image, kind: Thing}\nreplicas:\n- {path: spec/size, kind: Thing, create: true}\n',
      'a.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  image: nginx:1\n',
    },
    expected: 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\nspec:\n  image: nginx:5\n  size: 3\n',
  },
  {
    name: 'prefixes in other fields',
    directory: '.',
    files: {
      'kustomization.yaml': 'configurations: [conf.yaml]\nresources: [a.yaml]\nnamePrefix: p-\nnameSuffix: -s\n',
      'conf.yaml':
        'namePrefix:\n- {path: spec/name, kind: Thing}\n- {path: metadata/name}\nnameSuffix:\n- {path: spec/name, kind: Thing}\n',
      'a.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  name: x\n',
    },
    expected: 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: p-t-s\nspec:\n  name: p-x-s\n',
  },
  {
    name: 'an unknown list',
    directory: '.',
    files: {
      'kustomization.yaml': 'configurations: [conf.yaml]\nresources: [a.yaml]\n',
      'conf.yaml': 'names: []\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'an empty file',
    directory: '.',
    files: {
      'kustomization.yaml': 'configurations: [conf.yaml]\nresources: [a.yaml]\nnamePrefix: p-\n',
      'conf.yaml': '# nothing\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-x\n',
  },
  {
    name: 'of a base hold above it, not beside it',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a, b]\nnamespace: moved\nnamePrefix: p-\n',
      'a/kustomization.yaml': 'configurations: [c.yaml]\nresources: [a.yaml]\ncommonLabels: {l: a}\n',
      'a/c.yaml':
        'namespace:\n- {path: spec/ns, kind: Thing, create: true}\ncommonLabels:\n- {path: spec/labels, kind: Thing, create: true}\nnameReference:\n- kind: ConfigMap\n  fieldSpecs:\n  - {path: spec/config, kind: Thing}\n',
      'a/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  config: conf\n',
      'b/kustomization.yaml': 'resources: [b.yaml]\ncommonLabels: {l: b}\n',
      'b/b.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: u}\nspec:\n  config: conf\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  labels:\n    l: a\n  name: p-conf\n  namespace: moved\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    l: a\n  name: p-t\n  namespace: moved\nspec:\n  config: p-conf\n  labels:\n    l: a\n  ns: moved\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    l: b\n  name: p-u\n  namespace: moved\nspec:\n  config: p-conf\n  ns: moved\n',
  },
  {
    name: 'a missing file',
    directory: '.',
    files: {
      'kustomization.yaml': 'configurations: [none.yaml]\nresources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
];

import type { KustomizeCase } from './case';

export const RESOURCES_2: readonly KustomizeCase[] = [
  {
    name: 'an empty kustomization',
    directory: '.',
    files: {
      'kustomization.yaml': '',
    },
    expected: undefined,
  },
  {
    name: 'a kustomization with its kind only',
    directory: '.',
    files: {
      'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
    },
    expected: undefined,
  },
  {
    name: 'a kustomization with nothing to build',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: []\n',
    },
    expected: '',
  },
  {
    name: 'resources without a value',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources:\nnamePrefix: x\n',
    },
    expected: '',
  },
  {
    name: 'JSON files',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.json]\n',
      'a.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"j"},"data":{"a":"1"}}',
    },
    expected: 'apiVersion: v1\ndata:\n  a: "1"\nkind: ConfigMap\nmetadata:\n  name: j\n',
  },
  {
    name: 'roundabout paths',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [./a.yaml, x/../b.yaml, ./x/]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n',
      'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata:\n  a: b\n',
      'x/kustomization.yaml': 'resources: [./c.yaml]\n',
      'x/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: b\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: c\n',
  },
  {
    name: 'an empty item in a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  -\n  - name: x\n',
    },
    expected: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - null\n  - name: x\n',
  },
  {
    name: 'a name that is a number',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 123}\n',
    },
    expected: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 123\n',
  },
  {
    name: 'a file that is no object',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'just text\n',
    },
    expected: undefined,
  },
  {
    name: 'a file that is a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': '- apiVersion: v1\n',
    },
    expected: undefined,
  },
  {
    name: 'an empty file',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'a.yaml': '# nothing\n',
      'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: b\n',
  },
  {
    name: 'a broken file',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'a: [\n',
    },
    expected: undefined,
  },
  {
    name: 'words that YAML 1.1 takes for booleans',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncommonAnnotations: {c: "on"}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: yes\n  b: off\n  n: y\n  t: True\n  o: 0644\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: "yes"\n  b: "off"\n  "n": "y"\n  o: 420\n  t: true\nkind: ConfigMap\nmetadata:\n  annotations:\n    c: "on"\n  name: x\n',
  },
  {
    name: 'components in components',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c1, c2]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'c1/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [../c3]\nnameSuffix: -1\n',
      'c2/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nnamePrefix: p-\n',
      'c3/kustomization.yaml':
        'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\ncommonAnnotations: {from: c3}\n',
    },
    expected: undefined,
  },
  {
    name: 'a component twice',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c, c]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'c/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -1\n',
    },
    expected: undefined,
  },
  {
    name: 'a component with a generator that merges',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator: [{name: c, literals: [a=b]}]\ncomponents: [c]\n',
      'c/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nconfigMapGenerator: [{name: c, behavior: merge, literals: [c=d]}]\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\n  c: d\nkind: ConfigMap\nmetadata:\n  name: c-fh478f99mk\n',
  },
  {
    name: 'a patch file outside',
    directory: 'x',
    files: {
      'x/kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: ../p.yaml}]\n',
      'x/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch file that is missing',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch with neither path nor text',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}}]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch with path and text',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, patch: "a: b"}]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'the older field for images',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimageTags: [{name: nginx, newTag: "3"}]\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:3\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a generated object in a list of commonLabels',
    directory: '.',
    files: {
      'kustomization.yaml':
        'commonLabels: {a: b}\nnamespace: nn\nnamePrefix: p-\nconfigMapGenerator: [{name: c, literals: [a=b]}]\nsecretGenerator: [{name: s, literals: [a=b]}]\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: c}\n            - secretRef: {name: s}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  labels:\n    a: b\n  name: p-c-4h2mbtbbt6\n  namespace: nn\n---\napiVersion: v1\ndata:\n  a: Yg==\nkind: Secret\nmetadata:\n  labels:\n    a: b\n  name: p-s-k695gkmbtk\n  namespace: nn\ntype: Opaque\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    a: b\n  name: p-web\n  namespace: nn\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      a: b\n      app: web\n  template:\n    metadata:\n      labels:\n        a: b\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: p-c-4h2mbtbbt6\n        - secretRef:\n            name: p-s-k695gkmbtk\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
];

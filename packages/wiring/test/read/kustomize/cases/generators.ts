import type { KustomizeCase } from './case';

export const GENERATORS: readonly KustomizeCase[] = [
  {
    name: 'literals',
    directory: '.',
    files: {
      'kustomization.yaml':
        'configMapGenerator:\n- name: c\n  literals:\n  - a=b\n  - q="quoted = yes"\n  - empty=\n  - html=<a href="x">&amp;</a>\n  - k10=ten\n  - k9=nine\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\n  empty: ""\n  html: <a href="x">&amp;</a>\n  k9: nine\n  k10: ten\n  q: quoted = yes\nkind: ConfigMap\nmetadata:\n  name: c-9245h6t64c\n',
  },
  {
    name: 'files',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n  files: [conf/app.alloy, other.txt=conf/b]\n',
      'conf/app.alloy': 'a = 1\n// "x" \t ünï\n',
      'conf/b': 'no newline',
    },
    expected:
      'apiVersion: v1\ndata:\n  app.alloy: "a = 1\\n// \\"x\\" \\t ünï\\n"\n  other.txt: no newline\nkind: ConfigMap\nmetadata:\n  name: c-kh4dk2g9d5\n',
  },
  {
    name: 'environment files',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n  envs: [a.env]\n  env: b.env\n',
      'a.env': '# comment\nA=1\n  B = two=2\nC\n\n',
      'b.env': 'D=x\r\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  A: "1"\n  \'B \': \' two=2\'\n  C: ""\n  D: x\nkind: ConfigMap\nmetadata:\n  name: c-h684fk7m82\n',
  },
  {
    name: 'secrets',
    directory: '.',
    files: {
      'kustomization.yaml':
        'secretGenerator:\n- name: s\n  literals: [user=admin, long=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg]\n- name: t\n  type: kubernetes.io/tls\n  literals: [tls.crt=x, tls.key=y]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  long: |\n    YWFhYWFhYWFhYWJiYmJiYmJiYmJjY2NjY2NjY2NjZGRkZGRkZGRkZGVlZWVlZWVlZWVmZm\n    ZmZmZmZmZmZ2dnZ2dnZ2dnZw==\n  user: YWRtaW4=\nkind: Secret\nmetadata:\n  name: s-m59bkmff6m\ntype: Opaque\n---\napiVersion: v1\ndata:\n  tls.crt: eA==\n  tls.key: eQ==\nkind: Secret\nmetadata:\n  name: t-f4c6k54dt5\ntype: kubernetes.io/tls\n',
  },
  {
    name: 'without a hash',
    directory: '.',
    files: {
      'kustomization.yaml':
        'configMapGenerator:\n- name: c\n  literals: [a=b]\n  options: {disableNameSuffixHash: true, labels: {l: own}, annotations: {note: o}, immutable: true}\n- name: d\n  namespace: here\n  literals: [a=b]\ngeneratorOptions:\n  labels: {l: common, m: common}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  labels:\n    l: common\n    m: common\n  name: d-4h2mbtbbt6\n  namespace: here\n---\napiVersion: v1\ndata:\n  a: b\nimmutable: true\nkind: ConfigMap\nmetadata:\n  annotations:\n    note: o\n  labels:\n    l: own\n    m: common\n  name: c\n',
  },
  {
    name: 'options for all',
    directory: '.',
    files: {
      'kustomization.yaml':
        'configMapGenerator:\n- name: c\n  literals: [a=b]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: c\n',
  },
  {
    name: 'the hash is followed',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nnamespace: moved\nconfigMapGenerator:\n- name: conf\n  literals: [a=b]\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: conf}\n      volumes:\n        - name: v\n          configMap: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: conf-4h2mbtbbt6\n  namespace: moved\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: moved\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: conf-4h2mbtbbt6\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n      volumes:\n      - configMap:\n          name: conf-4h2mbtbbt6\n        name: v\n',
  },
  {
    name: 'merging',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [base]\nconfigMapGenerator:\n- name: conf\n  behavior: merge\n  literals: [a=new, c=d]\n',
      'base/kustomization.yaml':
        'configMapGenerator:\n- name: conf\n  literals: [a=old, b=kept]\n  options: {labels: {x: w}}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: new\n  b: kept\n  c: d\nkind: ConfigMap\nmetadata:\n  labels:\n    x: w\n  name: conf-7dtb2fgbkk\n',
  },
  {
    name: 'replacing',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [base]\nconfigMapGenerator:\n- name: conf\n  behavior: replace\n  literals: [a=new]\n',
      'base/kustomization.yaml': 'namePrefix: p-\nconfigMapGenerator:\n- name: conf\n  literals: [a=old, b=gone]\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: new\nkind: ConfigMap\nmetadata:\n  name: p-conf-9d75989f58\n',
  },
  {
    name: 'merging into a plain ConfigMap',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nconfigMapGenerator:\n- name: one\n  behavior: merge\n  literals: [c=d]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\n  c: d\nkind: ConfigMap\nmetadata:\n  name: one\n',
  },
  {
    name: 'nothing to merge into',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: conf\n  behavior: merge\n  literals: [a=new]\n',
    },
    expected: undefined,
  },
  {
    name: 'the same name again',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator:\n- name: one\n  literals: [c=d]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'no name',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- literals: [a=b]\n',
    },
    expected: undefined,
  },
  {
    name: 'a literal without a value',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: [a]\n',
    },
    expected: undefined,
  },
  {
    name: 'a bad key',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: ["a b=c"]\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a b: c\nkind: ConfigMap\nmetadata:\n  name: c-g2b85hm7m8\n',
  },
  {
    name: 'a missing file',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n  files: [nothing.txt]\n',
    },
    expected: undefined,
  },
  {
    name: 'no data',
    directory: '.',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n',
    },
    expected: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c-6ct58987ht\n',
  },
  {
    name: 'a generated object is patched',
    directory: '.',
    files: {
      'kustomization.yaml':
        'configMapGenerator:\n- name: c\n  literals: [a=b]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: c}\n    data: {a: patched}\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: patched\nkind: ConfigMap\nmetadata:\n  name: c-c828695hdk\n',
  },
];

import type { KustomizeCase } from './case';

export const PATCHES: readonly KustomizeCase[] = [
  {
    name: 'add, replace, remove',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        '- {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: C, value: c}}\n- {op: add, path: /spec/template/spec/containers/0/env/0, value: {name: Z, value: z}}\n- {op: replace, path: /spec/replicas, value: 5}\n- {op: remove, path: /spec/template/spec/serviceAccountName}\n- {op: add, path: /metadata/labels, value: {x~y/z: "1"}}\n- {op: replace, path: /metadata/labels/x~0y~1z, value: "2"}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    x~y/z: "2"\n  name: web\nspec:\n  replicas: 5\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: Z\n          value: z\n        - name: A\n          value: a\n        - name: B\n          value: b\n        - name: C\n          value: c\n        image: nginx:1.25\n        name: main\n',
  },
  {
    name: 'move, copy, test',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        '- {op: test, path: /spec/replicas, value: 1}\n- {op: copy, from: /spec/template/spec/containers/0/env/1, path: /spec/template/spec/containers/0/env/0}\n- {op: move, from: /spec/replicas, path: /spec/minReadySeconds}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  minReadySeconds: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: B\n          value: b\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'JSON text',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '[{"op": "replace", "path": "/spec/replicas", "value": 2}]',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a test that fails',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: test, path: /spec/replicas, value: 2}\n',
    },
    expected: undefined,
  },
  {
    name: 'removing what is not there',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: remove, path: /spec/paused}\n',
    },
    expected: undefined,
  },
  {
    name: 'replacing what is not there',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: replace, path: /spec/paused, value: true}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  paused: true\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'adding below nothing',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: add, path: /spec/strategy/type, value: Recreate}\n',
    },
    expected: undefined,
  },
  {
    name: 'adding behind the end of a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: add, path: /spec/template/spec/containers/5, value: {name: x}}\n',
    },
    expected: undefined,
  },
  {
    name: 'the last item by -1',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: remove, path: /spec/template/spec/containers/0/env/-1}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'an unknown operation',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: change, path: /spec/replicas, value: 2}\n',
    },
    expected: undefined,
  },
  {
    name: 'an annotation where there are none',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: add, path: /metadata/annotations/a, value: b}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    a: b\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a null value',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': '- {op: add, path: /spec/paused, value: null}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  paused: null\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a new name is followed',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n',
      'p.yaml': '- {op: replace, path: /metadata/name, value: renamed}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: renamed\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: h\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: renamed\n',
  },
  {
    name: 'annotations in the older form',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatchesJson6902:\n- target: {version: v1, kind: ConfigMap, name: one}\n  patch: |-\n    - {op: add, path: /metadata/annotations/x, value: w}\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'removing the last annotation',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: remove, path: /metadata/annotations/x}\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {x: w}}\n',
    },
    expected: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n',
  },
  {
    name: 'replacing all annotations',
    directory: '.',
    files: {
      'kustomization.yaml':
        'namePrefix: p-\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: replace, path: /metadata/annotations, value: {new: one}}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {x: w}}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: x}\n',
    },
    expected:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    new: one\n  name: p-x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: p-x\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'copying what is not there',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: copy, from: /data/none, path: /data/b}\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\n  b: null\nkind: ConfigMap\nmetadata:\n  name: x\n',
  },
  {
    name: 'testing for nothing',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: test, path: /data/none, value: null}\n    - {op: test, path: /data, value: {a: b}}\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: x\n',
  },
];

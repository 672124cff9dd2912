import type { KustomizeCase } from './case';

export const MERGE_2: readonly KustomizeCase[] = [
  {
    name: 'multi-line text',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  config: |\n    old\n  other: x\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  config: |\n    new\n    text\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  config: |\n    new\n    text\n  other: x\nkind: ConfigMap\nmetadata:\n  name: one\n',
  },
  {
    name: 'the older fields for patches',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatchesStrategicMerge:\n- p.yaml\n- |-\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: one}\n  data: {inline: "yes"}\npatchesJson6902:\n- target: {version: v1, kind: ConfigMap, name: one}\n  path: j.yaml\n- target: {version: v1, kind: ConfigMap, name: one}\n  patch: \'[{"op": "add", "path": "/data/json", "value": "x"}]\'\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {file: "yes"}\n',
      'j.yaml': '- op: replace\n  path: /data/a\n  value: c\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: c\n  file: "yes"\n  inline: "yes"\n  json: x\nkind: ConfigMap\nmetadata:\n  name: one\n',
  },
  {
    name: 'items without their key',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - value: nameless\n        - name: A\n          value: z\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: z\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'items of the object without their key',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - value: nameless\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - name: A\n          value: z\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - value: nameless\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'an item twice in the patch',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - {name: N, value: "1"}\n        - {name: N, value: "2"}\n        - {name: A, value: x}\n        - {name: A, value: w}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: "N"\n          value: "1"\n        - name: A\n          value: x\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'an item twice in the object',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: A\n              value: again\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - {name: A, value: z}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: again\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'ports without protocols',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          ports:\n            - containerPort: 80\n            - containerPort: 82\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        ports:\n        - {containerPort: 80, name: p}\n        - {containerPort: 81}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n        ports:\n        - containerPort: 80\n          name: p\n        - containerPort: 81\n        - containerPort: 82\n      serviceAccountName: web\n',
  },
  {
    name: 'two protocols of one port',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          ports:\n            - {containerPort: 80, protocol: TCP, name: t}\n            - {containerPort: 80, protocol: UDP}\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        ports:\n        - {containerPort: 80, protocol: UDP, name: u}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n        ports:\n        - containerPort: 80\n          name: t\n          protocol: TCP\n        - containerPort: 80\n          name: u\n          protocol: UDP\n      serviceAccountName: web\n',
  },
  {
    name: 'a port without protocol against two',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          ports:\n            - {containerPort: 80, protocol: TCP, name: t}\n            - {containerPort: 80, protocol: UDP}\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        ports:\n        - {containerPort: 80, name: n}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n        ports:\n        - containerPort: 80\n          name: t\n          protocol: TCP\n        - containerPort: 80\n          protocol: UDP\n      serviceAccountName: web\n',
  },
  {
    name: 'deleting a port',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          ports:\n            - {containerPort: 80, protocol: TCP}\n            - {containerPort: 80, protocol: UDP}\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        ports:\n        - {containerPort: 80, protocol: UDP, $patch: delete}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n        ports:\n        - containerPort: 80\n          protocol: TCP\n      serviceAccountName: web\n',
  },
  {
    name: 'deleting all items',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - {name: A, $patch: delete}\n        - {name: B, $patch: delete}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env: []\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'deleting what is not there',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - {name: Q, $patch: delete}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'replacing an item that is not there',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: new\n        $patch: replace\n        image: n\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - image: "n"\n        name: new\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'replacing a list that is not there',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      volumes:\n      - $patch: replace\n      - name: v\n        emptyDir: {}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n      volumes:\n      - $patch: replace\n',
  },
  {
    name: 'changing the kind of a volume',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n      volumes:\n        - name: v\n          emptyDir: {}\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      volumes:\n      - name: v\n        emptyDir: null\n        configMap: {name: c}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n      volumes:\n      - configMap:\n          name: c\n        name: v\n',
  },
  {
    name: 'empty maps and lists',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels: {}\n    spec:\n      volumes: []\n      nodeSelector: {}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      nodeSelector: {}\n      serviceAccountName: web\n      volumes: []\n',
  },
  {
    name: 'an empty list over a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [a]\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env: []\n        args: []\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args: []\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a list where the object has a map',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: [a]\n',
    },
    expected: undefined,
  },
  {
    name: 'a text where the object has a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env: none\n',
    },
    expected: undefined,
  },
  {
    name: 'a number for a text and back',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: "3"\n  template:\n    metadata:\n      labels: {app: 5}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: "3"\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: 5\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'changing name, kind and version in a patch by name',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: default\nspec: {replicas: 9}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 9\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'other directives are data',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [a]\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        $retainKeys: [name]\n        args:\n        - b\n        $deleteFromPrimitiveList/args: [a]\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - $deleteFromPrimitiveList/args:\n        - a\n        $retainKeys:\n        - name\n        args:\n        - b\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'owner references',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  ownerReferences:\n  - {uid: "1", apiVersion: v1, kind: Pod, name: a}\n  - {uid: "2", apiVersion: v1, kind: Pod, name: b, controller: true}\n',
      'p.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  ownerReferences:\n  - {uid: "2", apiVersion: v1, kind: Pod, name: changed}\n',
    },
    expected:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  ownerReferences:\n  - apiVersion: v1\n    controller: true\n    kind: Pod\n    name: changed\n    uid: "2"\n  - apiVersion: v1\n    kind: Pod\n    name: a\n    uid: "1"\n',
  },
  {
    name: 'secrets of a service account',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nsecrets: [{name: a}]\nimagePullSecrets: [{name: p}]\n',
      'p.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nsecrets: [{name: b}]\nimagePullSecrets: [{name: q}]\n',
    },
    expected:
      'apiVersion: v1\nimagePullSecrets:\n- name: q\nkind: ServiceAccount\nmetadata:\n  name: s\nsecrets:\n- name: b\n- name: a\n',
  },
  {
    name: 'rules of a role are replaced',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n- {apiGroups: [apps], resources: [x], verbs: [list]}\n',
      'p.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n- {apiGroups: [""], resources: [pods], verbs: [get]}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: r\nrules:\n- apiGroups:\n  - ""\n  resources:\n  - pods\n  verbs:\n  - get\n',
  },
  {
    name: 'a newer autoscaler has no known lists',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, finalizers: [a]}\nspec:\n  metrics: [{type: a}]\n',
      'p.yaml':
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, finalizers: [b]}\nspec:\n  metrics: [{type: b}]\n',
    },
    expected:
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  finalizers:\n  - b\n  name: h\nspec:\n  metrics:\n  - type: b\n',
  },
  {
    name: 'anchors',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  p: &q anchored\n  r: *q\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  x: &v value\n  z: *v\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  p: anchored\n  r: anchored\n  x: value\n  z: value\nkind: ConfigMap\nmetadata:\n  name: one\n',
  },
  {
    name: 'deleting annotations',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  labels: {l: m}\n  annotations: {a: b, b: c}\n',
      'p.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  annotations: {a: null, b: null}\n  labels: null\n',
    },
    expected: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n',
  },
];

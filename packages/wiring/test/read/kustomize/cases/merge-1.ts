import type { KustomizeCase } from './case';

export const MERGE_1: readonly KustomizeCase[] = [
  {
    name: 'containers and env by name',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - name: main\n        image: nginx:2\n        env:\n        - name: B\n          value: changed\n        - name: C\n          value: new\n      - name: side\n        image: busybox\n      volumes:\n      - name: v\n        emptyDir: {}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: B\n          value: changed\n        - name: C\n          value: new\n        - name: A\n          value: a\n        image: nginx:2\n        name: main\n      - image: busybox\n        name: side\n      serviceAccountName: web\n      volumes:\n      - emptyDir: {}\n        name: v\n',
  },
  {
    name: 'ports by number and protocol',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          ports:\n            - containerPort: 8080\n              protocol: TCP\n            - containerPort: 9090\n              protocol: TCP\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        ports:\n        - containerPort: 8080\n          name: patched\n        - containerPort: 9090\n          protocol: UDP\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n        ports:\n        - containerPort: 9090\n          protocol: UDP\n        - containerPort: 8080\n          protocol: TCP\n        - containerPort: 9090\n          protocol: TCP\n      serviceAccountName: web\n',
  },
  {
    name: 'service ports',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports:\n  - port: 80\n    name: http\n  - port: 90\n    name: other\n',
      'p.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports:\n  - port: 80\n    targetPort: 8080\n  - port: 443\n    name: https\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n  - name: https\n    port: 443\n  - name: other\n    port: 90\n',
  },
  {
    name: 'volume mounts by path',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          volumeMounts:\n            - mountPath: /a\n              name: x\n            - mountPath: /b\n              name: y\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        volumeMounts:\n        - mountPath: /b\n          name: x\n          readOnly: true\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n        volumeMounts:\n        - mountPath: /b\n          name: x\n          readOnly: true\n        - mountPath: /a\n          name: x\n      serviceAccountName: web\n',
  },
  {
    name: 'lists without keys are replaced',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [a, b]\n      tolerations:\n        - key: x\n          operator: Exists\n        - key: y\n          operator: Exists\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        args: [c]\n      tolerations:\n      - key: z\n        operator: Exists\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - c\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n      tolerations:\n      - key: z\n        operator: Exists\n',
  },
  {
    name: 'null deletes',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: null\n  template:\n    spec:\n      serviceAccountName: null\n      containers:\n      - name: main\n        env: null\n        image: null\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - name: main\n',
  },
  {
    name: 'deleting items',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: side\n          image: x\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - name: A\n          $patch: delete\n      - name: side\n        $patch: delete\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'deleting an object',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n$patch: delete\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: one\n',
  },
  {
    name: 'replacing a map',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels:\n        $patch: replace\n        only: this\n    spec:\n      $patch: replace\n      containers:\n      - name: other\n        image: yy\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        only: this\n    spec:\n      containers:\n      - image: yy\n        name: other\n',
  },
  {
    name: 'replacing an item',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        $patch: replace\n        image: yy\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'replacing a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - name: Z\n          value: z\n        - $patch: replace\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: Z\n          value: z\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'deleting a list',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - name: main\n        env:\n        - $patch: delete\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'the merge directive',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    $patch: merge\n    spec:\n      containers:\n      - name: main\n        $patch: merge\n        image: z\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: z\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'an unknown directive',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    $patch: destroy\n',
    },
    expected: undefined,
  },
  {
    name: 'new parts lose their nulls and directives',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  strategy:\n    type: Recreate\n    rollingUpdate: null\n  template:\n    spec:\n      initContainers:\n      - name: init\n        image: i\n        env:\n        - name: X\n          value: null\n        - name: Y\n          $patch: delete\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  strategy:\n    type: Recreate\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      initContainers:\n      - env:\n        - name: X\n        image: i\n        name: init\n      serviceAccountName: web\n',
  },
  {
    name: 'nulls that the object has',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  strategy:\n  minReadySeconds: null\n  revisionHistoryLimit: ~\n',
      'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  paused: true\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  minReadySeconds: null\n  paused: true\n  revisionHistoryLimit: null\n',
  },
  {
    name: 'finalizers are joined',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  finalizers: [a, b]\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  finalizers: [c, a]\n',
    },
    expected: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  finalizers:\n  - c\n  - a\n  - b\n  name: one\n',
  },
  {
    name: 'lists of custom kinds are replaced',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\n  finalizers: [a]\nspec:\n  containers:\n  - name: a\n  map: {x: 1, yy: {w: 2}}\n',
      'p.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\n  finalizers: [b]\nspec:\n  containers:\n  - name: b\n  map:\n    x: null\n    yy: {z: 1}\n',
    },
    expected:
      'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  finalizers:\n  - b\n  name: t\nspec:\n  containers:\n  - name: b\n  map:\n    yy:\n      w: 2\n      z: 1\n',
  },
  {
    name: 'a workload inside a custom kind',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  job:\n    apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: a, image: a}\n',
      'p.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  job:\n    apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: b, image: b}\n',
    },
    expected:
      'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\nspec:\n  job:\n    apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      template:\n        spec:\n          containers:\n          - image: b\n            name: b\n          - image: a\n            name: a\n',
  },
  {
    name: 'a map where the object has a text',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata:\n  a: {b: c}\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch for an object that is not there',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch in another namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: a\n',
      'p.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x, namespace: b}\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch of another version',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': 'apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: web}\n',
    },
    expected: undefined,
  },
  {
    name: 'a patch without a kind',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'p.yaml': 'metadata: {name: web}\n',
    },
    expected: undefined,
  },
  {
    name: 'several patches in one file',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
      'p.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\ndata: {x: z}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\n  x: w\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\ndata:\n  a: b\n  x: z\nkind: ConfigMap\nmetadata:\n  name: two\n',
  },
  {
    name: 'webhooks by name',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: v}\nwebhooks:\n- name: a.x.y\n  clientConfig: {url: "https://a"}\n- name: b.x.y\n  clientConfig: {url: "https://b"}\n',
      'p.yaml':
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: v}\nwebhooks:\n- name: b.x.y\n  failurePolicy: Ignore\n',
    },
    expected:
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: v\nwebhooks:\n- clientConfig:\n    url: https://b\n  failurePolicy: Ignore\n  name: b.x.y\n- clientConfig:\n    url: https://a\n  name: a.x.y\n',
  },
  {
    name: 'host aliases, pull secrets and spread constraints',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n      imagePullSecrets: [{name: old}]\n      hostAliases: [{ip: 1.1.1.1, hostnames: [a]}, {ip: 2.2.2.2, hostnames: [c]}]\n      topologySpreadConstraints:\n      - {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 1}\n      - {topologyKey: host, whenUnsatisfiable: DoNotSchedule, maxSkew: 1}\n',
      'p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      imagePullSecrets: [{name: new}]\n      hostAliases: [{ip: 1.1.1.1, hostnames: [b]}]\n      topologySpreadConstraints:\n      - {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 2}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      hostAliases:\n      - hostnames:\n        - b\n        ip: 1.1.1.1\n      - hostnames:\n        - c\n        ip: 2.2.2.2\n      imagePullSecrets:\n      - name: new\n      - name: old\n      serviceAccountName: web\n      topologySpreadConstraints:\n      - maxSkew: 2\n        topologyKey: zone\n        whenUnsatisfiable: DoNotSchedule\n      - maxSkew: 1\n        topologyKey: host\n        whenUnsatisfiable: DoNotSchedule\n',
  },
  {
    name: 'a cron job',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n',
      'a.yaml':
        'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: a, image: a, env: [{name: D, value: "0"}]}\n',
      'p.yaml':
        'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: b, image: b}\n          - {name: a, env: [{name: E, value: "1"}]}\n',
    },
    expected:
      'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: c\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - image: b\n            name: b\n          - env:\n            - name: E\n              value: "1"\n            - name: D\n              value: "0"\n            image: a\n            name: a\n',
  },
];

import type { KustomizeCase } from './case';

export const TARGETS: readonly KustomizeCase[] = [
  {
    name: 'by kind',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    hit: "yes"\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n    hit: "yes"\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by kind, a pattern',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: "Deploy.*|ClusterRole"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  annotations:\n    hit: "yes"\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'patterns are anchored',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Config, name: on}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected: undefined,
  },
  {
    name: 'by name, a pattern',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {name: "w.*"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {namespace: n1}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    hit: "yes"\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by the default namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {namespace: default}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by group and version',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {group: apps, version: v1}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    hit: "yes"\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by labels',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {labelSelector: "tier in (front, middle), x"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    hit: "yes"\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by labels that are absent',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {labelSelector: "tier!=front,!x", kind: ConfigMap}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n    hit: "yes"\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'by annotations',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {annotationSelector: a=b}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n    hit: "yes"\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'nothing fits',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Nothing}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'a merge patch for several',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: any\n  labels: {tier: null, z: z}\ndata: {k: v}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\ndata:\n  k: v\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: "null"\n    x: w\n    z: z\n  name: one\n  namespace: n1\n---\napiVersion: v1\ndata:\n  k: v\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: "null"\n    z: z\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'a merge patch for other kinds',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {name: web}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml':
        'apiVersion: any/v1\nkind: Any\nmetadata: {name: any, namespace: other}\nspec:\n  template:\n    spec:\n      containers:\n      - {name: main, image: new}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: new\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'a merge patch that deletes',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Deployment, name: web}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: b\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'annotations deleted by a merge patch with a target',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: any\n  annotations: {a: null}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: "null"\n  labels:\n    tier: front\n    x: w\n  name: one\n  namespace: n1\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    a: "null"\n  labels:\n    tier: back\n  name: two\n  namespace: n2\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: worker\n',
  },
  {
    name: 'a broken pattern',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {name: "["}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml': '- op: add\n  path: /metadata/annotations/hit\n  value: "yes"\n',
    },
    expected: undefined,
  },
  {
    name: 'two merge patches with a target',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: worker\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: worker\n  template:\n    metadata:\n      labels:\n        app: worker\n    spec:\n      serviceAccountName: worker\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: n1\n  labels: {tier: front, x: w}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n  namespace: n2\n  labels: {tier: back}\n  annotations: {a: b}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n',
      'p.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a JSON patch without a target',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- patch: |-\n    - op: remove\n      path: /data\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'targets by the name before a prefix',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [base]\npatches:\n- target: {kind: ConfigMap, name: one}\n  patch: |-\n    - {op: add, path: /data/old, value: x}\n- target: {kind: ConfigMap, name: p-one}\n  patch: |-\n    - {op: add, path: /data/new, value: x}\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: one}\n    data: {merged: x}\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: p-\n',
      'base/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\n  merged: x\n  new: x\n  old: x\nkind: ConfigMap\nmetadata:\n  name: p-one\n',
  },
  {
    name: 'changing name and kind',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap, name: one}\n  options: {allowNameChange: true}\n  patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: changed}\n- target: {kind: ServiceAccount}\n  options: {allowKindChange: true}\n  patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: ignored}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: one}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: changed\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: changed\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
];

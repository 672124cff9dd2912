import type { KustomizeCase } from './case';

export const REPLACEMENTS: readonly KustomizeCase[] = [
  {
    name: 'a field into a field',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: src, fieldPath: data.host}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.template.spec.serviceAccountName]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: a.example.com\n',
  },
  {
    name: 'by the value of an item',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.host}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.[name=main].env.[name=A].value", spec.template.spec.containers.0.args.1]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - a.example.com\n        env:\n        - name: A\n          value: a.example.com\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'every item',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.host}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.*.env.*.value"]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a.example.com\n        - name: B\n          value: a.example.com\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a part of the value',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.host, options: {delimiter: ".", index: 1}}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.[name=main].image"]\n    options: {delimiter: ":", index: 1}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:example\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'before and behind',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.host}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.name]\n    options: {delimiter: ".", index: 99}\n  - select: {kind: Deployment}\n    fieldPaths: [spec.template.spec.serviceAccountName]\n    options: {delimiter: ".", index: -1}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web.a.example.com\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: a.example.com.web\n',
  },
  {
    name: 'creating fields',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.host}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.annotations.host, "metadata.labels.[a.b/c]", "spec.template.spec.containers.[name=main].env.[name=NEW].value"]\n    options: {create: true}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    host: a.example.com\n  labels:\n    a.b/c: a.example.com\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        - name: NEW\n          value: a.example.com\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a field that is not there',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.host}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.annotations.host]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected: undefined,
  },
  {
    name: 'a source that is not there',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: other}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.name]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected: undefined,
  },
  {
    name: 'two sources',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {version: v1, fieldPath: metadata.name}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.name]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected: undefined,
  },
  {
    name: 'a map',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.labels]\n    options: {create: true}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    host: a.example.com\n    "n": "5"\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a text into a number',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.n}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [spec.replicas]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a number into a text',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: Deployment, fieldPath: spec.replicas}\n  targets:\n  - select: {kind: ConfigMap}\n    fieldPaths: [data.n]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "1"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a value of its own',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- sourceValue: literal\n  targets:\n  - select: {name: "w.*"}\n    fieldPaths: [spec.template.spec.serviceAccountName]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: a.example.com\n  n: "5"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          args: [--host=x, --port=1]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  host: a.example.com\n  "n": "5"\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - --host=x\n        - --port=1\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: literal\n',
  },
  {
    name: 'rejected targets',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: src, fieldPath: data.host}\n  targets:\n  - select: {kind: ConfigMap}\n    reject: [{name: s.*}]\n    fieldPaths: [data.a]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  host: h\n  a: z\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\ndata:\n  a: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: z\n  host: h\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: v1\ndata:\n  a: h\nkind: ConfigMap\nmetadata:\n  name: x\n---\napiVersion: v1\ndata:\n  a: h\nkind: ConfigMap\nmetadata:\n  name: "y"\n',
  },
  {
    name: 'from a file',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nreplacements:\n- path: r.yaml\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  a: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
      'r.yaml':
        '- source: {name: src, fieldPath: metadata.name}\n  targets:\n  - select: {name: x}\n    fieldPaths: [data.a]\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: v1\ndata:\n  a: src\nkind: ConfigMap\nmetadata:\n  name: x\n',
  },
  {
    name: 'a name is not followed',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nnamePrefix: p-\nreplacements:\n- source: {kind: ConfigMap, name: src}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.[name=main].env.[name=A].value"]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: p-src\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'two targets and an index behind the end',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.0.args.0"]\n    options: {create: true}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - args:\n        - src\n        env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'an index that does not exist',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.3.name"]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected: undefined,
  },
  {
    name: 'an item that does not exist',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["spec.template.spec.containers.[name=none].image"]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected: undefined,
  },
  {
    name: 'keys with dots',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: \'data.my\\.key\'}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ["metadata.annotations.[x.y/z]"]\n    options: {create: true}\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: src\ndata:\n  my.key: v\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  my.key: v\nkind: ConfigMap\nmetadata:\n  name: src\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    x.y/z: v\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
];

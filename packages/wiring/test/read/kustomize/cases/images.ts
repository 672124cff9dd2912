import type { KustomizeCase } from './case';

export const IMAGES: readonly KustomizeCase[] = [
  {
    name: 'a new tag',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: nginx, newTag: "2"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:2\n        name: main\n      - image: registry.example.com:5000/team/app:1@sha256:abc\n        name: two\n      - image: nginx:2\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: nginx:2\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'a new name',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: nginx, newName: other/nginx}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: other/nginx:1.25\n        name: main\n      - image: registry.example.com:5000/team/app:1@sha256:abc\n        name: two\n      - image: other/nginx@sha256:def\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: other/nginx\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'a digest',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: nginx, digest: "sha256:fff"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx@sha256:fff\n        name: main\n      - image: registry.example.com:5000/team/app:1@sha256:abc\n        name: two\n      - image: nginx@sha256:fff\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: nginx@sha256:fff\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'tag and digest',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: nginx, newTag: v, digest: "sha256:fff"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:v@sha256:fff\n        name: main\n      - image: registry.example.com:5000/team/app:1@sha256:abc\n        name: two\n      - image: nginx:v@sha256:fff\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: nginx:v@sha256:fff\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'a suffix',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: nginx, tagSuffix: -x}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25-x-x\n        name: main\n      - image: registry.example.com:5000/team/app:1@sha256:abc\n        name: two\n      - image: nginx:-x-x\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: nginx:-x-x\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'a registry with a port',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nimages:\n- {name: "registry.example.com:5000/team/app", newTag: "9"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      - image: registry.example.com:5000/team/app:9\n        name: two\n      - image: nginx@sha256:def\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: nginx\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'a pattern',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: ".*nginx", newTag: "9"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n        - name: two\n          image: registry.example.com:5000/team/app:1@sha256:abc\n        - name: three\n          image: nginx@sha256:def\n        - name: four\n          image: nginx-extra:1\n      initContainers:\n        - name: i\n          image: nginx\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:9\n        name: main\n      - image: registry.example.com:5000/team/app:1@sha256:abc\n        name: two\n      - image: nginx:9\n        name: three\n      - image: nginx-extra:1\n        name: four\n      initContainers:\n      - image: nginx:9\n        name: i\n      serviceAccountName: web\n',
  },
  {
    name: 'in custom kinds',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nimages:\n- {name: nginx, newTag: "9"}\n',
      'a.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  deep:\n    containers: [{image: "nginx:1"}]\n  image: nginx:1\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\nspec:\n  containers: [{image: "nginx:1"}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: a, image: "nginx:1"}]\n  volumes: [{name: v, image: {reference: "nginx:1"}}]\n',
    },
    expected:
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: c\nspec:\n  containers:\n  - image: nginx:1\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\nspec:\n  deep:\n    containers:\n    - image: nginx:9\n  image: nginx:1\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n  - image: nginx:9\n    name: a\n  volumes:\n  - image:\n      reference: nginx:9\n    name: v\n',
  },
  {
    name: 'replicas',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nreplicas:\n- {name: web, count: 4}\n- {name: st, count: 0}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec: {}\n---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: web}\nspec: {}\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 4\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: st\nspec:\n  replicas: 0\n---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: web\nspec: {}\n',
  },
  {
    name: 'replicas of nothing',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nreplicas:\n- {name: other, count: 4}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected: undefined,
  },
];

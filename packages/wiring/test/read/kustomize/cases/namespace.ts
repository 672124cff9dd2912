import type { KustomizeCase } from './case';

export const NAMESPACE: readonly KustomizeCase[] = [
  {
    name: 'of namespaced objects, not of others',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: old\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  namespace: untouched\n  to: {namespace: untouched}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: moved\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: r\n---\napiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: pv\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: moved\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\n  namespace: moved\nspec:\n  namespace: untouched\n  to:\n    namespace: untouched\n',
  },
  {
    name: 'the name of a Namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: old}\n',
    },
    expected: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: moved\n',
  },
  {
    name: 'two Namespaces become one',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n',
    },
    expected: undefined,
  },
  {
    name: 'two objects become one',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: a\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: b\n',
    },
    expected: undefined,
  },
  {
    name: 'subjects named default',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- {kind: ServiceAccount, name: default, namespace: old}\n- {kind: ServiceAccount, name: default}\n- {kind: ServiceAccount, name: other, namespace: old}\n- {kind: User, name: jane}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: b\n  namespace: moved\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: default\n  namespace: moved\n- kind: ServiceAccount\n  name: default\n  namespace: moved\n- kind: ServiceAccount\n  name: other\n  namespace: old\n- kind: User\n  name: jane\n',
  },
  {
    name: 'subjects follow their service account',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: old\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bare\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- {kind: ServiceAccount, name: app, namespace: old}\n- {kind: ServiceAccount, name: bare, namespace: stale}\n- {kind: ServiceAccount, name: bare, namespace: default}\n- {kind: ServiceAccount, name: bare}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: moved\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bare\n  namespace: moved\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: app\n  namespace: moved\n- kind: ServiceAccount\n  name: bare\n  namespace: stale\n- kind: ServiceAccount\n  name: bare\n  namespace: moved\n- kind: ServiceAccount\n  name: bare\n  namespace: moved\n',
  },
  {
    name: 'a role binding and its account in another namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: old\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- {kind: ServiceAccount, name: app, namespace: old}\n- {kind: ServiceAccount, name: app, namespace: stale}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: moved\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: b\n  namespace: moved\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: app\n  namespace: moved\n- kind: ServiceAccount\n  name: app\n  namespace: stale\n',
  },
  {
    name: 'API services and CRDs',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: moved\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.x}\nspec:\n  service: {name: s, namespace: old}\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec:\n  conversion:\n    webhook:\n      clientConfig:\n        service: {name: s, namespace: old}\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: v}\nwebhooks:\n- name: a.b.c\n  clientConfig:\n    service: {name: s, namespace: old}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: old}\n',
    },
    expected:
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\nspec:\n  conversion:\n    webhook:\n      clientConfig:\n        service:\n          name: s\n          namespace: moved\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: moved\n---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: v1.x\nspec:\n  service:\n    name: s\n    namespace: moved\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: v\nwebhooks:\n- clientConfig:\n    service:\n      name: s\n      namespace: moved\n  name: a.b.c\n',
  },
  {
    name: 'patches see the old namespace',
    directory: '.',
    files: {
      'kustomization.yaml':
        'namespace: moved\nresources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ServiceAccount\n    metadata: {name: x, namespace: old}\n    automountServiceAccountToken: false\n',
      'a.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: old\n',
    },
    expected:
      'apiVersion: v1\nautomountServiceAccountToken: false\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: moved\n',
  },
  {
    name: 'in two layers',
    directory: '.',
    files: {
      'kustomization.yaml': 'namespace: outer\nresources: [in]\n',
      'in/kustomization.yaml': 'namespace: inner\nresources: [a.yaml]\n',
      'in/a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: orig\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- {kind: ServiceAccount, name: x, namespace: orig}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: outer\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: x\n  namespace: outer\n',
  },
  {
    name: 'of one component of two',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [alloy, rbac]\n',
      'alloy/kustomization.yaml': 'namespace: elsewhere\nresources: [a.yaml]\n',
      'alloy/a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: alloy\n  namespace: monitoring\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: alloy\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: alloy\n  template:\n    metadata:\n      labels:\n        app: alloy\n    spec:\n      serviceAccountName: alloy\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
      'rbac/kustomization.yaml': 'resources: [b.yaml]\n',
      'rbac/b.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- {kind: ServiceAccount, name: alloy, namespace: monitoring}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: alloy\n  namespace: elsewhere\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: alloy\n  namespace: elsewhere\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: alloy\n  namespace: elsewhere\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: alloy\n  template:\n    metadata:\n      labels:\n        app: alloy\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: alloy\n',
  },
  {
    name: 'an empty namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nnamespace: ""\n',
      'a.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: y\n',
    },
    expected: 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: "y"\n',
  },
  {
    name: 'generated objects and patches by target',
    directory: '.',
    files: {
      'kustomization.yaml':
        'namespace: new\nconfigMapGenerator: [{name: c, namespace: old, literals: [a=b]}]\npatches:\n- target: {namespace: old}\n  patch: |-\n    - {op: add, path: /data/hit, value: old}\n- target: {namespace: new}\n  patch: |-\n    - {op: add, path: /data/hit, value: new}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\n  hit: old\nkind: ConfigMap\nmetadata:\n  name: c-9ktk2bcd9h\n  namespace: new\n',
  },
];

import type { KustomizeCase } from './case';

export const NAMES: readonly KustomizeCase[] = [
  {
    name: 'prefix and suffix, with all references',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nnameSuffix: -s\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: sec}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: acc\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: claim}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: svc}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: set}\nspec:\n  serviceName: svc\n  template:\n    spec:\n      serviceAccountName: acc\n      imagePullSecrets: [{name: sec}]\n      initContainers:\n      - name: i\n        env:\n        - name: S\n          valueFrom: {secretKeyRef: {name: sec, key: k}}\n      containers:\n      - name: c\n        env:\n        - name: A\n          valueFrom: {configMapKeyRef: {name: conf, key: a}}\n        - name: O\n          valueFrom: {configMapKeyRef: {name: elsewhere, key: a}}\n        envFrom:\n        - configMapRef: {name: conf}\n        - secretRef: {name: sec}\n      volumes:\n      - {name: v1, configMap: {name: conf}}\n      - {name: v2, secret: {secretName: sec}}\n      - {name: v3, persistentVolumeClaim: {claimName: claim}}\n      - name: v4\n        projected:\n          sources:\n          - configMap: {name: conf}\n          - secret: {name: sec}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: role}\nrules:\n- {apiGroups: [""], resources: [configmaps], resourceNames: [conf, other], verbs: [get]}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: bind}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: role}\nsubjects:\n- {kind: ServiceAccount, name: acc}\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ing\n  annotations: {nginx.ingress.kubernetes.io/auth-secret: sec}\nspec:\n  tls: [{secretName: sec}]\n  rules:\n  - http:\n      paths:\n      - backend: {service: {name: svc, port: {number: 80}}}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: hpa}\nspec:\n  scaleTargetRef: {kind: StatefulSet, name: set}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {configMap: conf}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: p-acc-s\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: p-role-s\nrules:\n- apiGroups:\n  - ""\n  resourceNames:\n  - p-conf-s\n  - other\n  resources:\n  - configmaps\n  verbs:\n  - get\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: p-bind-s\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: p-role-s\nsubjects:\n- kind: ServiceAccount\n  name: p-acc-s\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-conf-s\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: p-sec-s\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: p-svc-s\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: p-claim-s\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: p-set-s\nspec:\n  serviceName: p-svc-s\n  template:\n    spec:\n      containers:\n      - env:\n        - name: A\n          valueFrom:\n            configMapKeyRef:\n              key: a\n              name: p-conf-s\n        - name: O\n          valueFrom:\n            configMapKeyRef:\n              key: a\n              name: elsewhere\n        envFrom:\n        - configMapRef:\n            name: p-conf-s\n        - secretRef:\n            name: p-sec-s\n        name: c\n      imagePullSecrets:\n      - name: p-sec-s\n      initContainers:\n      - env:\n        - name: S\n          valueFrom:\n            secretKeyRef:\n              key: k\n              name: p-sec-s\n        name: i\n      serviceAccountName: p-acc-s\n      volumes:\n      - configMap:\n          name: p-conf-s\n        name: v1\n      - name: v2\n        secret:\n          secretName: p-sec-s\n      - name: v3\n        persistentVolumeClaim:\n          claimName: p-claim-s\n      - name: v4\n        projected:\n          sources:\n          - configMap:\n              name: p-conf-s\n          - secret:\n              name: p-sec-s\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: p-hpa-s\nspec:\n  scaleTargetRef:\n    kind: StatefulSet\n    name: p-set-s\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: p-t-s\nspec:\n  configMap: conf\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  annotations:\n    nginx.ingress.kubernetes.io/auth-secret: p-sec-s\n  name: p-ing-s\nspec:\n  rules:\n  - http:\n      paths:\n      - backend:\n          service:\n            name: p-svc-s\n            port:\n              number: 80\n  tls:\n  - secretName: p-sec-s\n',
  },
  {
    name: 'never of namespaces, CRDs and API services',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\n---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: node}\n',
    },
    expected:
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "n"\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: c\n---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Node\nmetadata:\n  name: p-node\n',
  },
  {
    name: 'in two layers',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: o-\nresources: [in]\n',
      'in/kustomization.yaml': 'namePrefix: i-\nresources: [a.yaml]\n',
      'in/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: o-i-conf\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: o-i-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: o-i-conf\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a role and a cluster role of one name',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\nsubjects:\n- {kind: ServiceAccount, name: acc}\n',
    },
    expected:
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: p-r\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: p-b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: acc\n',
  },
  {
    name: 'a reference into another namespace stays',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf, namespace: other}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: p-conf\n  namespace: other\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: conf\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'layers that prefix differently',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a, b]\n',
      'a/kustomization.yaml': 'namePrefix: a-\nresources: [a.yaml]\n',
      'a/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n',
      'b/kustomization.yaml': 'namePrefix: b-\nresources: [b.yaml]\n',
      'b/b.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: a-conf\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: b-conf\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: b-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: b-conf\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a prefix above a generator',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nresources: [in]\n',
      'in/kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator:\n- name: conf\n  literals: [a=b]\n',
      'in/a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-conf-4h2mbtbbt6\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: p-conf-4h2mbtbbt6\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'replicas and images',
    directory: '.',
    files: {
      'kustomization.yaml':
        'namePrefix: p-\nresources: [a.yaml]\nreplicas:\n- {name: web, count: 7}\nimages:\n- {name: nginx, newName: registry.example.com:5000/nginx, newTag: "2.0"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n',
    },
    expected:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p-web\nspec:\n  replicas: 7\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: registry.example.com:5000/nginx:2.0\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a name that means two objects',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a, b, c.yaml]\n',
      'a/kustomization.yaml': 'namePrefix: a-\nresources: [a.yaml]\n',
      'a/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n',
      'b/kustomization.yaml': 'namePrefix: b-\nresources: [b.yaml]\n',
      'b/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n',
      'c.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: a-conf\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: b-conf\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: conf\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'a service account in another namespace',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: one\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: two\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects:\n- {kind: ServiceAccount, name: x, namespace: two}\n- {kind: ServiceAccount, name: x, namespace: three}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: p-x\n  namespace: one\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: p-x\n  namespace: two\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: p-b\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: r\nsubjects:\n- kind: ServiceAccount\n  name: p-x\n  namespace: two\n- kind: ServiceAccount\n  name: x\n  namespace: three\n',
  },
  {
    name: 'a prefix in a patch of the same layer',
    directory: '.',
    files: {
      'kustomization.yaml':
        'namePrefix: p-\nresources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec:\n      template:\n        spec:\n          serviceAccountName: x\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: p-x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p-web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: p-x\n',
  },
  {
    name: 'reference by the new name',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [in, b.yaml]\n',
      'in/kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'in/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: conf\ndata:\n  a: b\n',
      'b.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: p-conf}\n            - configMapRef: {name: conf}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-conf\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: p-conf\n        - configMapRef:\n            name: p-conf\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'suffix under prefix over hash',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: o-\nresources: [in]\n',
      'in/kustomization.yaml':
        'nameSuffix: -s\nresources: [a.yaml]\nconfigMapGenerator: [{name: c, literals: [a=b]}]\n',
      'in/a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: c}\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: o-c-s-4h2mbtbbt6\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: o-web-s\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        envFrom:\n        - configMapRef:\n            name: o-c-s-4h2mbtbbt6\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n',
  },
  {
    name: 'webhooks name their service',
    directory: '.',
    files: {
      'kustomization.yaml': 'namePrefix: p-\nnamespace: nn\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: old}\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: {name: v}\nwebhooks:\n- name: a.b.c\n  clientConfig:\n    service: {name: s, namespace: old}\n- name: d.e.f\n  clientConfig:\n    service: {name: s, namespace: stale}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: p-s\n  namespace: nn\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata:\n  name: p-v\nwebhooks:\n- clientConfig:\n    service:\n      name: p-s\n      namespace: nn\n  name: a.b.c\n- clientConfig:\n    service:\n      name: s\n      namespace: stale\n  name: d.e.f\n',
  },
];

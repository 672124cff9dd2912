import type { KustomizeCase } from './case';

export const RESOURCES_1: readonly KustomizeCase[] = [
  {
    name: 'files, lists and empty documents',
    directory: 'app',
    files: {
      'app/kustomization.yaml': 'resources:\n- a.yaml\n- list.yaml\n',
      'app/a.yaml':
        '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n---\n# nothing\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
      'app/list.yaml':
        'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: three}\n- apiVersion: v1\n  kind: ConfigMapList\n  items:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: four}\n',
    },
    expected:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: four\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: three\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: two\n',
  },
  {
    name: 'bases in other directories',
    directory: 'overlays/dev',
    files: {
      'base/kustomization.yaml': 'resources: [cm.yaml]\n',
      'base/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'other/kustomization.yml': 'resources:\n- cm.yaml\n',
      'other/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
      'overlays/dev/Kustomization': 'resources:\n- ../../base\nbases:\n- ../../other/\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: two\n',
  },
  {
    name: 'an object twice',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'the same name in two namespaces',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: a\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: b\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: a\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: b\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n',
  },
  {
    name: 'default is the namespace of those without',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n  namespace: default\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: x\n',
    },
    expected: undefined,
  },
  {
    name: 'a missing file',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
    },
    expected: undefined,
  },
  {
    name: 'a directory without a kustomization',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a]\n',
      'a/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'two kustomization files',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      Kustomization: 'resources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a circle',
    directory: 'a',
    files: {
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
    },
    expected: undefined,
  },
  {
    name: 'its own directory',
    directory: 'a',
    files: {
      'a/kustomization.yaml': 'resources: [.]\n',
    },
    expected: undefined,
  },
  {
    name: 'a directory above',
    directory: 'a/b',
    files: {
      'a/kustomization.yaml': 'resources: [b]\n',
      'a/b/kustomization.yaml': 'resources: [..]\n',
    },
    expected: undefined,
  },
  {
    name: 'a file outside',
    directory: 'a',
    files: {
      'a/kustomization.yaml': 'resources: [../cm.yaml]\n',
      'cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'an unknown field',
    directory: '.',
    files: {
      'kustomization.yaml': 'resource: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a field of the wrong kind',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: a.yaml\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'an unknown kind of kustomization',
    directory: '.',
    files: {
      'kustomization.yaml': 'kind: Something\nresources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'an object without a name',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
    },
    expected: undefined,
  },
  {
    name: 'an object without a kind',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml': 'metadata: {name: a}\n',
    },
    expected: undefined,
  },
  {
    name: 'local configuration is left out',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  annotations: {config.kubernetes.io/local-config: "true"}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: two\n',
  },
  {
    name: 'a component sees the objects before it',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [comp]\nnamePrefix: p-\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n',
      'comp/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [b.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: one}\n    data: {added: "yes"}\n',
      'comp/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
    },
    expected:
      'apiVersion: v1\ndata:\n  a: b\n  added: "yes"\nkind: ConfigMap\nmetadata:\n  name: p-one\n---\napiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-two\n',
  },
  {
    name: 'a component as a resource',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [comp]\n',
      'comp/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [b.yaml]\n',
      'comp/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'a kustomization as a component',
    directory: '.',
    files: {
      'kustomization.yaml': 'components: [comp]\n',
      'comp/kustomization.yaml': 'resources: [b.yaml]\n',
      'comp/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\ndata:\n  a: b\n',
    },
    expected: undefined,
  },
  {
    name: 'the same base twice, with prefixes',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [x, y]\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  a: b\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: w\n  template:\n    metadata:\n      labels:\n        app: w\n    spec:\n      serviceAccountName: w\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n          envFrom:\n            - configMapRef: {name: one}\n',
      'x/kustomization.yaml': 'resources: [../base]\nnamePrefix: x-\n',
      'y/kustomization.yaml': 'resources: [../base]\nnamePrefix: y-\n',
    },
    expected: undefined,
  },
  {
    name: 'base and overlay as in a real tree',
    directory: 'gitops/overlays/dev',
    files: {
      'gitops/base/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [monitoring]\n',
      'gitops/base/monitoring/kustomization.yaml': 'resources:\n- sa.yaml\n- alloy.yaml\n',
      'gitops/base/monitoring/sa.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: grafana-alloy\n  namespace: monitoring\n',
      'gitops/base/monitoring/alloy.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: grafana-alloy, namespace: monitoring}\nspec:\n  template:\n    spec:\n      serviceAccountName: grafana-alloy\n      containers:\n      - name: alloy\n        env:\n        - name: AMP_WORKSPACE_ID\n          valueFrom: {configMapKeyRef: {name: amp-workspace, key: workspaceId}}\n',
      'gitops/overlays/dev/kustomization.yaml':
        'resources: [../../base]\npatches:\n- path: patches/sa.yaml\n- path: patches/alloy.yaml\n',
      'gitops/overlays/dev/patches/sa.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: grafana-alloy\n  namespace: monitoring\n  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/GrafanaAgentAMPRole"}\n',
      'gitops/overlays/dev/patches/alloy.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: grafana-alloy, namespace: monitoring}\nspec:\n  template:\n    spec:\n      containers:\n      - name: alloy\n        env:\n        - {name: AWS_REGION, value: ap-northeast-2}\n',
    },
    expected:
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/GrafanaAgentAMPRole\n  name: grafana-alloy\n  namespace: monitoring\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: grafana-alloy\n  namespace: monitoring\nspec:\n  template:\n    spec:\n      containers:\n      - env:\n        - name: AWS_REGION\n          value: ap-northeast-2\n        - name: AMP_WORKSPACE_ID\n          valueFrom:\n            configMapKeyRef:\n              key: workspaceId\n              name: amp-workspace\n        name: alloy\n      serviceAccountName: grafana-alloy\n',
  },
];

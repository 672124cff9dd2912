import { BUILD } from '../src/rules/examples/build';
import { DELIVERED } from '../src/rules/examples/delivered';
import { METRICS } from '../src/rules/examples/metrics';
import { NAMESPACES } from '../src/rules/examples/namespaces';
import { type Edit, edited, type Files, verifyFiles } from './support/estate';

const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace });

function findingsOf(files: Files): readonly string[] {
  return verifyFiles(files, { lint: true }).findings.map(({ rule, message }) => `${rule}: ${message}`);
}

/** Another object in the file of the store. */
const beside = (text: string): Edit =>
  edit('store.yaml', 'apiVersion: v1\nkind: ConfigMap\n', `${text}---\napiVersion: v1\nkind: ConfigMap\n`);
const container = (text: string): Edit =>
  edit('shop.yaml', '        - name: exporter\n', `        - name: exporter\n${text}`);

describe('a namespace', () => {
  it.each<[string, Files]>([
    ['of a world that makes none of them', METRICS],
    [
      'that Argo CD makes',
      edited(DELIVERED, [
        edit(
          'base/shop.yaml',
          'apiVersion: apps/v1',
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: apps/v1',
        ),
      ]),
    ],
    [
      'that every cluster has',
      edited(NAMESPACES, [
        edit('shop.yaml', 'metadata: {name: web, namespace: shop}', 'metadata: {name: web, namespace: default}'),
      ]),
    ],
  ])('is not asked for: one %s', (_, files) => {
    expect(findingsOf(files).filter((finding) => finding.startsWith('gitops/missing-namespace'))).toEqual([]);
  });

  it('that is misspelt is found, with the one that was meant', () => {
    const { findings } = verifyFiles(edited(NAMESPACES, [edit('namespaces.yaml', 'name: observe', 'name: observed')]), {
      lint: true,
    });
    expect(findings.map(({ message, related }) => [message, related.map((other) => other.message)])).toEqual([
      ['Deployment observe/meter is in namespace observe, which nobody makes', ['namespace observed is made here']],
    ]);
  });
});

describe('references of a closed world', () => {
  it.each<[string, readonly Edit[]]>([
    [
      'a claim template of a StatefulSet',
      [
        beside(
          'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec:\n  selector: {matchLabels: {app: db}}\n  volumeClaimTemplates:\n    - metadata: {name: data}\n  template:\n    metadata: {labels: {app: db}}\n    spec:\n      containers:\n        - {name: db, image: "db:1.0.0", volumeMounts: [{name: data, mountPath: /data}]}\n',
        ),
      ],
    ],
    [
      'an optional key',
      [container('          env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: a, optional: true}}}]\n')],
    ],
    [
      'an optional ConfigMap of variables',
      [container('          envFrom: [{configMapRef: {name: a, optional: true}}]\n')],
    ],
    ['a Secret, which others make', [container('          envFrom: [{secretRef: {name: a}}]\n')]],
    [
      'a role that every cluster has',
      [
        beside(
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: all, namespace: shop}\nroleRef: {kind: ClusterRole, name: admin}\nsubjects: [{kind: Group, name: shopkeepers}]\n',
        ),
      ],
    ],
    [
      'an action of a load balancer',
      [
        beside(
          'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec:\n  rules:\n    - http:\n        paths:\n          - {path: /, pathType: Prefix, backend: {service: {name: redirect, port: {name: use-annotation}}}}\n',
        ),
      ],
    ],
    [
      'the account that every namespace has',
      [
        beside(
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: all, namespace: shop}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: default, namespace: shop}]\n',
        ),
      ],
    ],
  ])('say nothing against %s', (_, edits) => {
    expect(findingsOf(edited(METRICS, edits))).toEqual([]);
  });

  it.each<[string, Edit, string]>([
    [
      'a Service behind an Ingress',
      beside(
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\nspec:\n  defaultBackend: {service: {name: web, port: {number: 80}}}\n',
      ),
      'gitops/missing-reference: Ingress shop/web sends requests to Service shop/web, which does not exist',
    ],
    [
      'a claim',
      edit(
        'shop.yaml',
        'containers:',
        'volumes: [{name: v, persistentVolumeClaim: {claimName: shelf}}]\n      containers:',
      ),
      'gitops/missing-reference: Deployment shop/web mounts PersistentVolumeClaim shop/shelf, which does not exist',
    ],
    [
      'a role',
      beside(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: all, namespace: shop}\nroleRef: {kind: Role, name: keeper}\nsubjects: [{kind: Group, name: shopkeepers}]\n',
      ),
      'gitops/missing-reference: RoleBinding shop/all binds Role shop/keeper, which does not exist',
    ],
    [
      'a key of a ConfigMap',
      container('          env: [{name: A, valueFrom: {configMapKeyRef: {name: workspace, key: a}}}]\n'),
      'gitops/missing-environment: Deployment shop/web takes A from ConfigMap shop/workspace, which does not exist',
    ],
  ])('find %s', (_, change, finding) => {
    expect(findingsOf(edited(METRICS, [change]))).toEqual([finding]);
  });
});

describe('an account that kustomize moves', () => {
  const BINDING = `apiVersion: v1
kind: ServiceAccount
metadata: {name: watcher, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: watcher}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: watcher, namespace: watching}
`;
  const files = (binding: string): Files => ({
    'kustomization.yaml': 'namespace: observe\nresources: [a.yaml]\n',
    'a.yaml': binding,
  });

  it('takes the rights along where the binding names it as it was', () => {
    expect(findingsOf(files(BINDING.replace('namespace: watching', 'namespace: shop')))).toEqual([]);
  });

  it('leaves them behind where it does not', () => {
    expect(findingsOf(files(BINDING))).toEqual([
      'gitops/missing-subject: ClusterRoleBinding watcher gives rights to ServiceAccount watching/watcher, which does not exist',
    ]);
  });
});

describe('a namespace that kustomize sets', () => {
  const map = (name: string, namespace?: string) =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/${name}"}}\n`;
  const files = (...maps: readonly string[]): Files => ({
    'kustomization.yaml': 'namespace: observe\nresources: [a.yaml]\n',
    'a.yaml': maps.join('---\n'),
  });

  it.each([
    ['objects without one', files(map('a'), map('b'))],
    ['objects of another', files(map('a', 'shop'), map('b', 'shop'))],
    ['objects of its own', files(map('a', 'observe'), map('b'))],
  ])('may take in %s', (_, input) => {
    expect(findingsOf(input)).toEqual([]);
  });

  it('must not take in those of several', () => {
    expect(findingsOf(files(map('a', 'shop'), map('b', 'observe')))).toEqual([
      'gitops/flattened-namespaces: namespace observe of the kustomization takes in objects of namespaces observe and shop',
    ]);
  });
});

describe('containers', () => {
  it('of a patch that lies about by itself need no image', () => {
    const patch =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: web, resources: {}}\n';
    expect(findingsOf({ 'patch.yaml': patch })).toEqual([]);
  });

  it('of what a test compares an object with need no image, either', () => {
    const wanted =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - {name: web, args: [--serve]}\n';
    expect(findingsOf({ 'web-assert.yaml': wanted })).toEqual([]);
  });

  it('that a patch adds by mistake are found beside those that are there', () => {
    const bad = 'spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          resources: {}\n';
    const { findings } = verifyFiles(
      edited(BUILD, [edit('overlays/dev/replicas.yaml', 'spec:\n  replicas: 2\n', bad)]),
      { lint: true },
    );
    expect(
      findings.map(({ rule, location, related }) => [rule, location?.file, related.map(({ message }) => message)]),
    ).toEqual([['gitops/container-without-image', 'overlays/dev/replicas.yaml', ['the pod has container exporter']]]);
  });

  it('that mount two volumes at one path are found', () => {
    const twice = container('          volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /a}]\n');
    const volumes = edit(
      'shop.yaml',
      'containers:',
      'volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]\n      containers:',
    );
    expect(findingsOf(edited(METRICS, [twice, volumes]))).toEqual([
      'gitops/duplicate-name: container exporter of Deployment shop/web mounts two volumes at /a',
    ]);
  });
});

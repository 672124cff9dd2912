import type { FieldSpec } from './field-spec';
import type { Gvk } from './id';

/** Fields that hold the name of an object of one kind. */
export interface NameFields {
  readonly target: Partial<Gvk>;
  readonly fields: readonly FieldSpec[];
}

const TEMPLATED = 'spec/template/spec';
const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Where the pod spec of a kind is. */
const POD_SPECS: Readonly<Record<string, FieldSpec>> = {
  Pod: { path: 'spec', kind: 'Pod' },
  PodTemplate: { path: 'template/spec', kind: 'PodTemplate' },
  CronJob: { path: 'spec/jobTemplate/spec/template/spec', kind: 'CronJob' },
};

function inPods(kinds: string, ...paths: readonly string[]): readonly FieldSpec[] {
  return kinds.split(' ').flatMap((kind) => {
    const spec = POD_SPECS[kind] ?? { path: TEMPLATED, kind };
    return paths.map((path) => ({ ...spec, path: `${spec.path}/${path}` }));
  });
}

const CONFIGURED = 'Pod PodTemplate Deployment ReplicaSet DaemonSet StatefulSet Job CronJob';
const RUNNING = 'Pod StatefulSet Deployment ReplicationController CronJob Job DaemonSet';

const RULES: readonly FieldSpec[] = [
  { path: 'rules/resourceNames', kind: 'Role' },
  { path: 'rules/resourceNames', kind: 'ClusterRole' },
];

const SCALED: readonly FieldSpec[] = [{ path: 'spec/scaleTargetRef/name', kind: 'HorizontalPodAutoscaler' }];

/**
 * The references that kustomize 5.8 keeps up to date (its default `nameReference`). Left out is IngressClass: its entry
 * there has a group that no object can have.
 */
export const NAME_FIELDS: readonly NameFields[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    target: { kind },
    fields: SCALED,
  })),
  {
    target: { kind: 'ConfigMap', version: 'v1' },
    fields: [
      ...inPods(
        CONFIGURED,
        'volumes/configMap/name',
        'containers/env/valueFrom/configMapKeyRef/name',
        'initContainers/env/valueFrom/configMapKeyRef/name',
        'containers/envFrom/configMapRef/name',
        'initContainers/envFrom/configMapRef/name',
        'volumes/projected/sources/configMap/name',
      ),
      { path: 'spec/configSource/configMap', kind: 'Node' },
      ...RULES,
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', kind: 'Ingress' },
    ],
  },
  {
    target: { kind: 'Secret', version: 'v1' },
    fields: [
      ...inPods(
        CONFIGURED,
        'volumes/secret/secretName',
        'containers/env/valueFrom/secretKeyRef/name',
        'initContainers/env/valueFrom/secretKeyRef/name',
        'containers/envFrom/secretRef/name',
        'initContainers/envFrom/secretRef/name',
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ),
      { path: 'spec/tls/secretName', kind: 'Ingress' },
      { path: 'metadata/annotations/ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', kind: 'Ingress' },
      { path: 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', kind: 'Ingress' },
      { path: 'imagePullSecrets/name', kind: 'ServiceAccount' },
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => ({
        path: `parameters/${name}`,
        kind: 'StorageClass',
      })),
      ...RULES,
      {
        path: `${TEMPLATED}/containers/env/valueFrom/secretKeyRef/name`,
        group: 'serving.knative.dev',
        version: 'v1',
        kind: 'Service',
      },
      { path: 'spec/azureFile/secretName', kind: 'PersistentVolume' },
    ],
  },
  {
    target: { kind: 'Service', version: 'v1' },
    fields: [
      { path: 'spec/serviceName', group: 'apps', kind: 'StatefulSet' },
      { path: 'spec/rules/http/paths/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/backend/serviceName', kind: 'Ingress' },
      { path: 'spec/rules/http/paths/backend/service/name', kind: 'Ingress' },
      { path: 'spec/defaultBackend/service/name', kind: 'Ingress' },
      { path: 'spec/service/name', group: 'apiregistration.k8s.io', kind: 'APIService' },
      { path: 'webhooks/clientConfig/service', group: ADMISSION, kind: 'ValidatingWebhookConfiguration' },
      { path: 'webhooks/clientConfig/service', group: ADMISSION, kind: 'MutatingWebhookConfiguration' },
    ],
  },
  {
    target: { kind: 'Role', group: RBAC },
    fields: [{ path: 'roleRef/name', group: RBAC, kind: 'RoleBinding' }],
  },
  {
    target: { kind: 'ClusterRole', group: RBAC },
    fields: [
      { path: 'roleRef/name', group: RBAC, kind: 'RoleBinding' },
      { path: 'roleRef/name', group: RBAC, kind: 'ClusterRoleBinding' },
    ],
  },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    fields: [
      { path: 'subjects', group: RBAC, kind: 'RoleBinding' },
      { path: 'subjects', group: RBAC, kind: 'ClusterRoleBinding' },
      ...inPods(RUNNING, 'serviceAccountName'),
    ],
  },
  {
    target: { kind: 'PersistentVolumeClaim', version: 'v1' },
    fields: inPods(RUNNING, 'volumes/persistentVolumeClaim/claimName'),
  },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    fields: [
      { path: 'spec/volumeName', kind: 'PersistentVolumeClaim' },
      { path: 'rules/resourceNames', kind: 'ClusterRole' },
    ],
  },
  {
    target: { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' },
    fields: [
      { path: 'spec/storageClassName', kind: 'PersistentVolume' },
      { path: 'spec/storageClassName', kind: 'PersistentVolumeClaim' },
      { path: 'spec/volumeClaimTemplates/spec/storageClassName', kind: 'StatefulSet' },
    ],
  },
  {
    target: { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' },
    fields: inPods(RUNNING, 'priorityClassName'),
  },
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: ADMISSION },
    fields: [{ path: 'spec/policyName', group: ADMISSION, kind: 'ValidatingAdmissionPolicyBinding' }],
  },
];

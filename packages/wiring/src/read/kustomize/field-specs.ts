import type { FieldSpec } from './field-spec';

/** Where kustomize 5.8 writes by default (its `builtinpluginconsts`). */

const METADATA_LABELS: readonly FieldSpec[] = [
  { path: 'metadata/labels', create: true },
  ...templates('labels', [
    { version: 'v1', kind: 'ReplicationController' },
    { kind: 'Deployment' },
    { kind: 'ReplicaSet' },
    { kind: 'DaemonSet' },
    { group: 'apps', kind: 'StatefulSet' },
  ]),
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  ...templates('labels', [{ group: 'batch', kind: 'Job' }]),
  ...cronJob('labels'),
];

function templates(field: string, kinds: readonly Omit<FieldSpec, 'path'>[]): readonly FieldSpec[] {
  return kinds.map((kind) => ({ path: `spec/template/metadata/${field}`, create: true, ...kind }));
}

function cronJob(field: string): readonly FieldSpec[] {
  return ['spec/jobTemplate/metadata', 'spec/jobTemplate/spec/template/metadata'].map((path) => ({
    path: `${path}/${field}`,
    create: true,
    group: 'batch',
    kind: 'CronJob',
  }));
}

const POD_SELECTORS = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
];

function podSelectors(kind: string): readonly FieldSpec[] {
  return POD_SELECTORS.map((path) => ({ path: `spec/template/spec/${path}`, group: 'apps', kind }));
}

/** `labels` with `includeTemplates`. */
export const TEMPLATE_LABELS = METADATA_LABELS;

/** `commonLabels`, and `labels` with `includeSelectors`. */
export const COMMON_LABELS: readonly FieldSpec[] = [
  { path: 'spec/selector', create: true, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'Deployment' },
  ...podSelectors('Deployment'),
  { path: 'spec/selector/matchLabels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'DaemonSet' },
  { path: 'spec/selector/matchLabels', create: true, group: 'apps', kind: 'StatefulSet' },
  ...podSelectors('StatefulSet'),
  { path: 'spec/selector/matchLabels', group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { path: 'spec/ingress/from/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { path: 'spec/egress/to/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  ...METADATA_LABELS,
];

export const COMMON_ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...templates('annotations', [
    { version: 'v1', kind: 'ReplicationController' },
    { kind: 'Deployment' },
    { kind: 'ReplicaSet' },
    { kind: 'DaemonSet' },
    { kind: 'StatefulSet' },
    { group: 'batch', kind: 'Job' },
  ]),
  ...cronJob('annotations'),
];

/** Besides `metadata.namespace`, which objects with a scope of their own do not get. */
export const NAMESPACES: readonly FieldSpec[] = [
  { path: 'spec/service/namespace', create: true, group: 'apiregistration.k8s.io', kind: 'APIService' },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

export const IMAGES: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((spec) => [
  { path: `${spec}/containers[]/image` },
  { path: `${spec}/initContainers[]/image` },
  { path: `${spec}/volumes[]/image/reference` },
]);

export const REPLICAS: readonly FieldSpec[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
  (kind) => ({ path: 'spec/replicas', create: true, kind }),
);

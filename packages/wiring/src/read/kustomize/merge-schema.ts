/**
 * Which lists of built-in kinds are merged by key in a strategic merge patch, and by which keys: the patch strategies
 * of the Kubernetes OpenAPI document 1.21 that kustomize 5.8 carries. Lists that are not named here are replaced.
 *
 * `field: Type` leads on; `field: [key,key]Type` is a list merged by its keys, `field: []` one of plain values.
 */
const TYPES: Readonly<Record<string, string>> = {
  ObjectMeta: 'finalizers: [], ownerReferences: [uid]',
  Object: 'metadata: ObjectMeta',
  ComponentStatus: 'metadata: ObjectMeta, conditions: [type]',
  Conditions: 'conditions: [type]',
  ObjectWithStatus: 'metadata: ObjectMeta, status: Conditions',
  Workload: 'metadata: ObjectMeta, spec: WorkloadSpec, status: Conditions',
  WorkloadSpec: 'template: PodTemplate',
  PodTemplate: 'metadata: ObjectMeta, spec: PodSpec',
  PodTemplateObject: 'metadata: ObjectMeta, template: PodTemplate',
  CronJob: 'metadata: ObjectMeta, spec: CronJobSpec',
  CronJobSpec: 'jobTemplate: JobTemplate',
  JobTemplate: 'metadata: ObjectMeta, spec: WorkloadSpec',
  Pod: 'metadata: ObjectMeta, spec: PodSpec, status: PodStatus',
  PodStatus: 'conditions: [type], podIPs: [ip]',
  PodSpec:
    'containers: [name]Container, initContainers: [name]Container, ephemeralContainers: [name]EphemeralContainer, ' +
    'volumes: [name]Volume, imagePullSecrets: [name], hostAliases: [ip], ' +
    'topologySpreadConstraints: [topologyKey,whenUnsatisfiable]',
  Container: 'env: [name], ports: [containerPort,protocol], volumeDevices: [devicePath], volumeMounts: [mountPath]',
  EphemeralContainer: 'env: [name], volumeDevices: [devicePath], volumeMounts: [mountPath]',
  Volume: 'ephemeral: EphemeralVolume',
  EphemeralVolume: 'volumeClaimTemplate: Object',
  Service: 'metadata: ObjectMeta, spec: ServiceSpec, status: Conditions',
  ServiceSpec: 'ports: [port,protocol]',
  ServiceAccount: 'metadata: ObjectMeta, secrets: [name]',
  Webhooks: 'metadata: ObjectMeta, webhooks: [name]',
  Node: 'metadata: ObjectMeta, spec: NodeSpec, status: NodeStatus',
  NodeSpec: 'podCIDRs: []',
  NodeStatus: 'addresses: [type], conditions: [type]',
  CsiNode: 'metadata: ObjectMeta, spec: CsiNodeSpec',
  CsiNodeSpec: 'drivers: [name]',
};

/** The type of each built-in kind: `Type: apiVersion Kind Kind …`. */
const KINDS: readonly string[] = [
  'Webhooks: admissionregistration.k8s.io/v1 MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'Webhooks: admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'Object: apiextensions.k8s.io/v1 CustomResourceDefinition',
  'Object: apiextensions.k8s.io/v1beta1 CustomResourceDefinition',
  'Object: apps/v1 ControllerRevision',
  'Object: authentication.k8s.io/v1 TokenRequest TokenReview',
  'Object: authentication.k8s.io/v1beta1 TokenReview',
  'Object: authorization.k8s.io/v1 LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview ' +
    'SubjectAccessReview',
  'Object: authorization.k8s.io/v1beta1 LocalSubjectAccessReview SelfSubjectAccessReview ' +
    'SelfSubjectRulesReview SubjectAccessReview',
  'Object: autoscaling/v1 HorizontalPodAutoscaler Scale',
  'Object: autoscaling/v2beta1 HorizontalPodAutoscaler',
  'Object: autoscaling/v2beta2 HorizontalPodAutoscaler',
  'Object: certificates.k8s.io/v1 CertificateSigningRequest',
  'Object: certificates.k8s.io/v1beta1 CertificateSigningRequest',
  'Object: coordination.k8s.io/v1 Lease',
  'Object: coordination.k8s.io/v1beta1 Lease',
  'Object: discovery.k8s.io/v1 EndpointSlice',
  'Object: discovery.k8s.io/v1beta1 EndpointSlice',
  'Object: events.k8s.io/v1 Event',
  'Object: events.k8s.io/v1beta1 Event',
  'Object: extensions/v1beta1 Ingress',
  'Object: flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema PriorityLevelConfiguration',
  'Object: networking.k8s.io/v1 Ingress IngressClass NetworkPolicy',
  'Object: networking.k8s.io/v1beta1 Ingress IngressClass',
  'Object: node.k8s.io/v1 RuntimeClass',
  'Object: node.k8s.io/v1beta1 RuntimeClass',
  'Object: policy/v1beta1 Eviction PodSecurityPolicy',
  'Object: rbac.authorization.k8s.io/v1 ClusterRole ClusterRoleBinding Role RoleBinding',
  'Object: rbac.authorization.k8s.io/v1beta1 ClusterRole ClusterRoleBinding Role RoleBinding',
  'Object: scheduling.k8s.io/v1 PriorityClass',
  'Object: scheduling.k8s.io/v1beta1 PriorityClass',
  'Object: storage.k8s.io/v1 CSIDriver StorageClass VolumeAttachment',
  'Object: storage.k8s.io/v1beta1 CSIDriver CSIStorageCapacity StorageClass VolumeAttachment',
  'Object: v1 Binding ConfigMap Endpoints Event LimitRange PersistentVolume ResourceQuota Secret',
  'ObjectWithStatus: apiregistration.k8s.io/v1 APIService',
  'ObjectWithStatus: apiregistration.k8s.io/v1beta1 APIService',
  'ObjectWithStatus: policy/v1 PodDisruptionBudget',
  'ObjectWithStatus: policy/v1beta1 PodDisruptionBudget',
  'ObjectWithStatus: v1 Namespace PersistentVolumeClaim',
  'Workload: apps/v1 DaemonSet Deployment ReplicaSet StatefulSet',
  'Workload: batch/v1 Job',
  'Workload: v1 ReplicationController',
  'CronJob: batch/v1 CronJob',
  'CronJob: batch/v1beta1 CronJob',
  'CsiNode: storage.k8s.io/v1 CSINode',
  'CsiNode: storage.k8s.io/v1beta1 CSINode',
  'ComponentStatus: v1 ComponentStatus',
  'Node: v1 Node',
  'Pod: v1 Pod',
  'PodTemplateObject: v1 PodTemplate',
  'Service: v1 Service',
  'ServiceAccount: v1 ServiceAccount',
];

/** What is known of the lists at and below one place of an object. */
export interface MergeSchema {
  readonly type: string;
  /** Of a list that is merged: the fields that tell its items apart; none for a list of plain values. */
  readonly keys?: readonly string[];
}

const PLAIN: MergeSchema = { type: '' };

const FIELDS: ReadonlyMap<string, ReadonlyMap<string, MergeSchema>> = new Map(
  Object.entries(TYPES).map(([type, fields]) => [
    type,
    new Map(
      [...fields.matchAll(/(\w+): (?:\[([\w,]*)\])?(\w*)/g)].map(([, field, keys, target]): [string, MergeSchema] => [
        field,
        keys === undefined ? { type: target } : { type: target, keys: keys === '' ? [] : keys.split(',') },
      ]),
    ),
  ]),
);

const TYPE_OF_KIND: ReadonlyMap<string, string> = new Map(
  KINDS.flatMap((line) => {
    const [type, apiVersion, ...kinds] = line.split(' ');
    return kinds.map((kind): [string, string] => [`${apiVersion} ${kind}`, type.slice(0, -1)]);
  }),
);

/** Undefined for a custom kind: nothing is known of its lists, so they are replaced. */
export function schemaOfKind(apiVersion: string, kind: string): MergeSchema | undefined {
  const type = TYPE_OF_KIND.get(`${apiVersion} ${kind}`);
  return type === undefined ? undefined : { type };
}

export function schemaOfField(schema: MergeSchema | undefined, field: string): MergeSchema | undefined {
  return schema && (FIELDS.get(schema.type)?.get(field) ?? PLAIN);
}

/** The schema of the items of a list. */
export function schemaOfItems(schema: MergeSchema | undefined): MergeSchema | undefined {
  return schema && { type: schema.type };
}

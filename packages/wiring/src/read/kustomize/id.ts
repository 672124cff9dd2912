import type { Node } from '../../text';
import { at } from '../access';
import { rawText } from './nodes';

export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What tells objects apart within one build. The namespace is `''` where none is written. */
export interface ObjectId extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

/** Stands for the namespace of objects that have none. */
export const NO_NAMESPACE = '_non_namespaceable_';

/** Kinds without a namespace, per API version, as kustomize 5.8 knows them. All others count as namespaced. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(
  [
    'v1: ComponentStatus Namespace Node NodeProxyOptions PersistentVolume',
    'admissionregistration.k8s.io/v1: MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1beta1: MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'apiextensions.k8s.io/v1: CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1: CustomResourceDefinition',
    'apiregistration.k8s.io/v1: APIService',
    'apiregistration.k8s.io/v1beta1: APIService',
    'certificates.k8s.io/v1: CertificateSigningRequest',
    'certificates.k8s.io/v1beta1: CertificateSigningRequest',
    'flowcontrol.apiserver.k8s.io/v1beta1: FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io/v1: IngressClass',
    'networking.k8s.io/v1beta1: IngressClass',
    'node.k8s.io/v1: RuntimeClass',
    'node.k8s.io/v1beta1: RuntimeClass',
    'policy/v1beta1: PodSecurityPolicy',
    'rbac.authorization.k8s.io/v1: ClusterRole ClusterRoleBinding',
    'rbac.authorization.k8s.io/v1beta1: ClusterRole ClusterRoleBinding',
    'scheduling.k8s.io/v1: PriorityClass',
    'scheduling.k8s.io/v1beta1: PriorityClass',
    'storage.k8s.io/v1: CSIDriver CSINode StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1: CSIDriver CSINode StorageClass VolumeAttachment',
  ].flatMap((line) => {
    const [apiVersion, kinds] = line.split(': ');
    return kinds.split(' ').map((kind) => `${apiVersion} ${kind}`);
  }),
);

export function gvkOf(apiVersion: string, kind: string): Gvk {
  const slash = apiVersion.indexOf('/');
  if (slash === -1) return { group: '', version: apiVersion, kind };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind };
}

export function apiVersionOf({ group, version }: Gvk): string {
  return group === '' ? version : `${group}/${version}`;
}

export function isClusterScoped(gvk: Gvk): boolean {
  return CLUSTER_SCOPED.has(`${apiVersionOf(gvk)} ${gvk.kind}`);
}

export function idOf(node: Node): ObjectId {
  const text = (...path: readonly string[]) => rawText(at(node, ...path));
  const gvk = gvkOf(text('apiVersion'), text('kind'));
  return { ...gvk, name: text('metadata', 'name'), namespace: text('metadata', 'namespace') };
}

/** No namespace and `default` are the same. */
export function effectiveNamespace(id: ObjectId): string {
  if (isClusterScoped(id)) return NO_NAMESPACE;
  return id.namespace === '' ? 'default' : id.namespace;
}

/** Equal for equal objects. */
export function keyOf(id: ObjectId): string {
  return [id.group, id.version, id.kind, effectiveNamespace(id), id.name].join('\n');
}

/** Whether `id` is one of those that `selector` means; what the selector leaves empty matches all. */
export function isSelected(id: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === id.group) &&
    (!selector.version || selector.version === id.version) &&
    (!selector.kind || selector.kind === id.kind)
  );
}

/** For messages: `Deployment monitoring/grafana-alloy`. */
export function nameOfId({ kind, name, namespace }: ObjectId): string {
  return namespace === '' || namespace === NO_NAMESPACE ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

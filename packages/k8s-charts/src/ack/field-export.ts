import type { Construct } from 'constructs';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import { SYNC_OPTIONS_ANNOTATION } from '../argocd/types';
import type { ConfigMapKeyProps } from '../core/environment-value';
import { addObject } from '../core/manifest';
import { addOwnObject } from '../core/object-overrides';
import type { ObjectOverridesProps } from '../core/object-overrides-props';
import { KEEP } from './ack-object';
import type { FieldExportManifest } from './types';

export interface FieldExport {
  readonly name: string;
  readonly namespace: string;
  readonly from: FieldExportManifest['spec']['from'];
  readonly to: Required<ConfigMapKeyProps>;
}

/** Annotation that tells a reader of the manifest what the cluster must be set up with. */
const REQUIRES = 'eks-sightline.github.io/requires';
const CROSS_NAMESPACE =
  'ACK controller flag --enable-cross-namespace, or Ack.EnableCrossNamespace of the EKS capability for ACK';

export function addFieldExport(
  scope: Construct,
  id: string,
  { name, namespace, from, to }: FieldExport,
  struct: string,
  props: ObjectOverridesProps,
): void {
  const manifest = {
    apiVersion: 'services.k8s.aws/v1alpha1',
    kind: 'FieldExport',
    metadata: {
      name,
      namespace,
      ...(to.namespace === namespace ? {} : { annotations: { [REQUIRES]: CROSS_NAMESPACE } }),
    },
    spec: { from, to: { kind: 'configmap', ...to } },
  } satisfies FieldExportManifest;
  addOwnObject(scope, id, manifest, struct, props);
}

/** The ConfigMap that receives values, without data: the controller patches but never creates it. */
export function addTarget(scope: Construct, id: string, to: Required<ConfigMapKeyProps>): void {
  addObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: to.name, namespace: to.namespace, annotations: { [SYNC_OPTIONS_ANNOTATION]: KEEP } },
  } satisfies IConfigMap);
}

/** The value is written by the controller, so Argo CD has to leave it alone. */
export function exportedDifference(to: Required<ConfigMapKeyProps>): ArgoIgnoreDifference {
  return { kind: 'ConfigMap', name: to.name, namespace: to.namespace, jsonPointers: [`/data/${to.key}`] };
}

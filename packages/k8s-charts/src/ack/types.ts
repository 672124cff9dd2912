/**
 * The part of ACK's API that this library writes: `prometheusservice.services.k8s.aws/v1alpha1` of the controller 1.4.3, and
 * `services.k8s.aws/v1alpha1` of ACK's runtime.
 */
export interface WorkspaceManifest {
  apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1';
  kind: 'Workspace';
  metadata: { name: string; namespace: string; annotations: Record<string, string> };
  spec: { alias: string; tags?: Record<string, string> };
}

/** Both resources are found in the namespace of the FieldExport unless `to.namespace` says otherwise. */
export interface FieldExportManifest {
  apiVersion: 'services.k8s.aws/v1alpha1';
  kind: 'FieldExport';
  metadata: { name: string; namespace: string; annotations?: Record<string, string> };
  spec: {
    from: { path: string; resource: { group: string; kind: string; name: string } };
    to: { kind: 'configmap'; name: string; namespace: string; key: string };
  };
}

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

/** The controller puts the id of the referenced Workspace in place of the reference. */
interface ByReference {
  workspaceRef: { from: { name: string; namespace?: string } };
}

interface Metadata {
  name: string;
  namespace: string;
  annotations: Record<string, string>;
}

export interface RuleGroupsNamespaceManifest {
  apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1';
  kind: 'RuleGroupsNamespace';
  metadata: Metadata;
  /** The configuration is plain text; the controller encodes it. */
  spec: ByReference & { name: string; configuration: string; tags?: Record<string, string> };
}

export interface AlertManagerDefinitionManifest {
  apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1';
  kind: 'AlertManagerDefinition';
  metadata: Metadata;
  spec: ByReference & { configuration: string };
}

export interface LoggingConfigurationManifest {
  apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1';
  kind: 'LoggingConfiguration';
  metadata: Metadata;
  spec: ByReference & { logGroupARN: string };
}

/** Unlike CloudFormation's `RetentionInDays`. */
export interface LogGroupManifest {
  apiVersion: 'cloudwatchlogs.services.k8s.aws/v1alpha1';
  kind: 'LogGroup';
  metadata: Metadata;
  spec: { name: string; retentionDays: number; tags?: Record<string, string> };
}

/** Tags are a list in IAM, a map in the other services. */
export interface RoleManifest {
  apiVersion: 'iam.services.k8s.aws/v1alpha1';
  kind: 'Role';
  metadata: Metadata;
  spec: {
    name: string;
    assumeRolePolicyDocument: string;
    description?: string;
    policies?: string[];
    policyRefs?: { from: { name: string; namespace?: string } }[];
    inlinePolicies?: Record<string, string>;
    tags?: { key: string; value: string }[];
  };
}

export interface PolicyManifest {
  apiVersion: 'iam.services.k8s.aws/v1alpha1';
  kind: 'Policy';
  metadata: Metadata;
  spec: { name: string; policyDocument: string; description?: string; tags?: { key: string; value: string }[] };
}

export interface PodIdentityAssociationManifest {
  apiVersion: 'eks.services.k8s.aws/v1alpha1';
  kind: 'PodIdentityAssociation';
  metadata: Metadata;
  spec: {
    clusterName: string;
    namespace: string;
    serviceAccount: string;
    roleRef: { from: { name: string; namespace?: string } };
    tags?: Record<string, string>;
  };
}

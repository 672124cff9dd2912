import type { Construct } from 'constructs';
import type { IClusterRole, IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import type { AwsIdentity } from './aws-identity';
import { pullSecrets } from './container-image';
import { addObject } from './manifest';

/** Verbs on resources of the whole cluster. */
export interface AccountRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

export interface AccountProps {
  /** Of the cluster role and its binding. */
  readonly name: string;
  /** Of the account, where it is another. */
  readonly accountName?: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly identity: AwsIdentity;
  /** The pods do not ask for a token themselves, because somebody else makes them. */
  readonly automountToken?: boolean;
  /** What the account may do in the whole cluster. */
  readonly rules: AccountRule[];
  /** Names of the secrets by which images are pulled. */
  readonly imagePullSecrets?: string[];
}

/** The service account of a component with its rights. */
export function addAccount(scope: Construct, props: AccountProps): void {
  const { name, accountName = name, namespace, labels } = props;
  const { roleArn } = props.identity;
  addObject(scope, 'service-account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: accountName,
      namespace,
      labels,
      // Read by the EKS pod identity webhook. Pod Identity itself needs nothing here.
      ...(roleArn === undefined ? {} : { annotations: { 'eks.amazonaws.com/role-arn': roleArn } }),
    },
    // As a rule the pods ask for the token themselves; no other pod gets one by using the account carelessly.
    automountServiceAccountToken: props.automountToken ?? false,
    // Kubernetes hands them to the account's pods, whoever makes them.
    ...pullSecrets(props.imagePullSecrets),
  } satisfies IServiceAccount);

  for (const manifest of clusterRights(props)) {
    addObject(scope, manifest.kind === 'ClusterRole' ? 'cluster-role' : 'cluster-role-binding', manifest);
  }
}

/** The cluster role and its binding; nothing for an account without rights. */
export function clusterRights(props: Omit<AccountProps, 'identity'>) {
  const { name, accountName = name, namespace, labels, rules } = props;
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels },
    rules,
  } satisfies IClusterRole;
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name, labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: accountName, namespace }],
  } satisfies IClusterRoleBinding;
  return rules.length === 0 ? [] : [role, binding];
}

import type { Construct } from 'constructs';
import type {
  IValidatingAdmissionPolicy,
  IValidatingAdmissionPolicyBinding,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { addObject } from '../core/manifest';

export interface HostPathPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly serviceAccount: string;
  /** Folders of the node that its pods may mount. */
  readonly paths: string[];
}

/**
 * Refuses pods of the namespace that mount folders of the node, but for those of one account, and for these folders. Pod Security
 * Admission knows namespaces only, and one that lets Fluent Bit in lets everybody in.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function addHostPathPolicy(scope: Construct, policy: HostPathPolicy): void {
  const { namespace, labels, serviceAccount, paths } = policy;
  const name = `${policy.name}-host-paths`;
  const list = paths.map((path) => `'${path}'`).join(', ');
  const own = `has(object.spec.serviceAccountName) && object.spec.serviceAccountName == '${serviceAccount}'`;
  addObject(scope, 'host-path-policy', {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name, labels },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
        ],
      },
      validations: [
        {
          expression: `!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath) || (${own} && v.hostPath.path in [${list}]))`,
          message: `only the service account ${serviceAccount} may mount folders of the node, and of those ${paths.join(', ')}`,
          reason: 'Forbidden',
        },
      ],
    },
  } satisfies IValidatingAdmissionPolicy);
  addObject(scope, 'host-path-policy-binding', {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name, labels },
    spec: {
      policyName: name,
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
    },
  } satisfies IValidatingAdmissionPolicyBinding);
}

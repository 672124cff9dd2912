import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import type { Rule } from '../core/check';

/** Names of roles (64) and policies (128); the shorter bound for both. */
export const IAM_NAME: Rule = {
  matches: /^[\w+=,.@-]{1,64}$/,
  allowed: '1 to 64 letters, digits and the characters _ + = , . @ -',
  mend: 'Give the name, not the ARN.',
};

/**
 * Fields that the controller for IAM fills in when git leaves them out.
 *
 * @see https://github.com/aws-controllers-k8s/iam-controller/blob/main/generator.yaml
 */
export function lateInitialized(
  kind: string,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  jsonPointers: string[],
): ArgoIgnoreDifference {
  return { group: 'iam.services.k8s.aws', kind, name, namespace, jsonPointers };
}

import { SYNC_OPTIONS_ANNOTATION } from '../argocd/types';
import { AWS_REGION, checked, DNS_LABEL, DNS_SUBDOMAIN, invalid, isUnresolved, type Rule } from '../core/check';
import { AckDeletionPolicy } from './ack-deletion-policy';
import type { AckObjectProps } from './ack-object-props';
import { type AdoptionProps, adoptionAnnotations, type Identity } from './adoption';

/** Not removed when it leaves git, nor when the Application is deleted. */
export const KEEP = 'Prune=false,Delete=false';

export interface AckMetadata {
  name: string;
  namespace: string;
  annotations: Record<string, string>;
}

/**
 * @param policy What becomes of the AWS resource unless the props say otherwise
 * @param identity By what the controller finds a resource that exists
 */
export function ackMetadata(
  struct: string,
  props: AckObjectProps,
  policy: AckDeletionPolicy,
  identity: Identity,
): AckMetadata {
  const deletionPolicy = deletionPolicyOf(props, policy);
  return {
    name: checked(`${struct}.name`, props.name, DNS_SUBDOMAIN),
    namespace: checked(`${struct}.namespace`, props.namespace, DNS_LABEL),
    annotations: {
      ...(props.region === undefined
        ? {}
        : { 'services.k8s.aws/region': checked(`${struct}.region`, props.region, AWS_REGION) }),
      'services.k8s.aws/deletion-policy': deletionPolicy,
      ...adoptionAnnotations(struct, props, identity),
      ...(deletionPolicy === AckDeletionPolicy.RETAIN ? { [SYNC_OPTIONS_ANNOTATION]: KEEP } : {}),
    },
  };
}

/** What others made, or still use, stays unless the user says otherwise. */
function deletionPolicyOf({ deletionPolicy, adoptionPolicy, readOnly }: AdoptionProps, otherwise: AckDeletionPolicy) {
  return deletionPolicy ?? (adoptionPolicy !== undefined || readOnly ? AckDeletionPolicy.RETAIN : otherwise);
}

/** Id of a workspace that exists. */
export const WORKSPACE_ID: Rule = {
  matches: /^ws-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  allowed: '"ws-" and a UUID in lower case',
  mend: 'Give the id, neither the ARN nor the alias.',
};

/** Tags as AWS takes them; undefined when there are none. */
export function checkedTags(
  prop: string,
  tags: { [key: string]: string } | undefined,
): Record<string, string> | undefined {
  for (const [key, value] of Object.entries(tags ?? {})) {
    if (!isUnresolved(key) && (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || /^aws:/i.test(key))) {
      throw invalid(
        prop,
        key,
        'keys of 1 to 128 letters, digits, spaces and _ . : / = + - @, not starting with "aws:"',
        'Choose another key.',
      );
    }
    if (!isUnresolved(value) && !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
      throw invalid(
        prop,
        value,
        'values of at most 256 letters, digits, spaces and _ . : / = + - @',
        `Choose another value for "${key}".`,
      );
    }
  }
  return tags;
}

import { SYNC_OPTIONS_ANNOTATION } from '../argocd/types';
import { AWS_REGION, checked, DNS_LABEL, DNS_SUBDOMAIN, invalid, isUnresolved } from '../core/check';
import { AckDeletionPolicy } from './ack-deletion-policy';
import type { AckObjectProps } from './ack-object-props';

/** Not removed when it leaves git, nor when the Application is deleted. */
export const KEEP = 'Prune=false,Delete=false';

export interface AckMetadata {
  name: string;
  namespace: string;
  annotations: Record<string, string>;
}

export function ackMetadata(struct: string, props: AckObjectProps, policy: AckDeletionPolicy): AckMetadata {
  const deletionPolicy = props.deletionPolicy ?? policy;
  return {
    name: checked(`${struct}.name`, props.name, DNS_SUBDOMAIN),
    namespace: checked(`${struct}.namespace`, props.namespace, DNS_LABEL),
    annotations: {
      ...(props.region === undefined
        ? {}
        : { 'services.k8s.aws/region': checked(`${struct}.region`, props.region, AWS_REGION) }),
      'services.k8s.aws/deletion-policy': deletionPolicy,
      ...(deletionPolicy === AckDeletionPolicy.RETAIN ? { [SYNC_OPTIONS_ANNOTATION]: KEEP } : {}),
    },
  };
}

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

import { invalid } from '../core/check';
import { AckAdoptionPolicy } from './ack-adoption-policy';
import { AckDeletionPolicy } from './ack-deletion-policy';

export interface AdoptionProps {
  readonly adoptionPolicy?: AckAdoptionPolicy;
  readonly readOnly?: boolean;
  readonly deletionPolicy?: AckDeletionPolicy;
}

/** By what the controller of a kind finds a resource that exists: what it asks for in `adoption-fields`. */
export interface Identity {
  /** What git knows in any case, such as the name. */
  readonly known?: Record<string, string>;
  /** What AWS has chosen, and the prop that tells it. */
  readonly chosen?: {
    readonly prop: string;
    readonly field: string;
    readonly value?: string;
    /** The object finds it otherwise, by a reference, unless it is to be adopted only. */
    readonly byReference?: boolean;
  };
}

/**
 * The annotations by which the controller takes over a resource or leaves it alone.
 *
 * @see https://github.com/aws-controllers-k8s/runtime/blob/main/apis/core/v1alpha1/annotations.go
 */
export function adoptionAnnotations(struct: string, props: AdoptionProps, identity: Identity): Record<string, string> {
  const { adoptionPolicy, readOnly } = props;
  check(struct, props, identity);
  const { known, chosen } = identity;
  const fields = { ...known, ...(chosen?.value === undefined ? {} : { [chosen.field]: chosen.value }) };
  return {
    ...(adoptionPolicy === undefined ? {} : { 'services.k8s.aws/adoption-policy': adoptionPolicy }),
    ...(adoptionPolicy === undefined || (chosen !== undefined && chosen.value === undefined)
      ? {}
      : { 'services.k8s.aws/adoption-fields': JSON.stringify(fields) }),
    ...(readOnly ? { 'services.k8s.aws/read-only': 'true' } : {}),
  };
}

function check(
  struct: string,
  { adoptionPolicy, readOnly, deletionPolicy }: AdoptionProps,
  { chosen }: Identity,
): void {
  const adopts = adoptionPolicy !== undefined;
  if (readOnly && adoptionPolicy === AckAdoptionPolicy.ADOPT_OR_CREATE) {
    throw invalid(
      `${struct}.adoptionPolicy`,
      adoptionPolicy,
      'AckAdoptionPolicy.ADOPT while readOnly is true',
      'A read-only object makes nothing.',
    );
  }
  if (readOnly && deletionPolicy === AckDeletionPolicy.DELETE) {
    throw invalid(
      `${struct}.deletionPolicy`,
      deletionPolicy,
      'AckDeletionPolicy.RETAIN while readOnly is true',
      'A read-only object deletes nothing.',
    );
  }
  if (chosen === undefined) {
    return;
  }
  const { prop, value, byReference } = chosen;
  if (value !== undefined && !adopts) {
    throw invalid(`${struct}.${prop}`, value, 'an id together with adoptionPolicy', 'Say what is to be done with it.');
  }
  const needs = adoptionPolicy === AckAdoptionPolicy.ADOPT || ((adopts || readOnly) && !byReference);
  if (value === undefined && needs) {
    throw invalid(
      `${struct}.${prop}`,
      null,
      'the id that AWS gave to the resource',
      `Without it the controller cannot find what exists${adopts ? '' : '; set adoptionPolicy too'}.`,
    );
  }
}

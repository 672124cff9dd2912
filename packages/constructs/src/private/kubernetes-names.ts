import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from './errors';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);

/**
 * Refuses what cannot be a namespace: an RFC 1123 label of at most 63 characters.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function validateNamespace(scope: IConstruct, prop: string, name: string): void {
  if (!Token.isUnresolved(name) && (name.length > 63 || !DNS_LABEL.test(name))) {
    throw invalidProp(scope, {
      prop,
      got: name,
      allowed: 'a DNS label: 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends',
      mend: mendOf(name, 'Give the namespace alone, in lower case.'),
    });
  }
}

/**
 * Refuses what cannot be a service account: an RFC 1123 subdomain of at most 253 characters.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function validateServiceAccountName(scope: IConstruct, prop: string, name: string): void {
  if (!Token.isUnresolved(name) && (name.length > 253 || !DNS_SUBDOMAIN.test(name))) {
    throw invalidProp(scope, {
      prop,
      got: name,
      allowed: 'a DNS subdomain: 1 to 253 of a-z, 0-9, - and ., with a letter or digit at both ends of each part',
      mend: mendOf(name, 'Give the name of the service account alone, in lower case.'),
    });
  }
}

function mendOf(name: string, usual: string): string {
  // The condition is StringEquals, where a star is a plain character, so that such a role would trust nobody.
  return /[*?]/.test(name)
    ? 'The trust policy compares literally, so a wildcard would match nobody: make one role for each service account.'
    : usual;
}

/**
 * Checks of what a caller passes in. Each failure names the prop, the value got, what is allowed and how to mend it.
 *
 * A string may hold a token of another framework (an AWS CDK value that a cdk8s resolver fills in at synthesis). Its text
 * says nothing about the value, so every check lets it pass.
 */

/** What makes a value acceptable. */
export interface Rule {
  readonly matches: RegExp;
  /** Completes "allowed: …". */
  readonly allowed: string;
  /** A whole sentence that tells what to write instead. */
  readonly mend: string;
}

/** True for a string that another framework will replace at synthesis. */
export function isUnresolved(value: string): boolean {
  return /\$\{Token\[[^\]]*\]\}/.test(value);
}

/** Builds the error of a value that cannot be used. */
export function invalid(prop: string, got: unknown, allowed: string, mend: string): Error {
  return new Error(`${prop}: got ${JSON.stringify(got)}, allowed: ${allowed}. ${mend}`);
}

/** Returns the value, or throws when it breaks the rule. */
export function checked(prop: string, value: string, rule: Rule): string {
  if (!isUnresolved(value) && !rule.matches.test(value)) {
    throw invalid(prop, value, rule.allowed, rule.mend);
  }
  return value;
}

/** Returns the number, or throws when it is no integer from `min` to `max`. */
export function checkedInteger(prop: string, value: number, min: number, max: number, mend: string): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(prop, value, `an integer from ${min} to ${max}`, mend);
  }
  return value;
}

/** RFC 1123 label: names of namespaces, and of objects whose name becomes a label. */
export const DNS_LABEL: Rule = {
  matches: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  allowed: 'at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
  mend: 'Give the name that the Kubernetes object has.',
};

/** RFC 1123 subdomain: names of most other objects. */
export const DNS_SUBDOMAIN: Rule = {
  matches: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  allowed: 'at most 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both ends',
  mend: 'Give the name that the Kubernetes object has.',
};

/** Key of a ConfigMap or Secret. */
export const CONFIG_KEY: Rule = {
  matches: /^[-._a-zA-Z0-9]{1,253}$/,
  allowed: 'at most 253 letters, digits, hyphens, underscores and dots',
  mend: 'Give the key under which the value stands in the ConfigMap.',
};

export const AWS_REGION: Rule = {
  matches: /^[a-z]{2,4}(-[a-z]+)+-\d$/,
  allowed: 'the code of an AWS region, such as "ap-northeast-2"',
  mend: 'Give the region code, not the name of the region or an availability zone.',
};

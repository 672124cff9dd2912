import { createHash } from 'node:crypto';
import type { Rule } from '../rules';
import { redacted } from './redact';
import type { Finding } from './verdict';

const DOCS = 'https://eks-sightline.github.io/sightline/rules/';

/** A finding of a rule; what is the same for all of them is filled in. */
export function finding(
  rule: Rule,
  world: string,
  rest: Omit<Finding, 'rule' | 'severity' | 'why' | 'docs' | 'world'>,
): Finding {
  return {
    ...rest,
    message: redacted(rest.message),
    help: redacted(rest.help),
    related: rest.related.map((other) => ({ ...other, message: redacted(other.message) })),
    rule: rule.id,
    severity: rule.severity,
    why: rule.why,
    docs: `${DOCS}${rule.id}`,
    world,
  };
}

/** An id that stays while the names stay. */
export function idOf(rule: Rule, ...names: readonly string[]): string {
  return createHash('sha256')
    .update([rule.id, ...names].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

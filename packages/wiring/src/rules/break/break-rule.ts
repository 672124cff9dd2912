import type { Claim } from '../../trace';
import type { Rule } from '../rule';

/** The rules of one family, by the claim that fails. */
export type BreakRules = { readonly [claim in Claim]?: Rule };

/** What breaks a path is an error, always. */
export function breakRule(rule: Omit<Rule, 'severity'>): Rule {
  return { severity: 'error', ...rule };
}

import { breakRules } from './break';
import { inputRules } from './input-rules';
import { estateRules, lintRules } from './lint';
import type { Rule } from './rule';

export { breakRules } from './break';
export { badFiles, type Change, type Example, type Files } from './example';
export { inputRule, NOT_FOLLOWED } from './input-rules';
export { type LintFinding, lint, lintEstate } from './lint';
export type { Rule, Severity } from './rule';

/** Every rule, by id. */
export const rules: readonly Rule[] = [...Object.values(breakRules), ...inputRules, ...lintRules, ...estateRules].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);

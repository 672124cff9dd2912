import { breakRules } from './break-rules';
import { inputRules } from './input-rules';
import type { Rule } from './rule';

export { breakRules } from './break-rules';
export { inputRule, NOT_FOLLOWED } from './input-rules';
export type { Rule, Severity } from './rule';

/** Every rule, by id. */
export const rules: readonly Rule[] = [...Object.values(breakRules), ...inputRules].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

import type { LintInput, LintRule, Spotted } from './lint-rule';

export type { LintInput, LintRule, Spotted } from './lint-rule';

/** Every lint rule; one file each. */
export const lintRules: readonly LintRule[] = [];

/** What a rule has seen in a world. */
export interface LintFinding extends Spotted {
  readonly rule: LintRule;
  readonly world: string;
}

/** What every lint rule sees in one world. */
export function lint(input: LintInput): readonly LintFinding[] {
  return lintRules.flatMap((rule) =>
    rule.check(input).map((spotted) => ({ ...spotted, rule, world: input.world.name })),
  );
}

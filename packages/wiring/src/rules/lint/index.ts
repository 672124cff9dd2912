import { boundedRetries } from './bounded-retries';
import { collectorOnFewNodes } from './collector-on-few-nodes';
import { ephemeralState } from './ephemeral-state';
import { linesReadTwice } from './lines-read-twice';
import type { LintInput, LintRule, Spotted } from './lint-rule';
import { memoryBuffer } from './memory-buffer';
import { missingOffsets } from './missing-offsets';
import { noMetadata } from './no-metadata';
import { skippedBeginning } from './skipped-beginning';
import { splitLines } from './split-lines';
import { unmergedLines } from './unmerged-lines';
import { unparsedLines } from './unparsed-lines';

export type { LintInput, LintRule, Spotted } from './lint-rule';

/** Every lint rule; one file each. */
export const lintRules: readonly LintRule[] = [
  boundedRetries,
  collectorOnFewNodes,
  ephemeralState,
  linesReadTwice,
  memoryBuffer,
  missingOffsets,
  noMetadata,
  skippedBeginning,
  splitLines,
  unmergedLines,
  unparsedLines,
];

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

import { anyWorkspace } from './any-workspace';
import { boundedRetries } from './bounded-retries';
import { collectorOnFewNodes } from './collector-on-few-nodes';
import { collectorWithoutPods } from './collector-without-pods';
import { deletableWorkspace } from './deletable-workspace';
import { discardedRecords } from './discarded-records';
import { duplicateSamples } from './duplicate-samples';
import { endedImage } from './ended-image';
import { ephemeralState } from './ephemeral-state';
import { floatingImage } from './floating-image';
import { halfAnnotated } from './half-annotated';
import { ignoredChange } from './ignored-change';
import { linesReadTwice } from './lines-read-twice';
import type { LintInput, LintRule, Spotted } from './lint-rule';
import { literalSecret } from './literal-secret';
import { literalWorkspace } from './literal-workspace';
import { memoryBuffer } from './memory-buffer';
import { missingAccount } from './missing-account';
import { missingOffsets } from './missing-offsets';
import { noMetadata } from './no-metadata';
import { optionalVariable } from './optional-variable';
import { sameSource } from './same-source';
import { skippedBeginning } from './skipped-beginning';
import { splitLines } from './split-lines';
import { throttledSamples } from './throttled-samples';
import { tooOldForPodIdentity } from './too-old-for-pod-identity';
import { twoIdentities } from './two-identities';
import { unboundedMemory } from './unbounded-memory';
import { undeclaredPort } from './undeclared-port';
import { unguardedGrafanaTrust } from './unguarded-grafana-trust';
import { unlimitedRetention } from './unlimited-retention';
import { unmergedLines } from './unmerged-lines';
import { unmountableConfigMap } from './unmountable-config-map';
import { unparsedLines } from './unparsed-lines';
import { unselectedPods } from './unselected-pods';
import { unsetVariable } from './unset-variable';
import { unwatchedCollector } from './unwatched-collector';
import { wildcardAction } from './wildcard-action';
import { wildcardSubject } from './wildcard-subject';

export type { LintInput, LintRule, Spotted } from './lint-rule';

/** Every lint rule; one file each. */
export const lintRules: readonly LintRule[] = [
  anyWorkspace,
  boundedRetries,
  collectorOnFewNodes,
  deletableWorkspace,
  discardedRecords,
  duplicateSamples,
  endedImage,
  ephemeralState,
  floatingImage,
  halfAnnotated,
  undeclaredPort,
  unsetVariable,
  collectorWithoutPods,
  literalWorkspace,
  optionalVariable,
  ignoredChange,
  linesReadTwice,
  literalSecret,
  memoryBuffer,
  missingAccount,
  unmountableConfigMap,
  missingOffsets,
  noMetadata,
  sameSource,
  skippedBeginning,
  splitLines,
  throttledSamples,
  tooOldForPodIdentity,
  twoIdentities,
  unboundedMemory,
  unguardedGrafanaTrust,
  unlimitedRetention,
  unmergedLines,
  unparsedLines,
  unselectedPods,
  unwatchedCollector,
  wildcardAction,
  wildcardSubject,
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

import type { Rule } from '../rule';
import { anyLogGroup } from './any-log-group';
import { anyWorkspace } from './any-workspace';
import { boundedRetries } from './bounded-retries';
import { collectorOnFewNodes } from './collector-on-few-nodes';
import { collectorWithoutPods } from './collector-without-pods';
import { containerWithoutImage } from './container-without-image';
import { controlPlaneAlert } from './control-plane-alert';
import { dashboardWithoutUid } from './dashboard-without-uid';
import { deletableWorkspace } from './deletable-workspace';
import { discardedRecords } from './discarded-records';
import { duplicateDashboard } from './duplicate-dashboard';
import { duplicateName } from './duplicate-name';
import { duplicateRule } from './duplicate-rule';
import { duplicateSamples } from './duplicate-samples';
import { endedImage } from './ended-image';
import { ephemeralState } from './ephemeral-state';
import { fastRefresh } from './fast-refresh';
import { flattenedNamespaces } from './flattened-namespaces';
import { floatingImage } from './floating-image';
import { forbiddenByProject } from './forbidden-by-project';
import { forbiddenRoot } from './forbidden-root';
import { halfAnnotated } from './half-annotated';
import { ignoredChange } from './ignored-change';
import { leftOutNodes } from './left-out-nodes';
import { linesReadTwice } from './lines-read-twice';
import type { EstateInput, EstateRule, LintInput, LintRule, Spotted } from './lint-rule';
import { linuxOnWindows } from './linux-on-windows';
import { literalSecret } from './literal-secret';
import { literalSourceWorkspace } from './literal-source-workspace';
import { literalWorkspace } from './literal-workspace';
import { memoryBuffer } from './memory-buffer';
import { missingAccount } from './missing-account';
import { missingEnvironment } from './missing-environment';
import { missingNamespace } from './missing-namespace';
import { missingOffsets } from './missing-offsets';
import { missingReference } from './missing-reference';
import { missingSourcePath } from './missing-source-path';
import { missingSubject } from './missing-subject';
import { missingTokenKey } from './missing-token-key';
import { noMetadata } from './no-metadata';
import { optionalVariable } from './optional-variable';
import { overwrittenExport } from './overwritten-export';
import { partialQueryRights } from './partial-query-rights';
import { prunableWorkspace } from './prunable-workspace';
import { sameSource } from './same-source';
import { scrapedHealth } from './scraped-health';
import { sharedObject } from './shared-object';
import { shortFor } from './short-for';
import { skippedBeginning } from './skipped-beginning';
import { splitLines } from './split-lines';
import { staticGrafanaToken } from './static-grafana-token';
import { strayGroupLabel } from './stray-group-label';
import { strayPanelLabel } from './stray-panel-label';
import { strayTemplateLabel } from './stray-template-label';
import { throttledSamples } from './throttled-samples';
import { tooLongForApply } from './too-long-for-apply';
import { tooOldForPodIdentity } from './too-old-for-pod-identity';
import { twoDefaultSources } from './two-default-sources';
import { twoIdentities } from './two-identities';
import { unboundedMemory } from './unbounded-memory';
import { unchosenRules } from './unchosen-rules';
import { undeclaredPort } from './undeclared-port';
import { unguardedGrafanaTrust } from './unguarded-grafana-trust';
import { unknownMetaLabel } from './unknown-meta-label';
import { unknownProbePort } from './unknown-probe-port';
import { unknownSyncOption } from './unknown-sync-option';
import { unknownVariable } from './unknown-variable';
import { unknownVolume } from './unknown-volume';
import { unlimitedRetention } from './unlimited-retention';
import { unmergedLines } from './unmerged-lines';
import { unmountableConfigMap } from './unmountable-config-map';
import { unparsedLines } from './unparsed-lines';
import { unreadDashboard } from './unread-dashboard';
import { unscrapedExporter } from './unscraped-exporter';
import { unselectedPods } from './unselected-pods';
import { unsetVariable } from './unset-variable';
import { unusableApplication } from './unusable-application';
import { unwatchedCollector } from './unwatched-collector';
import { unwritableStorage } from './unwritable-storage';
import { wildcardAction } from './wildcard-action';
import { wildcardSubject } from './wildcard-subject';
import { wrongCluster } from './wrong-cluster';

export type { EstateInput, EstateRule, LintInput, LintRule, Spotted } from './lint-rule';

/** Every lint rule; one file each. */
export const lintRules: readonly LintRule[] = [
  anyLogGroup,
  anyWorkspace,
  boundedRetries,
  collectorOnFewNodes,
  dashboardWithoutUid,
  duplicateDashboard,
  fastRefresh,
  partialQueryRights,
  staticGrafanaToken,
  twoDefaultSources,
  unreadDashboard,
  missingTokenKey,
  strayPanelLabel,
  unknownVariable,
  deletableWorkspace,
  discardedRecords,
  duplicateSamples,
  endedImage,
  ephemeralState,
  floatingImage,
  forbiddenRoot,
  halfAnnotated,
  undeclaredPort,
  unsetVariable,
  collectorWithoutPods,
  literalWorkspace,
  optionalVariable,
  overwrittenExport,
  prunableWorkspace,
  ignoredChange,
  leftOutNodes,
  linesReadTwice,
  literalSecret,
  memoryBuffer,
  missingAccount,
  unmountableConfigMap,
  containerWithoutImage,
  duplicateName,
  missingEnvironment,
  missingNamespace,
  missingReference,
  missingSubject,
  unknownVolume,
  linuxOnWindows,
  unwritableStorage,
  flattenedNamespaces,
  tooLongForApply,
  missingOffsets,
  noMetadata,
  scrapedHealth,
  skippedBeginning,
  splitLines,
  throttledSamples,
  tooOldForPodIdentity,
  twoIdentities,
  unboundedMemory,
  unguardedGrafanaTrust,
  unlimitedRetention,
  unknownMetaLabel,
  unknownProbePort,
  unmergedLines,
  unparsedLines,
  unscrapedExporter,
  unselectedPods,
  unwatchedCollector,
  wildcardAction,
  wildcardSubject,
  controlPlaneAlert,
  duplicateRule,
  shortFor,
  strayGroupLabel,
  strayTemplateLabel,
  unchosenRules,
];

/** Rules whose ends may stand in different worlds; one file each. */
export const estateRules: readonly EstateRule[] = [
  forbiddenByProject,
  literalSourceWorkspace,
  missingSourcePath,
  sameSource,
  sharedObject,
  unknownSyncOption,
  unusableApplication,
  wrongCluster,
];

/** What a rule has seen. */
export interface LintFinding extends Spotted {
  readonly rule: Rule;
  /** Empty for what belongs to no single world. */
  readonly world: string;
}

/** What every lint rule sees in one world. */
export function lint(input: LintInput): readonly LintFinding[] {
  return lintRules.flatMap((rule) =>
    rule.check(input).map((spotted) => ({ ...spotted, rule, world: input.world.name })),
  );
}

/** What the rules over all worlds see. */
export function lintEstate(input: EstateInput): readonly LintFinding[] {
  return estateRules.flatMap((rule) => rule.check(input).map((spotted) => ({ world: '', ...spotted, rule })));
}

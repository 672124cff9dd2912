import { type Duration, Token } from 'aws-cdk-lib';
import type * as aps from 'aws-cdk-lib/aws-aps';
import type { Construct } from 'constructs';
import { wholeSeconds } from '../private/durations';
import { invalidProp } from '../private/errors';
import { renderLabelSetLimits } from './label-set-limit';
import type { PrometheusWorkspaceProps } from './workspace-props';

/** What the L1 takes as configuration, if anything is said. */
export function workspaceConfiguration(
  scope: Construct,
  { retentionPeriod, labelSetLimits }: PrometheusWorkspaceProps,
): aps.CfnWorkspace.WorkspaceConfigurationProperty | undefined {
  if (retentionPeriod === undefined && !labelSetLimits?.length) {
    return undefined;
  }
  return {
    retentionPeriodInDays: retentionPeriod && retentionDays(scope, retentionPeriod),
    limitsPerLabelSets: labelSetLimits?.length ? renderLabelSetLimits(scope, labelSetLimits) : undefined,
  };
}

/** Written as overrides, because the L1 of the lowest CDK that this library works with does not have them. */
export function overrideNewerConfiguration(
  scope: Construct,
  resource: aps.CfnWorkspace,
  { outOfOrderWindow, ruleQueryOffset }: PrometheusWorkspaceProps,
): void {
  if (outOfOrderWindow !== undefined) {
    const mend = 'Use Duration.seconds(n); zero refuses every sample that comes late.';
    const seconds = wholeSeconds(scope, 'outOfOrderWindow', outOfOrderWindow, mend);
    resource.addPropertyOverride('WorkspaceConfiguration.OutOfOrderTimeWindowInSeconds', seconds);
  }
  if (ruleQueryOffset !== undefined) {
    const seconds = wholeSeconds(scope, 'ruleQueryOffset', ruleQueryOffset, 'Use Duration.seconds(n).');
    resource.addPropertyOverride('WorkspaceConfiguration.RuleQueryOffsetInSeconds', seconds);
  }
}

export function validateQueryLogging(scope: Construct, props: PrometheusWorkspaceProps): void {
  const { queryLogGroup, queryLogThreshold } = props;
  if (queryLogThreshold === undefined) {
    return;
  }
  if (queryLogGroup === undefined) {
    throw invalidProp(scope, {
      prop: 'queryLogThreshold',
      got: queryLogThreshold,
      allowed: 'left out when queryLogGroup is',
      mend: 'Give the log group that queries are logged to as queryLogGroup.',
    });
  }
  if (!Token.isUnresolved(queryLogThreshold) && (!Number.isInteger(queryLogThreshold) || queryLogThreshold < 0)) {
    throw invalidProp(scope, {
      prop: 'queryLogThreshold',
      got: queryLogThreshold,
      allowed: 'a whole number from 0',
      mend: 'It counts the samples that a query processes; 0 logs every query.',
    });
  }
}

export function validateAlias(scope: Construct, alias: string | undefined): void {
  if (alias !== undefined && !Token.isUnresolved(alias) && (alias.length < 1 || alias.length > 100)) {
    throw invalidProp(scope, {
      prop: 'alias',
      got: alias,
      allowed: `1 to 100 characters (it has ${alias.length})`,
      mend: 'Shorten it, or leave it out for a workspace without an alias.',
    });
  }
}

function retentionDays(scope: Construct, retention: Duration): number {
  if (retention.isUnresolved()) {
    return retention.toDays();
  }
  const days = retention.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > 1095) {
    throw invalidProp(scope, {
      prop: 'retentionPeriod',
      got: retention.toHumanString(),
      allowed: 'a whole number of days from 1 to 1095',
      mend: 'Use Duration.days(n); leave it out for the default of 150 days.',
    });
  }
  return days;
}

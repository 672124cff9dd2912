import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import {
  AlertManager,
  type AlertReceiver,
  type IPrometheusAccess,
  PrometheusAlarms,
  PrometheusWorkspace,
  RuleGroups,
  type RuleGroupsDefinition,
} from '../prometheus';
import { idOf } from './workspace-of';

/**
 * Who is told of what goes wrong.
 */
export interface ObservabilityAlerts {
  /**
   * Who is told of every alert. Needs a workspace that is made in this app: its owner makes its alert manager.
   *
   * @default - no alert manager is made
   */
  readonly receiver?: AlertReceiver;

  /**
   * Who is told of alerts with the label `severity="critical"`, instead of `receiver`. Needs `receiver`.
   *
   * @default - `receiver`, too
   */
  readonly criticalReceiver?: AlertReceiver;

  /**
   * Labels by which alerts are bundled into one message. Needs `receiver`.
   *
   * @default ['alertname', 'namespace']
   */
  readonly groupBy?: string[];

  /**
   * Rules that AMP evaluates, by the name of their rule groups namespace.
   *
   * @default - none
   */
  readonly rules?: { [namespaceName: string]: RuleGroupsDefinition };

  /**
   * From how many active series on an alarm rings.
   *
   * @default - no alarm on the number of series
   */
  readonly maxActiveSeries?: number;

  /**
   * What the alarms of CloudWatch on the workspace itself do when they ring, and when they are over.
   *
   * @default - the alarms change their state and do nothing else
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];
}

/** What is made of it. */
export interface MadeAlerts {
  readonly alertManager?: AlertManager;
  readonly ruleGroups: Record<string, RuleGroups>;
  readonly alarms?: PrometheusAlarms;
}

const OWNER = 'Whoever makes the workspace owns its rules and alert manager, too: have them made there.';

export function makeAlerts(scope: Construct, access: IPrometheusAccess, alerts: ObservabilityAlerts): MadeAlerts {
  const workspace = idOf(scope, access, OWNER);
  const { rules = {}, maxActiveSeries, alarmActions: actions } = alerts;
  return {
    alertManager: makeAlertManager(scope, workspace, alerts),
    ruleGroups: Object.fromEntries(
      Object.entries(rules).map(([namespaceName, definition]) => [
        namespaceName,
        new RuleGroups(scope, `Rules-${namespaceName}`, { workspace, namespaceName, definition }),
      ]),
    ),
    alarms: new PrometheusAlarms(scope, 'Alarms', { workspace, maxActiveSeries, actions }),
  };
}

function makeAlertManager(scope: Construct, workspace: IPrometheusAccess, alerts: ObservabilityAlerts) {
  const { receiver, criticalReceiver, groupBy } = alerts;
  if (receiver === undefined) {
    for (const prop of ['criticalReceiver', 'groupBy'] as const) {
      if (alerts[prop] !== undefined) {
        throw invalidProp(scope, {
          prop: `alerts.${prop}`,
          got: criticalReceiver && prop === 'criticalReceiver' ? criticalReceiver.name : groupBy,
          allowed: 'left out when alerts.receiver is',
          mend: 'Every alert must go somewhere: give alerts.receiver.',
        });
      }
    }
    return undefined;
  }
  if (!(workspace instanceof PrometheusWorkspace)) {
    throw invalidProp(scope, {
      prop: 'alerts.receiver',
      got: receiver.name,
      allowed: 'left out for a workspace that is not made in this app',
      mend: OWNER,
    });
  }
  return new AlertManager(scope, 'AlertManager', {
    workspace,
    route: {
      receiver,
      groupBy: groupBy ?? ['alertname', 'namespace'],
      routes: criticalReceiver && [{ receiver: criticalReceiver, matchers: ['severity="critical"'] }],
    },
  });
}

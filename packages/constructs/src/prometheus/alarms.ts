import { Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import type { IPrometheusWorkspace } from './workspace-types';

/**
 * Properties of `PrometheusAlarms`.
 */
export interface PrometheusAlarmsProps {
  /** The workspace that is watched, in the region of the stack. */
  readonly workspace: IPrometheusWorkspace;

  /**
   * From how many active series on an alarm rings, such as four fifths of the quota of the workspace.
   *
   * @default - no alarm on the number of series
   */
  readonly maxActiveSeries?: number;

  /**
   * What every alarm does when it rings, and when it is over: `new cloudwatch_actions.SnsAction(topic)`.
   *
   * @default - the alarms change their state and do nothing else
   */
  readonly actions?: cloudwatch.IAlarmAction[];
}

/**
 * Alarms of CloudWatch on a Prometheus workspace itself, for what its own alert manager could not tell: samples that are
 * discarded, rules that fail, notifications that do not get out.
 *
 * They look at the namespaces in which AMP publishes each metric, `AWS/Usage` or `AWS/Prometheus`. AMP publishes nothing
 * while there is nothing to count, so missing data is no breach.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html
 *
 * @example
 * declare const metrics: IPrometheusWorkspace;
 *
 * new PrometheusAlarms(this, 'MetricsAlarms', { workspace: metrics, maxActiveSeries: 1_600_000 });
 */
export class PrometheusAlarms extends Construct {
  /** Rings when samples are discarded, for whatever reason. */
  public readonly discardedSamples: cloudwatch.Alarm;
  /** Rings when the evaluation of a rule fails. */
  public readonly ruleEvaluationFailures: cloudwatch.Alarm;
  /** Rings when the alert manager cannot deliver a notification. */
  public readonly notificationsFailed: cloudwatch.Alarm;
  /** Rings when there are `maxActiveSeries` active series or more. Only if that was given. */
  public readonly activeSeries?: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: PrometheusAlarmsProps) {
    super(scope, id);
    const { workspace, maxActiveSeries } = props;
    validateRegion(this, workspace);

    this.discardedSamples = this.alarm('DiscardedSamples', props, {
      metric: workspace.metricDiscardedSamples(),
      threshold: 1,
      alarmDescription: 'AMP refused samples: look at DiscardedSamples in AWS/Prometheus, by reason',
    });
    this.ruleEvaluationFailures = this.alarm('RuleEvaluationFailures', props, {
      metric: workspace.metricRuleEvaluationFailures(),
      threshold: 1,
      alarmDescription: 'Rules could not be evaluated: look at RuleEvaluationFailures in AWS/Prometheus, by rule group',
    });
    this.notificationsFailed = this.alarm('NotificationsFailed', props, {
      metric: workspace.metricNotificationsFailed(),
      threshold: 1,
      alarmDescription: 'Alerts were not delivered: look at the policies of the topics and secrets of the receivers',
    });
    if (maxActiveSeries !== undefined) {
      validateMaxActiveSeries(this, maxActiveSeries);
      this.activeSeries = this.alarm('ActiveSeries', props, {
        metric: workspace.metricActiveSeries(),
        threshold: maxActiveSeries,
        alarmDescription: 'The workspace nears its quota of active series; samples of further series are discarded',
      });
    }
  }

  private alarm(
    id: string,
    { actions = [] }: PrometheusAlarmsProps,
    what: Pick<cloudwatch.AlarmProps, 'metric' | 'threshold' | 'alarmDescription'>,
  ): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      ...what,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    for (const action of actions) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    return alarm;
  }
}

/** CloudWatch has no alarms across regions, and a query of Metrics Insights sees only its own. */
function validateRegion(scope: Construct, workspace: IPrometheusWorkspace): void {
  const { region } = Stack.of(scope);
  const other = workspace.env.region;
  if (Token.isUnresolved(region) || Token.isUnresolved(other)) {
    return;
  }
  if (region !== other) {
    throw invalidProp(scope, {
      prop: 'workspace',
      got: `a workspace in ${other}`,
      allowed: `in ${region}, the region of the stack`,
      mend: `Put the alarms into a stack of ${other}.`,
    });
  }
}

function validateMaxActiveSeries(scope: Construct, maxActiveSeries: number): void {
  if (!Token.isUnresolved(maxActiveSeries) && !(maxActiveSeries > 0)) {
    throw invalidProp(scope, {
      prop: 'maxActiveSeries',
      got: maxActiveSeries,
      allowed: 'more than 0',
      mend: 'Leave it out for no alarm on the number of series.',
    });
  }
}

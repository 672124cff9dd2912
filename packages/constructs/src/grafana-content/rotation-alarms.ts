import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** Lambda runs a scheduled function up to three times, so that what passes rings no alarm. */
const TRIES = 3;

export interface RotationAlarms {
  readonly failed: cloudwatch.Alarm;
  readonly missed: cloudwatch.Alarm;
}

/** One for runs that fail, and one for runs that there are none of: a rule that is disabled makes no errors. */
export function rotationAlarms(
  scope: Construct,
  rotation: lambda.IFunction,
  actions: readonly cloudwatch.IAlarmAction[],
): RotationAlarms {
  const metric = { period: Duration.days(1), statistic: 'Sum' };
  const failed = new cloudwatch.Alarm(scope, 'RotationFailed', {
    alarmDescription: 'The token of Grafana could not be checked or replaced: look into the log of the function',
    metric: rotation.metricErrors(metric),
    threshold: TRIES,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  const missed = new cloudwatch.Alarm(scope, 'RotationMissed', {
    alarmDescription: 'Nobody has looked after the token of Grafana for a day: is the schedule disabled?',
    metric: rotation.metricInvocations(metric),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
  for (const action of actions) {
    for (const alarm of [failed, missed]) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
  return { failed, missed };
}

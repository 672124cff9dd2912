import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** The retention of that many days. CloudWatch Logs knows only certain numbers. */
export function retention(days: number): RetentionDays {
  if (RetentionDays[days] === undefined) {
    const allowed = Object.values(RetentionDays).filter((value) => typeof value === 'number');
    throw new Error(
      `logGroup.retentionDays is ${days}; CloudWatch Logs allows ${allowed.join(', ')}: take the next one`,
    );
  }
  return days;
}

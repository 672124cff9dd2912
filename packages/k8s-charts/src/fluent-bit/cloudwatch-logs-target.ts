import { AWS_REGION, checked } from '../core/check';
import { checkedEnvironmentValue } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { LOG_GROUP_NAME } from './log-group-name';

/**
 * A CloudWatch Logs group, and which of its streams a line goes to.
 */
export interface LogGroupAttributes {
  /**
   * Region of the log group.
   */
  readonly region: EnvironmentValue;

  /**
   * Name of the log group. It must exist: nothing here creates one, because a group made on the fly has no retention.
   */
  readonly logGroupName: EnvironmentValue;

  /**
   * Stream of lines whose namespace is not known, because Kubernetes' API did not answer for the pod. All others go to the
   * stream named as their namespace.
   *
   * @default 'without-metadata'
   */
  readonly fallbackStream?: string;
}

/**
 * Where a log collector writes.
 */
export class CloudWatchLogsTarget {
  /**
   * A log group with one stream per namespace.
   */
  public static logGroup(attributes: LogGroupAttributes): CloudWatchLogsTarget {
    checkedEnvironmentValue('LogGroupAttributes.region', attributes.region, AWS_REGION);
    checkedEnvironmentValue('LogGroupAttributes.logGroupName', attributes.logGroupName, LOG_GROUP_NAME);
    const fallbackStream = checked(
      'LogGroupAttributes.fallbackStream',
      attributes.fallbackStream ?? 'without-metadata',
      {
        matches: /^[^:*$\s]{1,512}$/,
        allowed: '1 to 512 characters without colon, asterisk, dollar sign and white space',
        mend: 'Choose a fixed name: what is not known cannot be part of it.',
      },
    );
    return new CloudWatchLogsTarget(attributes.region, attributes.logGroupName, fallbackStream);
  }

  /**
   * Region of the log group.
   */
  public readonly region: EnvironmentValue;

  /**
   * Name of the log group.
   */
  public readonly logGroupName: EnvironmentValue;

  /**
   * Stream of lines whose namespace is not known.
   */
  public readonly fallbackStream: string;

  private constructor(region: EnvironmentValue, logGroupName: EnvironmentValue, fallbackStream: string) {
    this.region = region;
    this.logGroupName = logGroupName;
    this.fallbackStream = fallbackStream;
  }
}

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked, invalid } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import { ackMetadata, checkedTags } from './ack-object';
import type { AckObjectProps } from './ack-object-props';
import type { LogGroupManifest } from './types';

/**
 * Properties of AckLogGroup.
 */
export interface AckLogGroupProps extends AckObjectProps {
  /**
   * Name of the log group.
   */
  readonly logGroupName: string;

  /**
   * Days after which lines are removed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
   * 2922, 3288 or 3653.
   *
   * @default 30
   */
  readonly retentionDays?: number;

  /**
   * Tags of the log group.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A log group of CloudWatch Logs, made by AWS Controllers for Kubernetes. Its class is always standard: the controller knows no
 * other.
 */
export class AckLogGroup extends Construct {
  /**
   * Name of the log group.
   */
  public readonly logGroupName: string;

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckLogGroupProps) {
    super(scope, id);
    const struct = 'AckLogGroupProps';
    this.logGroupName = checked(`${struct}.logGroupName`, props.logGroupName, {
      matches: /^[.\-_/#A-Za-z0-9]{1,512}$/,
      allowed: '1 to 512 letters, digits and the characters . - _ / #',
      mend: 'Give the name of the log group, not its ARN.',
    });
    const retentionDays = props.retentionDays ?? 30;
    if (!RETENTION_DAYS.includes(retentionDays)) {
      throw invalid(
        `${struct}.retentionDays`,
        retentionDays,
        RETENTION_DAYS.join(', '),
        'Take the next longer period that CloudWatch Logs has.',
      );
    }
    const tags = checkedTags(`${struct}.tags`, props.tags);
    this.apiObject = addOwnObject(
      this,
      'log-group',
      {
        apiVersion: 'cloudwatchlogs.services.k8s.aws/v1alpha1',
        kind: 'LogGroup',
        metadata: ackMetadata(struct, props, AckDeletionPolicy.RETAIN, { known: { name: this.logGroupName } }),
        spec: { name: this.logGroupName, retentionDays, ...(tags === undefined ? {} : { tags }) },
      } satisfies LogGroupManifest,
      struct,
      props,
    );
  }
}

const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

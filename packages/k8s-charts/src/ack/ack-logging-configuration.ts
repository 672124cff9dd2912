import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import type { AckWorkspaceContentProps } from './ack-workspace-content-props';
import type { LoggingConfigurationManifest } from './types';
import { workspaceContent } from './workspace-contents';

/**
 * Properties of AckLoggingConfiguration.
 */
export interface AckLoggingConfigurationProps extends AckWorkspaceContentProps {
  /**
   * Log group that the workspace writes to: `arn:<partition>:logs:<region>:<account>:log-group:<name>:*`, with the asterisk.
   */
  readonly logGroupArn: string;
}

/**
 * Where a workspace logs what its rules and its alert manager fail at, made by AWS Controllers for Kubernetes.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/CW-logs.html
 */
export class AckLoggingConfiguration extends Construct {
  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckLoggingConfigurationProps) {
    super(scope, id);
    const struct = 'AckLoggingConfigurationProps';
    const { metadata, workspaceRef } = workspaceContent(struct, props, AckDeletionPolicy.DELETE);
    this.apiObject = addOwnObject(
      this,
      'logging',
      {
        apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1',
        kind: 'LoggingConfiguration',
        metadata,
        spec: {
          workspaceRef,
          logGroupARN: checked(`${struct}.logGroupArn`, props.logGroupArn, {
            matches: /^arn:aws(-[a-z]+)*:logs:[a-z0-9-]+:\d{12}:log-group:[.\-_/#A-Za-z0-9]{1,512}:\*$/,
            allowed: 'an ARN "arn:<partition>:logs:<region>:<12-digit account>:log-group:<name>:*"',
            mend: 'End the ARN in ":*".',
          }),
        },
      } satisfies LoggingConfigurationManifest,
      struct,
      props,
      ['spec/workspaceID'],
    );
  }
}

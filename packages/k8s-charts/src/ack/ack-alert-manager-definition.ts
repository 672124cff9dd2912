import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import type { AckWorkspaceContentProps } from './ack-workspace-content-props';
import type { AlertManagerDefinitionManifest } from './types';
import { workspaceContent } from './workspace-contents';

/**
 * Properties of AckAlertManagerDefinition.
 */
export interface AckAlertManagerDefinitionProps extends AckWorkspaceContentProps {
  /**
   * Routes and receivers as YAML with `alertmanager_config` at the top, whose value is again YAML as text. Receivers may be SNS
   * topics, which need `sigv4.region`, and PagerDuty.
   */
  readonly configuration: string;
}

/**
 * The alert manager of a workspace, made by AWS Controllers for Kubernetes. A workspace has one at most.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-config.html
 */
export class AckAlertManagerDefinition extends Construct {
  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckAlertManagerDefinitionProps) {
    super(scope, id);
    const struct = 'AckAlertManagerDefinitionProps';
    const { metadata, workspaceRef } = workspaceContent(struct, props, AckDeletionPolicy.DELETE);
    this.apiObject = addOwnObject(
      this,
      'alert-manager',
      {
        apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1',
        kind: 'AlertManagerDefinition',
        metadata,
        spec: {
          workspaceRef,
          configuration: checked(`${struct}.configuration`, props.configuration, {
            matches: /^alertmanager_config:/m,
            allowed: 'YAML with "alertmanager_config" at the top',
            mend: 'Put the text of an Alertmanager configuration below "alertmanager_config: |", indented.',
          }),
        },
      } satisfies AlertManagerDefinitionManifest,
      struct,
      props,
      ['spec/workspaceID'],
    );
  }
}

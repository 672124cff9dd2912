import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { AckDeletionPolicy } from './ack-deletion-policy';
import { checkedTags } from './ack-object';
import type { AckWorkspaceContentProps } from './ack-workspace-content-props';
import type { RuleGroupsNamespaceManifest } from './types';
import { workspaceContent } from './workspace-contents';

/**
 * Properties of AckRuleGroupsNamespace.
 */
export interface AckRuleGroupsNamespaceProps extends AckWorkspaceContentProps {
  /**
   * Recording and alerting rules as the YAML of a Prometheus rules file, with `groups` at the top. What AWS refuses is not tried
   * again before the text changes.
   */
  readonly configuration: string;

  /**
   * Name of the rule groups namespace in AWS. It cannot be changed.
   *
   * @default - the name of the object
   */
  readonly rulesName?: string;

  /**
   * Tags. The controller sets them once, when it makes the namespace, and never again.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * Recording and alerting rules in a workspace, made by AWS Controllers for Kubernetes.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-Ruler.html
 */
export class AckRuleGroupsNamespace extends Construct {
  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AckRuleGroupsNamespaceProps) {
    super(scope, id);
    const struct = 'AckRuleGroupsNamespaceProps';
    const name = checked(`${struct}.rulesName`, props.rulesName ?? props.name, {
      matches: /^[0-9A-Za-z][-.0-9A-Z_a-z]{0,63}$/,
      allowed: 'at most 64 letters, digits, hyphens, dots and underscores, starting with a letter or digit',
      mend: 'Choose a name that AWS takes.',
    });
    const { metadata, workspaceRef } = workspaceContent(struct, props, AckDeletionPolicy.DELETE, { name });
    const tags = checkedTags(`${struct}.tags`, props.tags);
    this.apiObject = addOwnObject(
      this,
      'rules',
      {
        apiVersion: 'prometheusservice.services.k8s.aws/v1alpha1',
        kind: 'RuleGroupsNamespace',
        metadata,
        spec: {
          name,
          workspaceRef,
          configuration: checked(`${struct}.configuration`, props.configuration, {
            matches: /^groups:/m,
            allowed: 'YAML with "groups" at the top',
            mend: 'Give the text of a Prometheus rules file, neither base64 nor a PrometheusRule object.',
          }),
          ...(tags === undefined ? {} : { tags }),
        },
      } satisfies RuleGroupsNamespaceManifest,
      struct,
      props,
      ['spec/workspaceID'],
    );
  }
}

import { Names, Resource, Token } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import type { RuleGroupsDefinition } from './rule-definition';
import type { IPrometheusWorkspace } from './workspace-types';

/**
 * Properties of `RuleGroups`.
 */
export interface RuleGroupsProps {
  /** The workspace whose metrics the rules query, made here or not. */
  readonly workspace: IPrometheusWorkspace;

  /** The rules. */
  readonly definition: RuleGroupsDefinition;

  /**
   * Name of the namespace, unique in the workspace: letters, digits or any of `- . _`, with a letter or digit first. It
   * has nothing to do with namespaces of Kubernetes, and a change makes a new one.
   *
   * @default - made from the path of the construct
   */
  readonly namespaceName?: string;
}

/**
 * Rules that AMP evaluates in a workspace: a rule groups namespace.
 *
 * Alerts go to the alert manager of the workspace (`AlertManager`). What AMP does not like about the rules fails the
 * deployment; what goes wrong later is in the `alertingLogGroup` of the workspace.
 *
 * @resource AWS::APS::RuleGroupsNamespace
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-Ruler.html
 *
 * @example
 * declare const metrics: IPrometheusWorkspace;
 *
 * new RuleGroups(this, 'Rules', {
 *   workspace: metrics,
 *   definition: RuleGroupsDefinition.fromGroups({
 *     name: 'tictactoe',
 *     rules: [
 *       PrometheusRule.recording('namespace:up:avg', { expr: 'avg by (namespace) (up)' }),
 *       PrometheusRule.alerting('TargetDown', { expr: 'up == 0', forDuration: Duration.minutes(5) }),
 *     ],
 *   }),
 * });
 */
export class RuleGroups extends Resource {
  /**
   * ARN of the namespace: `arn:<partition>:aps:<region>:<account>:rulegroupsnamespace/<workspace id>/<name>`.
   *
   * @attribute
   */
  public readonly ruleGroupsNamespaceArn: string;

  /** Name of the namespace. */
  public readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: RuleGroupsProps) {
    super(scope, id);
    validateName(this, props.namespaceName);
    this.namespaceName = props.namespaceName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });

    const resource = new aps.CfnRuleGroupsNamespace(this, 'Resource', {
      workspace: props.workspace.workspaceArn,
      name: this.namespaceName,
      data: props.definition._render(this),
    });
    this.ruleGroupsNamespaceArn = resource.attrArn;
  }
}

function validateName(scope: Construct, name: string | undefined): void {
  if (name !== undefined && !Token.isUnresolved(name) && !/^[0-9A-Za-z][-.0-9A-Z_a-z]{0,63}$/.test(name)) {
    throw invalidProp(scope, {
      prop: 'namespaceName',
      got: name,
      allowed: '1 to 64 letters, digits or any of - . _, with a letter or digit first',
      mend: 'Replace other characters by a hyphen, or leave it out for a name made from the path.',
    });
  }
}

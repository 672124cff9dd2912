import { Annotations, type Duration, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { prometheusDuration } from '../private/durations';
import { invalidProp } from '../private/errors';
import { formatArn } from '../private/region';
import type { IPrometheusWorkspace } from './workspace-types';

const SERVICE = 'aps.amazonaws.com';

/**
 * Properties of a receiver that publishes to a topic.
 */
export interface SnsReceiverProps {
  /**
   * The topic: a standard one, no FIFO. Its policy is extended so that AMP may publish for the one workspace; that of
   * its key, if it is made here too, for the workspaces of the account and region.
   */
  readonly topic: sns.ITopic;

  /**
   * Subject of the message; may be a template.
   *
   * @default - the template of the alert manager
   */
  readonly subject?: string;

  /**
   * Text of the message; may be a template.
   *
   * @default - the template of the alert manager
   */
  readonly message?: string;

  /**
   * Attributes of the message, for filters of subscriptions; values may be templates.
   *
   * @default - none
   */
  readonly attributes?: { [name: string]: string };

  /**
   * Whether to tell when an alert is over, too.
   *
   * @default true
   */
  readonly sendResolved?: boolean;
}

/**
 * Properties of a receiver that opens incidents at PagerDuty.
 */
export interface PagerDutyReceiverProps {
  /**
   * The secret that holds the integration key. Its policy is extended so that AMP may read it for the one workspace;
   * that of its key, if it has one of yours, for the workspaces of the account and region.
   */
  readonly secret: secretsmanager.ISecret;

  /** Key of the JSON object in the secret under which the integration key is. */
  readonly secretKey: string;

  /**
   * How long AMP may go on with the integration key that it has read: whole seconds.
   *
   * @default - the service's default
   */
  readonly refreshInterval?: Duration;

  /**
   * Severity of the incident: `critical`, `error`, `warning` or `info`; may be a template.
   *
   * @default - the template of the alert manager
   */
  readonly severity?: string;

  /**
   * Description of the incident; may be a template.
   *
   * @default - the template of the alert manager
   */
  readonly description?: string;

  /**
   * Further facts of the incident; values may be templates.
   *
   * @default - those of the alert manager: how many alerts fire and how many are over
   */
  readonly details?: { [name: string]: string };

  /**
   * Whether to tell when an alert is over, too.
   *
   * @default true
   */
  readonly sendResolved?: boolean;
}

/**
 * Who is told of alerts. AMP knows topics of Amazon SNS and PagerDuty; mail, chat and functions subscribe to a topic.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver.html
 *
 * @example
 * declare const topic: sns.ITopic;
 *
 * const team = AlertReceiver.sns('team', { topic, subject: '{{ .CommonLabels.alertname }}' });
 */
export class AlertReceiver {
  /**
   * A topic of Amazon SNS.
   *
   * @param name of the receiver, unique in the alert manager
   * @param props the topic, and what is said
   */
  public static sns(name: string, props: SnsReceiverProps): AlertReceiver {
    return new AlertReceiver(name, (scope, workspace) => {
      validateTopic(scope, name, props.topic);
      grantPublish(scope, workspace, props.topic);
      const { subject, message, attributes, sendResolved } = props;
      return {
        sns_configs: [
          {
            topic_arn: props.topic.topicArn,
            sigv4: { region: props.topic.env.region },
            ...defined({ subject, message, attributes, send_resolved: sendResolved }),
          },
        ],
      };
    });
  }

  /**
   * A service of PagerDuty.
   *
   * @param name of the receiver, unique in the alert manager
   * @param props the secret with the integration key, and what is said
   */
  public static pagerDuty(name: string, props: PagerDutyReceiverProps): AlertReceiver {
    return new AlertReceiver(name, (scope, workspace) => {
      grantRead(scope, workspace, props.secret);
      const { secret, secretKey, refreshInterval, severity, description, details, sendResolved } = props;
      return {
        pagerduty_configs: [
          {
            routing_key: {
              aws_secrets_manager: {
                secret_arn: secret.secretArn,
                secret_key: secretKey,
                ...(refreshInterval && {
                  refresh_interval: prometheusDuration(scope, `refreshInterval of ${name}`, refreshInterval),
                }),
              },
            },
            ...defined({ severity, description, details, send_resolved: sendResolved }),
          },
        ],
      };
    });
  }

  /** Name of the receiver. */
  public readonly name: string;

  private readonly binder: Binder;

  private constructor(name: string, binder: Binder) {
    if (!Token.isUnresolved(name) && name.trim() === '') {
      throw invalidProp(undefined, {
        prop: 'name',
        got: name,
        allowed: 'some text',
        mend: 'Give every receiver a name of its own.',
      });
    }
    this.name = name;
    this.binder = binder;
  }

  /**
   * As the definition of an alert manager has it; writes the policies that it needs.
   *
   * @internal
   */
  public _bind(scope: IConstruct, workspace: IPrometheusWorkspace): Record<string, unknown> {
    return { name: this.name, ...this.binder(scope, workspace) };
  }
}

type Binder = (scope: IConstruct, workspace: IPrometheusWorkspace) => Record<string, unknown>;

function grantPublish(scope: IConstruct, workspace: IPrometheusWorkspace, topic: sns.ITopic): void {
  const actions = ['sns:GetTopicAttributes', 'sns:Publish'];
  const { statementAdded } = topic.addToResourcePolicy(statementFor(workspace, actions, [topic.topicArn]));
  if (!statementAdded) {
    warn(scope, 'topic', workspace, actions, topic.topicArn);
  }
  letUseKey(scope, workspace, topic.masterKey, ['kms:Decrypt', 'kms:GenerateDataKey*']);
}

function grantRead(scope: IConstruct, workspace: IPrometheusWorkspace, secret: secretsmanager.ISecret): void {
  const actions = ['secretsmanager:GetSecretValue'];
  const { statementAdded } = secret.addToResourcePolicy(statementFor(workspace, actions, ['*']));
  if (!statementAdded) {
    warn(scope, 'secret', workspace, actions, secret.secretArn);
  }
  letUseKey(scope, workspace, secret.encryptionKey, ['kms:Decrypt']);
}

/** Both conditions, so that no other workspace and no other account can have AMP use what is ours. */
function statementFor(workspace: IPrometheusWorkspace, actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions,
    resources,
    principals: [new iam.ServicePrincipal(SERVICE)],
    conditions: {
      ArnEquals: { 'aws:SourceArn': workspace.workspaceArn },
      StringEquals: { 'aws:SourceAccount': workspace.env.account },
    },
  });
}

/** Any workspace of the account and region: one by name would make key, topic and workspace wait for each other. */
function letUseKey(
  scope: IConstruct,
  workspace: IPrometheusWorkspace,
  key: kms.IKey | undefined,
  actions: string[],
): void {
  if (key === undefined) {
    return;
  }
  const { account, region } = workspace.env;
  const anyWorkspace = formatArn(scope, { service: 'aps', region, account, resource: 'workspace', resourceName: '*' });
  const { statementAdded } = key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions,
      resources: ['*'],
      principals: [new iam.ServicePrincipal(SERVICE)],
      conditions: { ArnLike: { 'aws:SourceArn': anyWorkspace }, StringEquals: { 'aws:SourceAccount': account } },
    }),
    true,
  );
  if (!statementAdded) {
    warn(scope, 'key', workspace, actions, key.keyArn);
  }
}

function warn(scope: IConstruct, what: string, workspace: IPrometheusWorkspace, actions: string[], arn: string): void {
  Annotations.of(scope).addWarningV2(
    `@eks-sightline/constructs:prometheus.${what}PolicyNotExtended`,
    `The policy of the imported ${what} ${arn} cannot be extended. It must allow ${actions.join(' and ')} to ${SERVICE}, ` +
      `with aws:SourceArn ${workspace.workspaceArn} and aws:SourceAccount ${workspace.env.account}; otherwise alerts are ` +
      'lost without a word.',
  );
}

function validateTopic(scope: IConstruct, name: string, topic: sns.ITopic): void {
  if (topic.fifo) {
    throw invalidProp(scope, {
      prop: `topic of ${name}`,
      got: 'a FIFO topic',
      allowed: 'a standard topic',
      mend: 'AMP does not publish to FIFO topics: make one without fifo.',
    });
  }
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

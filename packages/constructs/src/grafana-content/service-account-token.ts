import { Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { wholeSeconds } from '../private/durations';
import { invalidProp } from '../private/errors';
import type { GrafanaContentProps } from './content-props';
import { HandlerFunction } from './handler-function';
import { GrafanaContentProvider } from './provider';
import type { GrafanaRole } from './role';
import { rotationAlarms } from './rotation-alarms';

/**
 * Properties of a `GrafanaServiceAccountToken`.
 */
export interface GrafanaServiceAccountTokenProps extends GrafanaContentProps {
  /**
   * What the token may do. The Grafana operator needs ADMIN to make data sources, EDITOR is enough for folders and
   * dashboards. Another role makes another service account; the tokens of the one before end with the deployment.
   */
  readonly role: GrafanaRole;

  /**
   * Name of the service account, before what makes it unique: 1 to 64 letters, digits or any of `. _ -`.
   *
   * @default - made of the construct's path
   */
  readonly serviceAccountName?: string;

  /**
   * Name of the secret in AWS Secrets Manager.
   *
   * @default - CloudFormation makes one up
   */
  readonly secretName?: string;

  /**
   * Key that the secret is encrypted with.
   *
   * @default - the key of Secrets Manager in the account, `aws/secretsmanager`
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Age from which on the token is replaced: 1 to 27 days. Amazon Managed Grafana lets none live longer than 30; what
   * is left of that is the time in which failures can be mended, and in which whoever has read the token just before
   * can go on using it.
   *
   * @default Duration.days(20)
   */
  readonly rotateAfter?: Duration;

  /**
   * What both alarms do when they ring, and when it is over: `new cloudwatch_actions.SnsAction(topic)`.
   *
   * @default - the alarms change their state and do nothing else
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * What happens to the secret when it leaves the stack. The token in it is deleted in any case.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

const DAY = 86_400;

/**
 * A token of a service account of a Grafana workspace, in AWS Secrets Manager, where it is replaced before it expires:
 * for the Grafana operator by way of External Secrets, and for whoever else speaks to Grafana's HTTP API.
 *
 * The secret is JSON; `token` is what clients need, beside it are `url`, `expiresAt` and the like. A function looks after
 * it twice a day. It makes another token when the one in the secret is `rotateAfter` old, or does not work; asks Grafana
 * something with it; and only then writes it. The former one lives on until it expires, or until the next but one is made.
 * A deployment waits for the first token. The token is in no property, output, template or log.
 *
 * Amazon Managed Grafana bills the service account as a user.
 *
 * @see https://docs.aws.amazon.com/grafana/latest/APIReference/API_CreateWorkspaceServiceAccountToken.html
 *
 * @example
 * declare const grafana: IGrafanaWorkspace;
 * declare const cluster: eks.ICluster;
 *
 * const token = new GrafanaServiceAccountToken(this, 'OperatorToken', {
 *   workspace: grafana,
 *   role: GrafanaRole.ADMIN,
 *   secretName: 'tictactoe/grafana',
 * });
 * const externalSecrets = new WorkloadIdentity(this, 'ExternalSecrets', {
 *   cluster,
 *   namespace: 'external-secrets',
 *   serviceAccountName: 'external-secrets',
 * });
 * token.grantRead(externalSecrets);
 */
export class GrafanaServiceAccountToken extends Construct {
  /** The secret; its field `token` holds the token. */
  public readonly secret: secretsmanager.ISecret;

  /** Name of the service account in Grafana. */
  public readonly serviceAccountName: string;

  /** Rings when the token could not be checked or replaced, in three tries one after another. */
  public readonly rotationFailedAlarm: cloudwatch.Alarm;

  /** Rings when nobody has looked after the token for a day. */
  public readonly rotationMissedAlarm: cloudwatch.Alarm;

  private readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: GrafanaServiceAccountTokenProps) {
    super(scope, id);
    const { workspace, encryptionKey } = props;
    const rotateAfter = rotateAfterOf(this, props.rotateAfter);
    const name = props.serviceAccountName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    validateName(this, name);
    const provider = props.provider ?? GrafanaContentProvider._ofStack(this);
    const account = provider._resource(new Construct(this, 'ServiceAccount'), 'ServiceAccount', workspace, {
      Name: name,
      Role: props.role,
    });
    this.serviceAccountName = account.getAttString('Name');
    this.secret = emptySecret(this, props);

    const { function: rotation, role } = new HandlerFunction(this, 'Rotation', {
      bundle: 'grafana-token',
      description: `Replaces a token of Amazon Managed Grafana before it expires (${this.node.path})`.slice(0, 256),
      network: provider._network,
      environment: {
        WORKSPACE_ID: workspace.workspaceId,
        WORKSPACE_REGION: workspace.env.region,
        SERVICE_ACCOUNT: this.serviceAccountName,
        SECRET_ARN: this.secret.secretArn,
        ROTATE_AFTER: `${rotateAfter}`,
      },
    });
    allowRotation(role, workspace.workspaceArn, this.secret);
    this.encryptionKey = encryptionKey;
    this.grantKey(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    new events.Rule(this, 'Schedule', {
      description: 'Looks after a token of Amazon Managed Grafana',
      schedule: events.Schedule.rate(Duration.hours(12)),
      targets: [new targets.LambdaFunction(rotation, { retryAttempts: 2 })],
    });

    const mayInvoke = new iam.PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [rotation.functionArn],
    });
    provider._resource(
      this,
      'RotatedToken',
      workspace,
      { Function: rotation.functionName, ServiceAccount: this.serviceAccountName, RotateAfter: `${rotateAfter}` },
      undefined,
      [provider._policy(`Invoke${this.node.addr.slice(-8)}`, mayInvoke), role],
    );
    const { failed, missed } = rotationAlarms(this, rotation, props.alarmActions ?? []);
    this.rotationFailedAlarm = failed;
    this.rotationMissedAlarm = missed;
  }

  /**
   * Lets the grantee read the secret: `secretsmanager:GetSecretValue` and `DescribeSecret` on it, and `kms:Decrypt` on
   * its key by way of Secrets Manager. That is what External Secrets needs.
   *
   * @param grantee who may read
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const grant = this.secret.grantRead(grantee);
    const onKey = this.grantKey(grantee, 'kms:Decrypt');
    return onKey ? grant.combine(onKey) : grant;
  }

  /** By the policy of the grantee, too: that of an imported key cannot be changed here. */
  private grantKey(grantee: iam.IGrantable, ...actions: string[]): iam.Grant | undefined {
    const service = `secretsmanager.${this.secret.env.region}.amazonaws.com`;
    return (
      this.encryptionKey &&
      iam.Grant.addToPrincipal({
        grantee,
        actions,
        resourceArns: [this.encryptionKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': service } },
      })
    );
  }
}

/** Without a value: the first one is a token that works, not a placeholder that looks like one. */
function emptySecret(scope: Construct, props: GrafanaServiceAccountTokenProps): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, 'Secret', {
    secretName: props.secretName,
    description: 'Token of a service account of Amazon Managed Grafana; a function keeps it valid',
    encryptionKey: props.encryptionKey,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
  });
  (secret.node.defaultChild as secretsmanager.CfnSecret).generateSecretString = undefined;
  return secret;
}

/** IAM knows workspaces, not the service accounts in them: the function keeps to its own by itself. */
function allowRotation(role: iam.Role, workspaceArn: string, secret: secretsmanager.ISecret): void {
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: [
        'grafana:CreateWorkspaceServiceAccountToken',
        'grafana:DeleteWorkspaceServiceAccountToken',
        'grafana:DescribeWorkspace',
        'grafana:ListWorkspaceServiceAccounts',
        'grafana:ListWorkspaceServiceAccountTokens',
      ],
      resources: [workspaceArn],
    }),
  );
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      resources: [secret.secretArn],
    }),
  );
}

function rotateAfterOf(scope: Construct, rotateAfter: Duration = Duration.days(20)): number {
  const mend = 'A token lives for 30 days; some of them must be left to mend what fails.';
  const seconds = wholeSeconds(scope, 'rotateAfter', rotateAfter, mend);
  if (!Token.isUnresolved(seconds) && (seconds < DAY || seconds > 27 * DAY)) {
    throw invalidProp(scope, { prop: 'rotateAfter', got: rotateAfter.toString(), allowed: '1 to 27 days', mend });
  }
  return seconds;
}

function validateName(scope: Construct, name: string): void {
  if (!Token.isUnresolved(name) && !/^[\w.-]{1,64}$/.test(name)) {
    throw invalidProp(scope, {
      prop: 'serviceAccountName',
      got: name,
      allowed: '1 to 64 letters, digits or any of . _ -',
      mend: 'The role and a hash are added to it, so that no other stack has the same.',
    });
  }
}

import { Annotations, ArnFormat, type IResource, RemovalPolicy, Resource, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { dnsSuffix, formatArn } from '../private/region';

/**
 * A log group of Amazon CloudWatch Logs that a log collector in a cluster writes to.
 */
export interface IContainerLogGroup extends IResource {
  /** The log group itself, for whatever reads it. */
  readonly logGroup: logs.ILogGroup;

  /**
   * Name of the log group.
   *
   * @attribute
   */
  readonly logGroupName: string;

  /**
   * ARN of the log group, with `:*` at the end: the form that covers the group and its streams in a policy.
   *
   * @attribute
   */
  readonly logGroupArn: string;

  /**
   * Lets the grantee make streams in this group and write to them: `logs:CreateLogStream` and `logs:PutLogEvents`.
   *
   * That is what Fluent Bit needs for a group that exists. It is not enough for a collector that is told to create the
   * group or to set its retention: this construct has done both, so switch that off (`auto_create_group false`).
   *
   * @param grantee who may write
   */
  grantWriteStreams(grantee: iam.IGrantable): iam.Grant;
}

/**
 * Properties of a `ContainerLogGroup`.
 */
export interface ContainerLogGroupProps {
  /**
   * Name of the log group: 1 to 512 letters, digits or any of `. - _ / #`.
   *
   * @default - CloudFormation makes one up
   */
  readonly logGroupName?: string;

  /**
   * How long log events are kept.
   *
   * The default is shorter than the two years of `logs.LogGroup`: storage of what containers print is paid for by the
   * month, and is seldom read after a few weeks.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Class of the group. It cannot be changed later. INFREQUENT_ACCESS costs less to write to and lacks metric filters, Live
   * Tail, subscriptions and the like; Logs Insights, and so Grafana, can query both. DELIVERY is refused: such a group
   * passes events on instead of keeping them.
   *
   * @default logs.LogGroupClass.STANDARD
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
   */
  readonly logGroupClass?: logs.LogGroupClass;

  /**
   * Whether CloudWatch Logs refuses to delete the group until this is switched off, whoever asks.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * Key that CloudWatch Logs encrypts the group with. Its key policy is extended so that the service may use the key,
   * for this log group only (for all log groups of the account and region when the group has no given name). The policy
   * of an imported key cannot be extended; a warning says what it must allow.
   *
   * @default - encrypted with a key that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the group, and with it to all logs, when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * What must be known of a log group that exists.
 */
export interface ContainerLogGroupAttributes {
  /** Name of the log group. */
  readonly logGroupName: string;

  /**
   * Region of the log group.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Account of the log group.
   *
   * @default - the account of the stack
   */
  readonly account?: string;
}

/** What a log group has, whether it is made here or exists. */
abstract class ContainerLogGroupBase extends Resource implements IContainerLogGroup {
  public abstract readonly logGroup: logs.ILogGroup;

  public get logGroupName(): string {
    return this.logGroup.logGroupName;
  }

  public get logGroupArn(): string {
    return this.logGroup.logGroupArn;
  }

  public grantWriteStreams(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resourceArns: [this.logGroupArn],
    });
  }
}

class ExistingLogGroup extends ContainerLogGroupBase {
  public readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, attrs: ContainerLogGroupAttributes) {
    super(scope, id, { region: attrs.region, account: attrs.account });
    this.logGroup = logs.LogGroup.fromLogGroupArn(this, 'LogGroup', logGroupArn(this, attrs.logGroupName));
  }
}

/**
 * A log group for what containers print, owned by this stack: kept for a month, and not deleted with the stack.
 *
 * @resource AWS::Logs::LogGroup
 *
 * @example
 * declare const fluentBit: IServiceAccountRole;
 *
 * const logGroup = new ContainerLogGroup(this, 'Logs', { logGroupName: '/eks/tictactoe' });
 * logGroup.grantWriteStreams(fluentBit);
 */
export class ContainerLogGroup extends ContainerLogGroupBase {
  /**
   * A log group that exists, by its name. Region and account default to those of the stack.
   *
   * @param scope the construct to add it to
   * @param id construct id
   * @param attrs name of the group, and where it is
   */
  public static fromContainerLogGroupAttributes(
    scope: Construct,
    id: string,
    attrs: ContainerLogGroupAttributes,
  ): IContainerLogGroup {
    validateLogGroupName(scope, attrs.logGroupName);
    return new ExistingLogGroup(scope, id, attrs);
  }

  public readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: ContainerLogGroupProps = {}) {
    super(scope, id);
    validateLogGroupName(this, props.logGroupName);
    validateClass(this, props.logGroupClass);

    this.logGroup = new logs.LogGroup(this, 'Resource', {
      logGroupName: props.logGroupName,
      retention: props.retention ?? logs.RetentionDays.ONE_MONTH,
      logGroupClass: props.logGroupClass,
      deletionProtectionEnabled: props.deletionProtection,
      encryptionKey: props.encryptionKey,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    if (props.encryptionKey) {
      this.grantKeyToService(props.encryptionKey, props.logGroupName);
    }
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
  private grantKeyToService(key: kms.IKey, logGroupName: string | undefined): void {
    const { region } = this.env;
    // The name as it was given: an attribute of the group would make key and group wait for each other.
    const encryptedArn = logGroupArn(this, logGroupName ?? '*');
    const service = `logs.${region}.${dnsSuffix(this.stack, region)}`;
    const { statementAdded } = key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        resources: ['*'],
        principals: [new iam.ServicePrincipal(service)],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': encryptedArn } },
      }),
      true,
    );
    if (!statementAdded) {
      Annotations.of(this).addWarningV2(
        '@eks-sightline/constructs:logs.keyPolicyNotExtended',
        `The policy of the imported key cannot be extended. It must let ${service} use the key, with ` +
          `kms:EncryptionContext:aws:logs:arn like ${encryptedArn}; otherwise the log group cannot be created.`,
      );
    }
  }
}

/** ARN without the `:*` at the end. */
function logGroupArn(scope: Resource, logGroupName: string): string {
  return formatArn(scope, {
    service: 'logs',
    region: scope.env.region,
    account: scope.env.account,
    resource: 'log-group',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: logGroupName,
  });
}

function validateLogGroupName(scope: Construct, logGroupName: string | undefined): void {
  if (logGroupName === undefined || Token.isUnresolved(logGroupName)) {
    return;
  }
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName) || logGroupName.startsWith('aws/')) {
    throw invalidProp(scope, {
      prop: 'logGroupName',
      got: logGroupName,
      allowed: '1 to 512 letters, digits or any of . - _ / #, and must not start with aws/',
      mend: 'Give the name alone, without ARN, wildcard or stream.',
    });
  }
}

/** A collector would write into a group from which nobody can read. */
function validateClass(scope: Construct, logGroupClass: logs.LogGroupClass | undefined): void {
  // By its text: older versions of the CDK that this library works with do not know that class, and have undefined for it.
  if (String(logGroupClass) === 'DELIVERY') {
    throw invalidProp(scope, {
      prop: 'logGroupClass',
      got: logGroupClass,
      allowed: 'STANDARD or INFREQUENT_ACCESS',
      mend: 'A group of class DELIVERY passes events on instead of keeping them, so nothing could be queried.',
    });
  }
}

import { Annotations, ArnFormat, RemovalPolicy, Resource, Stack, Token } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { warnWhereUnavailable } from '../private/availability';
import { invalidProp } from '../private/errors';
import { dnsSuffix, formatArn } from '../private/region';
import type { IPrometheusAccess } from './access';
import {
  INGEST_ACTIONS,
  QUERY_ACTIONS,
  QUERY_KEY_ACTIONS,
  REMOTE_WRITE_ACTIONS,
  REMOTE_WRITE_KEY_ACTIONS,
} from './actions';
import { type PrometheusWorkspaceTagAttributes, TaggedWorkspaces } from './tagged-workspaces';
import {
  overrideNewerConfiguration,
  validateAlias,
  validateQueryLogging,
  workspaceConfiguration,
} from './workspace-configuration';
import type { PrometheusWorkspaceProps } from './workspace-props';
import type { IPrometheusWorkspace, PrometheusWorkspaceAttributes } from './workspace-types';

/** What every workspace has that is known by its id, whether it is made here or exists. */
abstract class PrometheusWorkspaceBase extends Resource implements IPrometheusWorkspace {
  public abstract readonly workspaceId: string;
  public abstract readonly workspaceArn: string;
  public abstract readonly encryptionKey?: kms.IKey;

  public get workspaceRef(): aps.WorkspaceReference {
    return { workspaceArn: this.workspaceArn };
  }

  public get endpointUrl(): string {
    const { region } = this.env;
    return `https://aps-workspaces.${region}.${dnsSuffix(this.stack, region)}/workspaces/${this.workspaceId}`;
  }

  public get remoteWriteUrl(): string {
    return `${this.endpointUrl}/api/v1/remote_write`;
  }

  public get queryUrl(): string {
    return `${this.endpointUrl}/api/v1/query`;
  }

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.workspaceArn] });
  }

  public grantRemoteWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grantData(grantee, REMOTE_WRITE_ACTIONS, REMOTE_WRITE_KEY_ACTIONS);
  }

  public grantIngest(grantee: iam.IGrantable): iam.Grant {
    return this.grantData(grantee, INGEST_ACTIONS, REMOTE_WRITE_KEY_ACTIONS);
  }

  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return this.grantData(grantee, QUERY_ACTIONS, QUERY_KEY_ACTIONS);
  }

  public abstract addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;

  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metricWith('AWS/Prometheus', metricName, { Workspace: this.workspaceId }, options);
  }

  public metricResourceCount(resource: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const dimensions = {
      Service: 'Prometheus',
      Type: 'Resource',
      Class: 'None',
      Resource: resource,
      ResourceId: this.workspaceId,
    };
    return this.metricWith('AWS/Usage', 'ResourceCount', dimensions, { statistic: 'Maximum', ...options });
  }

  public metricActiveSeries(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricResourceCount('ActiveSeries', options);
  }

  public metricIngestionRate(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metricResourceCount('IngestionRate', options);
  }

  public metricDiscardedSamples(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return this.sumOf('DiscardedSamples', options);
  }

  public metricRuleEvaluationFailures(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return this.sumOf('RuleEvaluationFailures', options);
  }

  public metricNotificationsFailed(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('AlertManagerNotificationsFailed', { statistic: 'Sum', ...options });
  }

  private metricWith(
    namespace: string,
    metricName: string,
    dimensionsMap: Record<string, string>,
    options: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    const { account, region } = this.env;
    return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, account, region, ...options });
  }

  /** The sum over all other dimensions of the metric, whose names and values need not be known. */
  private sumOf(metricName: string, options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    return new cloudwatch.MathExpression({
      label: metricName,
      ...options,
      expression: `SELECT SUM(${metricName}) FROM "AWS/Prometheus" WHERE Workspace = '${this.workspaceId}'`,
    });
  }

  /** Of the actions that the policy of a workspace may allow, so that it serves a grantee of another account as well. */
  private grantData(grantee: iam.IGrantable, actions: string[], keyActions: string[]): iam.Grant {
    const onWorkspace = iam.Grant.addToPrincipalOrResource({
      grantee,
      actions,
      resourceArns: [this.workspaceArn],
      resource: this,
    });
    const key = this.encryptionKey;
    if (key === undefined) {
      return onWorkspace;
    }
    return onWorkspace.combine(
      iam.Grant.addToPrincipalOrResource({
        grantee,
        actions: keyActions,
        resourceArns: [key.keyArn],
        resource: key,
        resourceSelfArns: ['*'],
        conditions: { StringEquals: { 'kms:ViaService': this.serviceOfKey } },
      }),
    );
  }

  /** How AWS KMS names AMP when it acts for a caller. */
  protected get serviceOfKey(): string {
    const { region } = this.env;
    return `aps.${region}.${dnsSuffix(this.stack, region)}`;
  }
}

/** A workspace that is not made here. */
class ExistingWorkspace extends PrometheusWorkspaceBase {
  public readonly workspaceId: string;
  public readonly workspaceArn: string;
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, attrs: PrometheusWorkspaceAttributes, workspaceArn?: string) {
    super(scope, id, { region: attrs.region, account: attrs.account });
    this.workspaceId = attrs.workspaceId;
    this.encryptionKey = attrs.encryptionKey;
    this.workspaceArn =
      workspaceArn ??
      formatArn(this, {
        service: 'aps',
        region: this.env.region,
        account: this.env.account,
        resource: 'workspace',
        resourceName: attrs.workspaceId,
      });
  }

  /** A workspace has one policy: one written here would replace what its owner wrote. */
  public addToResourcePolicy(_statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    return { statementAdded: false };
  }
}

/**
 * A workspace of Amazon Managed Service for Prometheus, owned by this stack.
 *
 * Tag it as any resource of the CDK: `Tags.of(workspace).add('team', 'platform')`.
 *
 * @resource AWS::APS::Workspace
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/what-is-Amazon-Managed-Service-Prometheus.html
 *
 * @example
 * declare const writer: iam.IRole;
 *
 * const metrics = new PrometheusWorkspace(this, 'Metrics', {
 *   alias: 'eks-metrics',
 *   retentionPeriod: Duration.days(90),
 * });
 * metrics.grantRemoteWrite(writer);
 */
export class PrometheusWorkspace extends PrometheusWorkspaceBase {
  /**
   * A workspace that exists, by its id. Region and account default to those of the stack; when the region is known,
   * the URLs are plain text and can be written into a manifest.
   *
   * @param scope the construct to add it to
   * @param id construct id
   * @param attrs id of the workspace, and where it is
   */
  public static fromWorkspaceAttributes(
    scope: Construct,
    id: string,
    attrs: PrometheusWorkspaceAttributes,
  ): IPrometheusWorkspace {
    validateWorkspaceId(scope, attrs.workspaceId);

    return new ExistingWorkspace(scope, id, attrs);
  }

  /**
   * A workspace that exists, by its ARN; region and account are those of the ARN.
   *
   * @param scope the construct to add it to
   * @param id construct id
   * @param workspaceArn `arn:<partition>:aps:<region>:<account>:workspace/<id>`
   */
  public static fromWorkspaceArn(scope: Construct, id: string, workspaceArn: string): IPrometheusWorkspace {
    if (!Token.isUnresolved(workspaceArn) && !/^arn:[^:]+:aps:[^:]+:\d{12}:workspace\/[^/:]+$/.test(workspaceArn)) {
      throw invalidProp(scope, {
        prop: 'workspaceArn',
        got: workspaceArn,
        allowed: 'arn:<partition>:aps:<region>:<account>:workspace/<id>',
        mend: 'If you have the id, use fromWorkspaceAttributes.',
      });
    }
    const { resourceName, region, account } = Stack.of(scope).splitArn(workspaceArn, ArnFormat.SLASH_RESOURCE_NAME);
    return new ExistingWorkspace(scope, id, { workspaceId: resourceName ?? '', region, account }, workspaceArn);
  }

  /**
   * The workspaces of one account and region that bear given tags: for a workspace that another tool makes, such as the
   * ACK controller, whose id nobody knows when the templates are synthesized.
   *
   * The grants name `workspace/*` of that account and region, with the condition that `aws:ResourceTag/<key>` equals
   * the value for every tag. So whoever may tag workspaces can widen them: give a tag that only the owner sets, and one
   * value per cluster. Id and URLs are unknown, so what comes back has grants only.
   *
   * @param scope the construct to add it to
   * @param id construct id
   * @param attrs the tags, and where the workspace is
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedserviceforprometheus.html
   */
  public static fromWorkspaceTags(
    scope: Construct,
    id: string,
    attrs: PrometheusWorkspaceTagAttributes,
  ): IPrometheusAccess {
    return new TaggedWorkspaces(scope, id, attrs);
  }

  public readonly workspaceId: string;
  public readonly workspaceArn: string;
  public readonly encryptionKey?: kms.IKey;

  private policy?: iam.PolicyDocument;

  constructor(scope: Construct, id: string, props: PrometheusWorkspaceProps = {}) {
    super(scope, id);
    validateAlias(this, props.alias);
    validateQueryLogging(this, props);
    warnWhereUnavailable(this, 'AWS::APS::Workspace');
    this.encryptionKey = props.encryptionKey;

    const resource = new aps.CfnWorkspace(this, 'Resource', {
      alias: props.alias,
      kmsKeyArn: props.encryptionKey?.keyArn,
      loggingConfiguration: props.alertingLogGroup && { logGroupArn: props.alertingLogGroup.logGroupArn },
      queryLoggingConfiguration: props.queryLogGroup && {
        destinations: [
          {
            cloudWatchLogs: { logGroupArn: props.queryLogGroup.logGroupArn },
            filters: { qspThreshold: props.queryLogThreshold ?? 0 },
          },
        ],
      },
      workspaceConfiguration: workspaceConfiguration(this, props),
    });
    overrideNewerConfiguration(this, resource, props);
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);

    this.workspaceId = resource.attrWorkspaceId;
    this.workspaceArn = resource.attrArn;
    if (props.encryptionKey) {
      this.letServiceUse(props.encryptionKey);
    }
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    if (this.policy === undefined) {
      const document = new iam.PolicyDocument();
      new aps.CfnResourcePolicy(this, 'Policy', {
        workspaceArn: this.workspaceArn,
        policyDocument: this.stack.toJsonString(document),
      });
      this.node.addValidation({ validate: () => document.validateForResourcePolicy() });
      this.policy = document;
    }
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.node.findChild('Policy') };
  }

  /** Whoever makes the workspace has AMP make three grants on the key; what is encrypted is then up to those. */
  private letServiceUse(key: kms.IKey): void {
    const service = this.serviceOfKey;
    const { account } = this.env;
    const { statementAdded } = key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:CreateGrant', 'kms:DescribeKey'],
        resources: ['*'],
        principals: [new iam.AnyPrincipal()],
        conditions: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': service } },
      }),
      true,
    );
    if (!statementAdded) {
      Annotations.of(this).addWarningV2(
        '@eks-sightline/constructs:prometheus.keyPolicyNotExtended',
        `The policy of the imported key cannot be extended. It must allow kms:CreateGrant and kms:DescribeKey with ` +
          `kms:ViaService ${service} to whoever makes the workspace; otherwise the workspace cannot be created.`,
      );
    }
  }
}

function validateWorkspaceId(scope: Construct, workspaceId: string): void {
  // The service's own pattern for workspace ids; it shuts out what is mistaken for an id: ARNs and URLs.
  if (!Token.isUnresolved(workspaceId) && !/^[0-9A-Za-z][-.0-9A-Z_a-z]{0,63}$/.test(workspaceId)) {
    throw invalidProp(scope, {
      prop: 'workspaceId',
      got: workspaceId,
      allowed: 'the id of a workspace, such as ws-12345678-1234-1234-1234-123456789012',
      mend: 'If you have the ARN, use fromWorkspaceArn.',
    });
  }
}

import { ArnFormat, type Duration, RemovalPolicy, Resource, Stack, Token } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { dnsSuffix, formatArn } from '../private/region';
import type { IPrometheusAccess } from './access';
import { QUERY_ACTIONS, REMOTE_WRITE_ACTIONS } from './actions';
import { type PrometheusWorkspaceTagAttributes, TaggedWorkspaces } from './tagged-workspaces';

/**
 * A workspace of Amazon Managed Service for Prometheus (AMP).
 */
export interface IPrometheusWorkspace extends IPrometheusAccess, aps.IWorkspaceRef {
  /**
   * Id of the workspace: `ws-` and a UUID.
   *
   * @attribute
   */
  readonly workspaceId: string;

  /**
   * ARN of the workspace: `arn:<partition>:aps:<region>:<account>:workspace/<id>`.
   *
   * @attribute
   */
  readonly workspaceArn: string;

  /**
   * Base URL of the workspace, without a slash at the end. It is what a Grafana data source wants as `url`:
   * `https://aps-workspaces.<region>.<DNS suffix>/workspaces/<id>`.
   *
   * Built from region and id, not from the attribute `PrometheusEndpoint`, about whose ending AWS's documentation and
   * what AWS returns do not agree. Plain text when region and id are known at synth.
   */
  readonly endpointUrl: string;

  /**
   * URL to which collectors send samples, signed with SigV4 for service `aps`: `<endpointUrl>/api/v1/remote_write`.
   */
  readonly remoteWriteUrl: string;

  /**
   * URL of instant queries, signed with SigV4 for service `aps`: `<endpointUrl>/api/v1/query`.
   */
  readonly queryUrl: string;

  /**
   * Grants any actions of service `aps` on this workspace, and on nothing else.
   *
   * @param grantee who may
   * @param actions such as `aps:DescribeWorkspace`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;
}

/**
 * Properties of a `PrometheusWorkspace`.
 */
export interface PrometheusWorkspaceProps {
  /**
   * A name by which people find the workspace; need not be unique. 1 to 100 characters.
   *
   * @default - the workspace has no alias
   */
  readonly alias?: string;

  /**
   * How long samples are kept: whole days, 1 to 1095 (three years).
   *
   * @default - the service's default, 150 days
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-workspace-configuration.html
   */
  readonly retentionPeriod?: Duration;

  /**
   * What happens to the workspace, and with it to all samples, when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * What must be known of a workspace that exists.
 */
export interface PrometheusWorkspaceAttributes {
  /**
   * Id of the workspace: `ws-` and a UUID. Not its ARN, alias or URL.
   */
  readonly workspaceId: string;

  /**
   * Region of the workspace.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Account of the workspace.
   *
   * @default - the account of the stack
   */
  readonly account?: string;
}

/** What every workspace has that is known by its id, whether it is made here or exists. */
abstract class PrometheusWorkspaceBase extends Resource implements IPrometheusWorkspace {
  public abstract readonly workspaceId: string;
  public abstract readonly workspaceArn: string;

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
    return this.grant(grantee, ...REMOTE_WRITE_ACTIONS);
  }

  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...QUERY_ACTIONS);
  }
}

class ExistingWorkspace extends PrometheusWorkspaceBase {
  public readonly workspaceId: string;
  public readonly workspaceArn: string;

  constructor(scope: Construct, id: string, attrs: PrometheusWorkspaceAttributes, workspaceArn?: string) {
    super(scope, id, { region: attrs.region, account: attrs.account });
    this.workspaceId = attrs.workspaceId;
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

  constructor(scope: Construct, id: string, props: PrometheusWorkspaceProps = {}) {
    super(scope, id);
    validateAlias(this, props.alias);

    const resource = new aps.CfnWorkspace(this, 'Resource', {
      alias: props.alias,
      workspaceConfiguration: props.retentionPeriod && {
        retentionPeriodInDays: retentionDays(this, props.retentionPeriod),
      },
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);

    this.workspaceId = resource.attrWorkspaceId;
    this.workspaceArn = resource.attrArn;
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

function validateAlias(scope: Construct, alias: string | undefined): void {
  if (alias !== undefined && !Token.isUnresolved(alias) && (alias.length < 1 || alias.length > 100)) {
    throw invalidProp(scope, {
      prop: 'alias',
      got: alias,
      allowed: `1 to 100 characters (it has ${alias.length})`,
      mend: 'Shorten it, or leave it out for a workspace without an alias.',
    });
  }
}

function retentionDays(scope: Construct, retention: Duration): number {
  if (retention.isUnresolved()) {
    return retention.toDays();
  }
  const days = retention.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > 1095) {
    throw invalidProp(scope, {
      prop: 'retentionPeriod',
      got: retention.toHumanString(),
      allowed: 'a whole number of days from 1 to 1095',
      mend: 'Use Duration.days(n); leave it out for the default of 150 days.',
    });
  }
  return days;
}

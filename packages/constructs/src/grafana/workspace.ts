import { type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import * as grafana from 'aws-cdk-lib/aws-grafana';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { dnsSuffix, formatArn } from '../private/region';
import { validateRoleName } from '../private/role-name';
import type { IPrometheusAccess } from '../prometheus';
import { GrafanaAuthenticationProvider, type GrafanaDataSource, GrafanaPermissionType } from './enums';
import { grantReadLogs, grantReadMetrics } from './grants';

/**
 * A workspace of Amazon Managed Grafana (AMG). As a grantee it stands for the role that its data sources read with.
 */
export interface IGrafanaWorkspace extends IResource, iam.IGrantable, grafana.IWorkspaceRef {
  /**
   * Id of the workspace: `g-` and hexadecimal digits.
   *
   * @attribute
   */
  readonly workspaceId: string;

  /**
   * ARN of the workspace: `arn:<partition>:grafana:<region>:<account>:/workspaces/<id>`.
   *
   * @attribute
   */
  readonly workspaceArn: string;

  /**
   * Host name of the workspace, without a scheme: `<id>.grafana-workspace.<region>.<DNS suffix>`.
   *
   * @attribute
   */
  readonly workspaceEndpoint: string;

  /** Where people and provisioners reach the workspace: `https://` and its host name. */
  readonly workspaceUrl: string;

  /**
   * Lets the workspace query a Prometheus workspace: what `IPrometheusAccess.grantQuery` grants.
   *
   * @param prometheus the workspace, or the workspaces that bear given tags
   */
  grantQueryPrometheus(prometheus: IPrometheusAccess): iam.Grant;

  /**
   * Lets the workspace read one log group through a CloudWatch data source.
   *
   * On the group and its streams: `logs:StartQuery`, `logs:GetQueryResults`, `logs:GetLogGroupFields`,
   * `logs:GetLogEvents`. On everything, because AWS supports no resource for them: `logs:DescribeLogGroups` (the names
   * of all log groups become visible in Grafana's menus, their content does not) and `logs:StopQuery`.
   *
   * The health check of the data source reads metrics too: without `grantReadMetrics` it reports a failure, though logs
   * can be queried.
   *
   * @param logGroup the group to read
   */
  grantReadLogs(logGroup: ILogGroup): iam.Grant;

  /**
   * Lets the workspace read CloudWatch metrics: `cloudwatch:ListMetrics` and `cloudwatch:GetMetricData`.
   *
   * AWS does not let them be scoped to a namespace or metric: the workspace can read all metrics of its account and
   * region.
   */
  grantReadMetrics(): iam.Grant;
}

/**
 * Properties of a `GrafanaWorkspace`.
 */
export interface GrafanaWorkspaceProps {
  /**
   * Name of the workspace; need not be unique. 1 to 255 letters, digits or any of `- . _ ~`.
   *
   * @default - the workspace has no name
   */
  readonly workspaceName?: string;

  /**
   * Description of the workspace.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * How people log in.
   *
   * @default [GrafanaAuthenticationProvider.AWS_SSO]
   */
  readonly authenticationProviders?: GrafanaAuthenticationProvider[];

  /**
   * AWS data sources that the workspace lists. It is a label and grants nothing: Grafana reads a source only after a
   * grant (`grantQueryPrometheus`, `grantReadLogs`, …), and only once a data source is set up inside Grafana.
   *
   * @default - none
   */
  readonly dataSources?: GrafanaDataSource[];

  /**
   * Who makes the role and the permissions of the workspace.
   *
   * Amazon Managed Grafana manages them only for workspaces that are made in its console. One that is made by
   * CloudFormation (or by the API) has the role that it is given, whatever is said here, so the default says what is
   * true. Set the other value only to match a workspace that already has it.
   *
   * @default GrafanaPermissionType.CUSTOMER_MANAGED
   * @see https://docs.aws.amazon.com/grafana/latest/userguide/AMG-manage-permissions.html
   */
  readonly permissionType?: GrafanaPermissionType;

  /**
   * Version of Grafana, such as `10.4`. `ListVersions` of the service tells which are on offer. It can only go up.
   *
   * @default - the newest version when the workspace is made; left alone later
   */
  readonly grafanaVersion?: string;

  /**
   * The role that the workspace reads its data sources with. It must trust `grafana.amazonaws.com`.
   *
   * @default - a role is made, which Amazon Managed Grafana may assume for workspaces of this account and region
   */
  readonly role?: iam.IRole;

  /**
   * Name of the role that is made. Not together with `role`.
   *
   * @default - CloudFormation makes one up
   */
  readonly roleName?: string;
}

/**
 * What must be known of a workspace that exists.
 */
export interface GrafanaWorkspaceAttributes {
  /** Id of the workspace: `g-` and hexadecimal digits. */
  readonly workspaceId: string;

  /**
   * The role that the workspace reads its data sources with.
   *
   * @default - unknown: what is granted becomes a warning that says which statement its role needs
   */
  readonly role?: iam.IRole;

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

/** What a Grafana workspace has, whether it is made here or exists. */
abstract class GrafanaWorkspaceBase extends Resource implements IGrafanaWorkspace {
  public abstract readonly workspaceId: string;
  public abstract readonly workspaceEndpoint: string;
  public abstract readonly grantPrincipal: iam.IPrincipal;

  public get workspaceArn(): string {
    return formatArn(this, {
      service: 'grafana',
      region: this.env.region,
      account: this.env.account,
      // With a slash before it, unlike the ARNs of most services.
      resource: '/workspaces',
      resourceName: this.workspaceId,
    });
  }

  public get workspaceUrl(): string {
    return `https://${this.workspaceEndpoint}`;
  }

  public get workspaceRef(): grafana.WorkspaceReference {
    return { workspaceId: this.workspaceId };
  }

  public grantQueryPrometheus(prometheus: IPrometheusAccess): iam.Grant {
    return prometheus.grantQuery(this);
  }

  public grantReadLogs(logGroup: ILogGroup): iam.Grant {
    return grantReadLogs(this, logGroup);
  }

  public grantReadMetrics(): iam.Grant {
    return grantReadMetrics(this);
  }
}

class ExistingWorkspace extends GrafanaWorkspaceBase {
  public readonly workspaceId: string;
  public readonly workspaceEndpoint: string;
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, attrs: GrafanaWorkspaceAttributes) {
    super(scope, id, { region: attrs.region, account: attrs.account });
    const { region } = this.env;
    this.workspaceId = attrs.workspaceId;
    this.workspaceEndpoint = `${attrs.workspaceId}.grafana-workspace.${region}.${dnsSuffix(this.stack, region)}`;
    this.grantPrincipal = attrs.role ?? new iam.UnknownPrincipal({ resource: this });
  }
}

/**
 * A workspace of Amazon Managed Grafana for the data of this account, owned by this stack, and the role that it reads
 * with.
 *
 * Without grants it reads nothing. Data sources, dashboards and who may log in are set up inside Grafana: CloudFormation
 * has no types for them.
 *
 * @resource AWS::Grafana::Workspace
 * @see https://docs.aws.amazon.com/grafana/latest/userguide/what-is-Amazon-Managed-Service-Grafana.html
 *
 * @example
 * declare const metrics: IPrometheusWorkspace;
 * declare const containerLogs: IContainerLogGroup;
 *
 * const grafana = new GrafanaWorkspace(this, 'Grafana', {
 *   workspaceName: 'tictactoe-grafana',
 *   dataSources: [GrafanaDataSource.PROMETHEUS, GrafanaDataSource.CLOUDWATCH],
 * });
 * grafana.grantQueryPrometheus(metrics);
 * grafana.grantReadLogs(containerLogs.logGroup);
 * grafana.grantReadMetrics();
 */
export class GrafanaWorkspace extends GrafanaWorkspaceBase {
  /**
   * A workspace that exists, by its id. Region and account default to those of the stack.
   *
   * @param scope the construct to add it to
   * @param id construct id
   * @param attrs id of the workspace, where it is and as which role it reads
   */
  public static fromWorkspaceAttributes(
    scope: Construct,
    id: string,
    attrs: GrafanaWorkspaceAttributes,
  ): IGrafanaWorkspace {
    if (!Token.isUnresolved(attrs.workspaceId) && !/^g-[0-9a-f]{10}$/.test(attrs.workspaceId)) {
      throw invalidProp(scope, {
        prop: 'workspaceId',
        got: attrs.workspaceId,
        allowed: 'g- and ten hexadecimal digits',
        mend: 'It is the first part of the host name of the workspace; give it without ARN, host name or URL.',
      });
    }
    return new ExistingWorkspace(scope, id, attrs);
  }

  public readonly workspaceId: string;
  public readonly workspaceEndpoint: string;
  /** The role that the workspace reads its data sources with: the one that was given, or the one that was made. */
  public readonly role: iam.IRole;
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: GrafanaWorkspaceProps = {}) {
    super(scope, id);
    validateProps(this, props);

    this.role = props.role ?? this.makeRole(props.roleName);
    this.grantPrincipal = this.role;

    const resource = new grafana.CfnWorkspace(this, 'Resource', {
      accountAccessType: 'CURRENT_ACCOUNT',
      authenticationProviders: props.authenticationProviders ?? [GrafanaAuthenticationProvider.AWS_SSO],
      permissionType: props.permissionType ?? GrafanaPermissionType.CUSTOMER_MANAGED,
      dataSources: props.dataSources,
      description: props.description,
      grafanaVersion: props.grafanaVersion,
      name: props.workspaceName,
      roleArn: this.role.roleArn,
    });
    this.workspaceId = resource.attrId;
    this.workspaceEndpoint = resource.attrEndpoint;
  }

  /** The id in the source's ARN is a wildcard: the workspace has no id before it has a role. */
  private makeRole(roleName: string | undefined): iam.Role {
    const anyWorkspaceHere = formatArn(this, {
      service: 'grafana',
      resource: '/workspaces',
      resourceName: '*',
    });
    return new iam.Role(this, 'Role', {
      roleName,
      description: 'Amazon Managed Grafana reads its data sources with this role',
      assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          StringLike: { 'aws:SourceArn': anyWorkspaceHere },
        },
      }),
    });
  }
}

function validateProps(scope: Construct, props: GrafanaWorkspaceProps): void {
  const { workspaceName, authenticationProviders, role, roleName } = props;
  if (
    workspaceName !== undefined &&
    !Token.isUnresolved(workspaceName) &&
    !/^[a-zA-Z0-9\-._~]{1,255}$/.test(workspaceName)
  ) {
    throw invalidProp(scope, {
      prop: 'workspaceName',
      got: workspaceName,
      allowed: '1 to 255 letters, digits or any of - . _ ~',
      mend: 'Replace blanks and other characters by a hyphen.',
    });
  }
  if (authenticationProviders?.length === 0) {
    throw invalidProp(scope, {
      prop: 'authenticationProviders',
      got: authenticationProviders,
      allowed: 'at least one provider',
      mend: 'Leave it out for AWS IAM Identity Center: otherwise nobody could log in.',
    });
  }
  if (role !== undefined && roleName !== undefined) {
    throw invalidProp(scope, {
      prop: 'roleName',
      got: roleName,
      allowed: 'left out when role is given',
      mend: 'roleName names the role that is made; give one of the two.',
    });
  }
  validateRoleName(scope, 'roleName', roleName);
}

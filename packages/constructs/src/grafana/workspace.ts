import { Resource, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as grafana from 'aws-cdk-lib/aws-grafana';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { warnWhereUnavailable } from '../private/availability';
import { invalidProp } from '../private/errors';
import { dnsSuffix, formatArn } from '../private/region';
import type { IPrometheusAccess } from '../prometheus';
import { GrafanaPermissionType } from './enums';
import { grantReadLogs, grantReadMetrics } from './grants';
import { renderNetworkAccess, renderVpc, warnAboutRegion } from './network';
import { renderSaml } from './saml';
import { UnknownRole } from './unknown-role';
import type { GrafanaWorkspaceProps } from './workspace-props';
import type { GrafanaWorkspaceAttributes, IGrafanaWorkspace } from './workspace-types';
import { providersOf, validateProps } from './workspace-validation';

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
    this.grantPrincipal = attrs.role ?? new UnknownRole(this);
  }
}

/**
 * A workspace of Amazon Managed Grafana for the data of this account, owned by this stack, and the role that it reads
 * with.
 *
 * Without grants it reads nothing. Data sources, folders, dashboards and who may log in are inside of Grafana, where
 * CloudFormation does not reach: `GrafanaWorkspaceDataSource`, `GrafanaWorkspaceFolder`, `GrafanaWorkspaceDashboard` and
 * `GrafanaSsoAssignment` set them up.
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

  /** Security groups of the workspace in the VPC; data sources there must let them in. Empty without a VPC. */
  public readonly securityGroups: ec2.ISecurityGroup[];

  constructor(scope: Construct, id: string, props: GrafanaWorkspaceProps = {}) {
    super(scope, id);
    validateProps(this, props);
    warnWhereUnavailable(this, 'AWS::Grafana::Workspace');
    const { vpc, saml, networkAccess, notificationTopics = [] } = props;

    this.role = props.role ?? this.makeRole(props.roleName);
    this.grantPrincipal = this.role;
    this.securityGroups = vpc ? (props.securityGroups ?? [this.makeSecurityGroup(vpc)]) : [];

    const resource = new grafana.CfnWorkspace(this, 'Resource', {
      accountAccessType: 'CURRENT_ACCOUNT',
      authenticationProviders: providersOf(props),
      permissionType: props.permissionType ?? GrafanaPermissionType.CUSTOMER_MANAGED,
      dataSources: props.dataSources,
      description: props.description,
      grafanaVersion: props.grafanaVersion,
      name: props.workspaceName,
      roleArn: this.role.roleArn,
      samlConfiguration: saml && renderSaml(this, saml),
      pluginAdminEnabled: props.pluginAdmin,
      networkAccessControl: networkAccess && renderNetworkAccess(this, networkAccess),
      vpcConfiguration: vpc && renderVpc(this, vpc.selectSubnets(props.vpcSubnets), this.securityGroups),
      notificationDestinations: notificationTopics.length > 0 ? ['SNS'] : undefined,
    });
    this.workspaceId = resource.attrId;
    this.workspaceEndpoint = resource.attrEndpoint;
    for (const topic of notificationTopics) {
      topic.grantPublish(this);
      topic.masterKey?.grant(this, 'kms:Decrypt', 'kms:GenerateDataKey*');
    }
    if (vpc) {
      warnAboutRegion(this);
    }
  }

  private makeSecurityGroup(vpc: ec2.IVpc): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Amazon Managed Grafana reaches data sources in the VPC from here',
    });
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

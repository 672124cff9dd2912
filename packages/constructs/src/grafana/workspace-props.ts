import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { GrafanaAuthenticationProvider, GrafanaDataSource, GrafanaPermissionType } from './enums';
import type { GrafanaNetworkAccess } from './network';
import type { GrafanaSaml } from './saml';

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
   * @default - SAML if `saml` is given, otherwise AWS_SSO
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

  /**
   * How the workspace understands what a SAML identity provider says of somebody. Only with SAML among the
   * `authenticationProviders`.
   *
   * @default - with SAML, nobody can log in by it until it is set up
   */
  readonly saml?: GrafanaSaml;

  /**
   * Whether admins of the workspace may add and update plugins. Needs Grafana 9 or newer.
   *
   * @default - the service's default
   */
  readonly pluginAdmin?: boolean;

  /**
   * From where alone the workspace can be reached.
   *
   * @default - from everywhere
   */
  readonly networkAccess?: GrafanaNetworkAccess;

  /**
   * VPC with data sources that the workspace is to reach. Where AWS did not offer this in a region when its documentation
   * was read, there is a warning, which can be acknowledged.
   *
   * @default - it reaches what can be reached from the internet
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets from which the workspace reaches data sources: 2 to 6. Only with `vpc`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the workspace in the VPC: 1 to 5. Only with `vpc`.
   *
   * @default - one is made, which lets everything out
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Topics that alerts of Grafana are sent to. The role may publish to them; the contact points are set up inside Grafana.
   *
   * @default - none
   */
  readonly notificationTopics?: sns.ITopic[];
}

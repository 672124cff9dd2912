import { CustomResource, Names, type RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, type IDependable } from 'constructs';
import type { IGrafanaWorkspace } from '../grafana';
import { invalidProp } from '../private/errors';
import {
  acceptRoleDependency,
  type FunctionNetwork,
  functionLogs,
  functionRole,
  HandlerFunction,
} from './handler-function';
import { GrafanaRole } from './role';

/**
 * Properties of a `GrafanaContentProvider`.
 */
export interface GrafanaContentProviderProps {
  /**
   * VPC in which the functions run, for workspaces whose `networkAccess` lets in its endpoint alone.
   *
   * From there the functions must reach the endpoints `grafana`, `grafana-workspace`, `s3`, `secretsmanager` and
   * `lambda`, by VPC endpoints or a NAT gateway.
   *
   * @default - outside of any VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets of the functions. Only with `vpc`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the functions. Only with `vpc`.
   *
   * @default - one is made for each function
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** On the ARN of the workspace; what the handlers call to have a token of Grafana for some minutes. */
const CONTENT_ACTIONS = [
  'grafana:CreateWorkspaceServiceAccount',
  'grafana:CreateWorkspaceServiceAccountToken',
  'grafana:DeleteWorkspaceServiceAccount',
  'grafana:DeleteWorkspaceServiceAccountToken',
  'grafana:DescribeWorkspace',
  'grafana:ListWorkspaceServiceAccounts',
];

const PERMISSION_ACTIONS = ['grafana:DescribeWorkspace', 'grafana:ListPermissions', 'grafana:UpdatePermissions'];

/**
 * What Amazon Managed Grafana does in IAM Identity Center with the permissions of its caller, as in the managed policy
 * AWSGrafanaWorkspacePermissionManagementV2. These actions take no resource.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSGrafanaWorkspacePermissionManagementV2.html
 */
const IDENTITY_CENTER_ACTIONS = [
  'sso-directory:DescribeGroup',
  'sso-directory:DescribeUser',
  'sso:DescribeRegisteredRegions',
  'sso:GetManagedApplicationInstance',
  'sso:GetProfile',
  'sso:GetSharedSsoConfiguration',
  'sso:ListDirectoryAssociations',
  'sso:ListProfileAssociations',
  'sso:ListProfiles',
];

/**
 * Sets up what is inside of Grafana workspaces: a function, behind the provider framework of the CDK.
 *
 * A stack makes one by itself with the first `GrafanaWorkspaceFolder` or the like. Make one by hand for workspaces that
 * can be reached from a VPC alone, and give it as `provider`.
 *
 * It speaks to Grafana as a service account of its own in each workspace (role ADMIN, deleted with the last content),
 * by tokens that live for a quarter of an hour and are deleted after use. Amazon Managed Grafana bills an active
 * service account as a user.
 *
 * @see https://docs.aws.amazon.com/grafana/latest/userguide/using-service-accounts.html
 *
 * @example
 * declare const grafana: IGrafanaWorkspace;
 * declare const vpc: ec2.IVpc;
 *
 * const provider = new GrafanaContentProvider(this, 'Provider', { vpc });
 * new GrafanaWorkspaceFolder(this, 'Games', { workspace: grafana, provider, title: 'Games' });
 */
export class GrafanaContentProvider extends Construct {
  /**
   * The one that a stack has for itself.
   *
   * @internal
   */
  public static _ofStack(scope: Construct): GrafanaContentProvider {
    const stack = Stack.of(scope);
    const id = '@eks-sightline--GrafanaContentProvider';
    return (stack.node.tryFindChild(id) as GrafanaContentProvider) ?? new GrafanaContentProvider(stack, id);
  }

  /** The role of the function that does the work. Each workspace adds a policy of its own, on its ARN. */
  public readonly role: iam.IRole;

  /** The function that does the work. */
  public readonly handler: lambda.IFunction;

  private readonly serviceToken: string;
  private readonly network: FunctionNetwork;
  private readonly claims = new Map<string, string>();

  constructor(scope: Construct, id: string, props: GrafanaContentProviderProps = {}) {
    super(scope, id);
    const [prop] = [props.vpcSubnets && 'vpcSubnets', props.securityGroups && 'securityGroups'].filter(Boolean);
    if (props.vpc === undefined && prop !== undefined) {
      throw invalidProp(this, {
        prop,
        got: 'given',
        allowed: 'left out when vpc is',
        mend: 'Give the VPC from which the workspace can be reached as vpc.',
      });
    }
    this.network = { vpc: props.vpc, vpcSubnets: props.vpcSubnets, securityGroups: props.securityGroups };
    const { function: handler, role } = new HandlerFunction(this, 'Handler', {
      bundle: 'grafana-content',
      description: 'Sets up data sources, folders, dashboards and permissions in Amazon Managed Grafana',
      network: this.network,
    });
    this.handler = handler;
    this.role = role;
    const logGroup = functionLogs(this, 'FrameworkLogs');
    const framework = new Provider(this, 'Framework', {
      onEventHandler: handler,
      frameworkOnEventRole: functionRole(this, 'FrameworkRole', logGroup, {}),
      logGroup,
    });
    acceptRoleDependency(framework);
    this.serviceToken = framework.serviceToken;
  }

  /**
   * Where further functions that speak to the same workspaces run.
   *
   * @internal
   */
  public get _network(): FunctionNetwork {
    return this.network;
  }

  /**
   * A custom resource for something in a workspace. It comes after the policy that allows it, and goes before.
   *
   * @internal
   */
  public _resource(
    scope: Construct,
    kind: string,
    workspace: IGrafanaWorkspace,
    properties: Record<string, unknown>,
    removalPolicy?: RemovalPolicy,
    after: IDependable[] = [],
  ): CustomResource {
    validateAccount(scope, workspace);
    const resource = new CustomResource(scope, 'Resource', {
      serviceToken: this.serviceToken,
      resourceType: `Custom::Grafana${kind}`,
      properties: {
        Kind: kind,
        WorkspaceId: workspace.workspaceId,
        WorkspaceRegion: workspace.env.region,
        ...properties,
      },
      removalPolicy,
    });
    const access = kind === 'SsoAssignment' ? this.permissionAccess(workspace) : this.contentAccess(workspace);
    resource.node.addDependency(access, ...after);
    return resource;
  }

  /**
   * Name of the service account that contents of the workspace are made as.
   *
   * @internal
   */
  public _serviceAccount(workspace: IGrafanaWorkspace): string {
    const id = `ServiceAccount${keyOf(workspace)}`;
    const existing = this.node.tryFindChild(id);
    const scope = existing ?? new Construct(this, id);
    const resource =
      (scope.node.tryFindChild('Resource') as CustomResource | undefined) ??
      this._resource(scope as Construct, 'ServiceAccount', workspace, {
        Name: Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }).toLowerCase(),
        Role: GrafanaRole.ADMIN,
      });
    return resource.getAttString('Name');
  }

  /**
   * Refuses that two constructs of a stack own the same thing.
   *
   * @internal
   */
  public _claim(scope: Construct, workspace: IGrafanaWorkspace, prop: string, what: string, value: string): void {
    const key = `${keyOf(workspace)} ${what} ${value}`;
    const owner = this.claims.get(key);
    if (owner !== undefined && !Token.isUnresolved(value)) {
      throw invalidProp(scope, {
        prop,
        got: value,
        allowed: `${what} that no other construct of the workspace has`,
        mend: `${owner} has it already: two owners would undo each other's changes.`,
      });
    }
    this.claims.set(key, scope.node.path);
  }

  private contentAccess(workspace: IGrafanaWorkspace): iam.Policy {
    return this.policy(`Content${keyOf(workspace)}`, [
      new iam.PolicyStatement({ actions: CONTENT_ACTIONS, resources: [workspace.workspaceArn] }),
    ]);
  }

  private permissionAccess(workspace: IGrafanaWorkspace): iam.Policy {
    return this.policy(`Permissions${keyOf(workspace)}`, [
      new iam.PolicyStatement({ actions: PERMISSION_ACTIONS, resources: [workspace.workspaceArn] }),
      new iam.PolicyStatement({ actions: IDENTITY_CENTER_ACTIONS, resources: ['*'] }),
    ]);
  }

  /**
   * A policy for itself: as a part of a common one it would be gone before CloudFormation deletes what needs it.
   *
   * @internal
   */
  public _policy(id: string, statement: iam.PolicyStatement): iam.Policy {
    return this.policy(id, [statement]);
  }

  private policy(id: string, statements: iam.PolicyStatement[]): iam.Policy {
    const existing = this.node.tryFindChild(id) as iam.Policy | undefined;
    return existing ?? new iam.Policy(this, id, { roles: [this.role], statements });
  }
}

/** The id of a workspace that exists, so that two imports are one; otherwise where it is in the app. */
function keyOf(workspace: IGrafanaWorkspace): string {
  return Token.isUnresolved(workspace.workspaceId) ? workspace.node.addr.slice(-8) : workspace.workspaceId;
}

/** Its API takes no principals of other accounts. */
function validateAccount(scope: Construct, workspace: IGrafanaWorkspace): void {
  const { account } = Stack.of(scope);
  const other = workspace.env.account;
  if (!Token.isUnresolved(account) && !Token.isUnresolved(other) && account !== other) {
    throw invalidProp(scope, {
      prop: 'workspace',
      got: `a workspace of account ${other}`,
      allowed: `of ${account}, the account of the stack`,
      mend: `Put what is inside of it into a stack of ${other}.`,
    });
  }
}

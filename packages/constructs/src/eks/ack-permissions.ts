import { ArnFormat } from 'aws-cdk-lib';
import type * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';
import { formatArn } from '../private/region';
import { validateRoleName } from '../private/role-name';
import { validateTags } from '../private/tags';
import * as actions from './ack-actions';

/**
 * Which workspaces of AMP a controller of ACK owns, and what of them.
 */
export interface AckPrometheusOptions {
  /** Tags of the workspaces, as in the objects: the controller may touch those only that bear them all. */
  readonly tags: { [key: string]: string };

  /**
   * Names of the rule groups namespaces that are objects, too.
   *
   * @default - none
   */
  readonly ruleGroupsNamespaces?: string[];

  /**
   * Whether alert managers are objects, too.
   *
   * @default false
   */
  readonly alertManager?: boolean;

  /**
   * Whether logging configurations are objects, too. The actions on log deliveries that this takes cannot be limited to a
   * resource.
   *
   * @default false
   */
  readonly logging?: boolean;

  /**
   * Whether the controller may delete what it has made, when its object is deleted. Not needed for objects whose deletion
   * policy is `retain`.
   *
   * @default false
   */
  readonly deletes?: boolean;
}

/**
 * Which log groups a controller of ACK owns.
 */
export interface AckLogGroupOptions {
  /** Names of the log groups. */
  readonly logGroupNames: string[];

  /**
   * Whether the controller may delete a log group, and with it the logs, when its object is deleted.
   *
   * @default false
   */
  readonly deletes?: boolean;
}

/**
 * Which roles and policies a controller of ACK owns.
 */
export interface AckRoleOptions {
  /** Names of the roles. */
  readonly roleNames: string[];

  /**
   * Names of the managed policies.
   *
   * @default - none
   */
  readonly policyNames?: string[];

  /**
   * The permissions boundary that every such role must have. Without one, whoever writes objects for the controller can give
   * itself any permission by way of those roles.
   *
   * @default - none is asked for
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Whether the controller may delete what it has made, when its object is deleted.
   *
   * @default false
   */
  readonly deletes?: boolean;
}

/**
 * Which associations of EKS Pod Identity a controller of ACK owns.
 */
export interface AckPodIdentityOptions {
  /** The cluster, of either of the CDK's modules for EKS, or imported by name. */
  readonly cluster: eks.IClusterRef;

  /** ARNs of the roles that pods may be given. */
  readonly roleArns: string[];

  /**
   * Whether the controller may delete an association, when its object is deleted.
   *
   * @default false
   */
  readonly deletes?: boolean;
}

/**
 * What a controller of ACK must be allowed for the objects that it is given, and no more: the calls of the controllers'
 * own sources, on the resources that are named here.
 *
 * @see https://github.com/aws-controllers-k8s
 *
 * @example
 * const permissions = AckPermissions.prometheus({ tags: { 'sightline-overlay': 'dev' } });
 */
export class AckPermissions {
  /**
   * Workspaces of AMP, and what belongs to them.
   *
   * The action that tags cannot be limited to workspaces that bear the tags already: whoever acts as the controller could
   * put them on another workspace of the account and region.
   *
   * @param options which workspaces
   */
  public static prometheus(options: AckPrometheusOptions): AckPermissions {
    return new AckPermissions('prometheusservice', (scope) => prometheusStatements(scope, options));
  }

  /**
   * Log groups of CloudWatch.
   *
   * @param options which log groups
   */
  public static logGroups(options: AckLogGroupOptions): AckPermissions {
    return new AckPermissions('cloudwatchlogs', (scope) => logGroupStatements(scope, options));
  }

  /**
   * Roles and managed policies of IAM.
   *
   * @param options which roles
   */
  public static roles(options: AckRoleOptions): AckPermissions {
    return new AckPermissions('iam', (scope) => roleStatements(scope, options));
  }

  /**
   * Associations of EKS Pod Identity.
   *
   * @param options for which cluster and roles
   */
  public static podIdentityAssociations(options: AckPodIdentityOptions): AckPermissions {
    return new AckPermissions('eks', (scope) => podIdentityStatements(scope, options));
  }

  /** The controller that it is for, by its short name: `prometheusservice`, `cloudwatchlogs`, `iam` or `eks`. */
  public readonly controller: string;

  private readonly statements: (scope: IConstruct) => iam.PolicyStatement[];

  private constructor(controller: string, statements: (scope: IConstruct) => iam.PolicyStatement[]) {
    this.controller = controller;
    this.statements = statements;
  }

  /**
   * Grants them.
   *
   * @internal
   */
  public _grantTo(scope: IConstruct, grantee: iam.IGrantable): void {
    for (const statement of this.statements(scope)) {
      grantee.grantPrincipal.addToPrincipalPolicy(statement);
    }
  }
}

type Conditions = Record<string, Record<string, string>>;

function allow(names: readonly string[], resources: string[], conditions?: Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [...names], resources, conditions });
}

function prometheusStatements(scope: IConstruct, options: AckPrometheusOptions): iam.PolicyStatement[] {
  const { tags, ruleGroupsNamespaces = [], alertManager = false, logging = false, deletes = false } = options;
  validateTags(scope, 'tags', tags);
  const equal = (prefix: string): Conditions => ({
    StringEquals: Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${prefix}/${key}`, value])),
  });
  const any = (resource: string, resourceName: string) => formatArn(scope, { service: 'aps', resource, resourceName });
  const workspaces = [any('workspace', '*')];
  const owned = [
    ...actions.WORKSPACE,
    ...(deletes ? actions.WORKSPACE_DELETE : []),
    ...(alertManager ? actions.ALERT_MANAGER : []),
    ...(alertManager && deletes ? actions.ALERT_MANAGER_DELETE : []),
    ...(logging ? actions.LOGGING : []),
    ...(logging && deletes ? actions.LOGGING_DELETE : []),
  ];
  const rules = ruleGroupsNamespaces.map((name) => any('rulegroupsnamespace', `*/${name}`));
  return [
    allow(actions.WORKSPACE_CREATE, ['*'], equal('RequestTag')),
    allow(actions.WORKSPACE_TAG, workspaces, equal('RequestTag')),
    allow(owned, workspaces, equal('ResourceTag')),
    ...(rules.length > 0 ? [allow([...actions.RULES, ...(deletes ? actions.RULES_DELETE : [])], rules)] : []),
    ...(logging ? [allow(actions.LOG_DELIVERY, ['*'])] : []),
  ];
}

function logGroupStatements(scope: IConstruct, { logGroupNames, deletes }: AckLogGroupOptions): iam.PolicyStatement[] {
  requireSome(scope, 'logGroupNames', logGroupNames);
  const arns = logGroupNames.map((resourceName) =>
    formatArn(scope, {
      service: 'logs',
      resource: 'log-group',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  // The actions on tags take the ARN as it is, the others with a star at its end.
  const resources = arns.flatMap((arn) => [arn, `${arn}:*`]);
  return [
    allow([...actions.LOG_GROUP, ...(deletes ? actions.LOG_GROUP_DELETE : [])], resources),
    allow(actions.LOG_GROUP_LIST, ['*']),
  ];
}

function roleStatements(scope: IConstruct, options: AckRoleOptions): iam.PolicyStatement[] {
  const { roleNames, policyNames = [], permissionsBoundary, deletes = false } = options;
  requireSome(scope, 'roleNames', roleNames);
  for (const name of roleNames) {
    validateRoleName(scope, 'roleNames', name);
  }
  const arn = (resource: string, resourceName: string) =>
    formatArn(scope, { service: 'iam', region: '', resource, resourceName });
  const roles = roleNames.map((name) => arn('role', name));
  const policies = policyNames.map((name) => arn('policy', name));
  const bounded: Conditions | undefined = permissionsBoundary && {
    StringEquals: { 'iam:PermissionsBoundary': permissionsBoundary.managedPolicyArn },
  };
  return [
    allow(actions.ROLE, roles),
    allow([...actions.ROLE_POWER, ...(permissionsBoundary ? actions.ROLE_BOUNDARY : [])], roles, bounded),
    ...(deletes ? [allow(actions.ROLE_DELETE, roles)] : []),
    ...(policies.length > 0 ? [allow([...actions.POLICY, ...(deletes ? actions.POLICY_DELETE : [])], policies)] : []),
  ];
}

function podIdentityStatements(scope: IConstruct, options: AckPodIdentityOptions): iam.PolicyStatement[] {
  const { cluster, roleArns, deletes = false } = options;
  requireSome(scope, 'roleArns', roleArns);
  const { clusterArn, clusterName } = cluster.clusterRef;
  const associations = formatArn(scope, {
    service: 'eks',
    resource: 'podidentityassociation',
    resourceName: `${clusterName}/*`,
  });
  return [
    allow(actions.ASSOCIATION_CREATE, [clusterArn]),
    allow([...actions.ASSOCIATION, ...(deletes ? actions.ASSOCIATION_DELETE : [])], [associations]),
    allow(actions.PASS_ROLE, roleArns),
  ];
}

function requireSome(scope: IConstruct, prop: string, names: readonly string[]): void {
  if (names.length === 0) {
    throw invalidProp(scope, {
      prop,
      got: names,
      allowed: 'at least one',
      mend: 'Name what the controller owns; without, it could do nothing.',
    });
  }
}

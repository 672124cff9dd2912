import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Where a function runs; nothing of it for outside of any VPC. */
export interface FunctionNetwork {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

interface HandlerFunctionProps {
  /** Folder under `assets/`, bundled when the package was built: nothing is bundled where an app is synthesized. */
  readonly bundle: string;
  readonly description: string;
  readonly network: FunctionNetwork;
  readonly environment?: Record<string, string>;
}

/** A function of this library, with a log group and a role that may do no more than write to it. */
export class HandlerFunction extends Construct {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const logGroup = functionLogs(this, 'Logs');
    this.role = functionRole(this, 'Role', logGroup, props.network);
    this.function = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(join(__dirname, '..', '..', 'assets', props.bundle)),
      handler: 'index.handler',
      // All that it can be have the AWS SDK for JavaScript v3, which the bundles leave out.
      runtime: lambda.determineLatestNodeRuntime(this),
      description: props.description,
      // It waits for a workspace that is being updated, and tries again what may pass.
      timeout: Duration.minutes(15),
      memorySize: 256,
      environment: props.environment,
      role: this.role,
      logGroup,
      ...props.network,
    });
    acceptRoleDependency(this.function);
  }
}

/**
 * The CDK lets a function depend on its role although it names it, for the sake of the role's policies. cfn-lint finds
 * that half of it superfluous; nobody can change it from here.
 */
export function acceptRoleDependency(scope: Construct): void {
  for (const child of scope.node.findAll()) {
    if (child instanceof lambda.CfnFunction) {
      child.addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
    }
  }
}

/** Names and ids of what is set up, no secret. */
export function functionLogs(scope: Construct, id: string): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Not the managed policy for functions, which may write to every log group. */
export function functionRole(
  scope: Construct,
  id: string,
  logGroup: logs.LogGroup,
  { vpc }: FunctionNetwork,
): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  if (vpc) {
    // Its actions on network interfaces take no resource that is known before they exist.
    role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'));
  }
  return role;
}

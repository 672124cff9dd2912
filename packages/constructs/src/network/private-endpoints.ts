import { Annotations, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { formatArn } from '../private/region';
import { type NeededService, PrivateComponent, SERVICES } from './component';
import { unservedImages } from './images';

/**
 * Properties of `PrivateObservabilityEndpoints`.
 */
export interface PrivateObservabilityEndpointsProps {
  /** The VPC of the cluster, with DNS support and DNS host names switched on. */
  readonly vpc: ec2.IVpc;

  /**
   * What must reach AWS without the internet. Leave out whose endpoints the VPC has already: a VPC can have one with
   * private DNS names for each service.
   */
  readonly components: PrivateComponent[];

  /**
   * Subnets that the endpoints are put into, and whose route tables lead to the gateway of Amazon S3.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the interface endpoints; they must let the nodes in on port 443.
   *
   * @default - one for each endpoint, which lets in the addresses of the VPC on port 443
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Accounts whose principals may use the endpoints, in their policies.
   *
   * @default - the account of the stack
   */
  readonly allowedAccounts?: string[];

  /**
   * Images that the cluster runs, as in manifests. Those that no endpoint serves are listed in `unservedImages`, and in a
   * warning.
   *
   * @default - not looked at
   */
  readonly images?: string[];
}

/**
 * The VPC endpoints that observability of a private cluster needs, for exactly the components that are chosen.
 *
 * An endpoint with private DNS names serves everything in the VPC, so the policies say who may use it (principals of the
 * allowed accounts), not what for. `eks-auth`, `grafana` and `grafana-workspace` have no policy, because it is not certain
 * that they heed one; neither has the gateway of Amazon S3, by which nodes also update themselves.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new PrivateObservabilityEndpoints(this, 'Endpoints', {
 *   vpc,
 *   components: [PrivateComponent.METRICS, PrivateComponent.LOGS, PrivateComponent.POD_IDENTITY],
 *   images: ['docker.io/grafana/alloy:v1.18.1'],
 * });
 */
export class PrivateObservabilityEndpoints extends Construct {
  /** The interface endpoints, by the name of their service after the region: `aps-workspaces`, `ecr.api`, …. */
  public readonly interfaceEndpoints: { [service: string]: ec2.IInterfaceVpcEndpoint };

  /** The gateway of Amazon S3, if images are pulled. */
  public readonly s3Gateway?: ec2.IGatewayVpcEndpoint;

  /** Those of the given images that no endpoint serves: mirror them to Amazon ECR, or let them through a pull-through cache. */
  public readonly unservedImages: string[];

  constructor(scope: Construct, id: string, props: PrivateObservabilityEndpointsProps) {
    super(scope, id);
    const { vpc, components, vpcSubnets } = props;
    validateComponents(this, components);
    const chosen = [...new Set(components)];
    const pullsImages = chosen.includes(PrivateComponent.IMAGES);

    this.interfaceEndpoints = Object.fromEntries(
      chosen.flatMap((component) => SERVICES[component]).map((needed) => [needed.name, this.endpoint(needed, props)]),
    );
    if (pullsImages) {
      this.s3Gateway = new ec2.GatewayVpcEndpoint(this, 's3', {
        vpc,
        service: ec2.GatewayVpcEndpointAwsService.S3,
        subnets: [vpcSubnets ?? {}],
      });
    }
    this.unservedImages = unservedImages(props.images ?? [], Stack.of(this).region, pullsImages);
    this.warnAboutImages(pullsImages);
  }

  private endpoint({ name, service, actions }: NeededService, props: PrivateObservabilityEndpointsProps) {
    const endpoint = new ec2.InterfaceVpcEndpoint(this, name, {
      vpc: props.vpc,
      service,
      subnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
    const accounts = props.allowedAccounts ?? [Stack.of(this).account];
    for (const statement of actions ? this.statements(actions, accounts) : []) {
      endpoint.addToPolicy(statement);
    }
    return endpoint;
  }

  private statements(prefix: string, accounts: string[]): iam.PolicyStatement[] {
    const byAccount = new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: [`${prefix}:*`],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': accounts } },
    });
    if (prefix !== 'sts') {
      return [byAccount];
    }
    // Who has a token of the cluster is no principal of an account yet: here the role tells the account.
    const byRole = new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['sts:AssumeRoleWithWebIdentity'],
      resources: accounts.map((account) =>
        formatArn(this, { service: 'iam', region: '', account, resource: 'role', resourceName: '*' }),
      ),
    });
    return [byAccount, byRole];
  }

  private warnAboutImages(pullsImages: boolean): void {
    if (this.unservedImages.length > 0) {
      Annotations.of(this).addWarningV2(
        '@eks-sightline/constructs:network.unservedImages',
        `No endpoint serves ${this.unservedImages.join(', ')}: mirror them to Amazon ECR in this region, or pull them ` +
          `through a cache there${pullsImages ? '' : ', and add PrivateComponent.IMAGES'}.`,
      );
    }
  }
}

function validateComponents(scope: Construct, components: readonly PrivateComponent[]): void {
  if (components.length === 0) {
    throw invalidProp(scope, {
      prop: 'components',
      got: components,
      allowed: 'at least one component',
      mend: 'Name what must reach AWS without the internet, such as PrivateComponent.METRICS.',
    });
  }
}

import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { IServiceAccountRole } from '../identity';
import { PrivateComponent, PrivateObservabilityEndpoints } from '../network';

/**
 * The network of a cluster that has no way to the internet.
 */
export interface ObservabilityPrivateNetwork {
  /** The VPC of the cluster, with DNS support and DNS host names switched on. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets that the endpoints are put into.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * What the VPC has endpoints for already. A VPC can have one with private DNS names for each service.
   *
   * @default - none
   */
  readonly alreadyServed?: PrivateComponent[];

  /**
   * What else must reach AWS, beside what is chosen here.
   *
   * @default - nothing
   */
  readonly also?: PrivateComponent[];
}

/** What runs in the cluster, as far as it decides on endpoints. */
export interface InCluster {
  readonly metricsRole?: IServiceAccountRole;
  readonly logsRole?: IServiceAccountRole;
  readonly images: string[];
}

/** The endpoints for exactly what is chosen, or nothing if all of it is served already. */
export function makeEndpoints(
  scope: Construct,
  { vpc, vpcSubnets, alreadyServed = [], also = [] }: ObservabilityPrivateNetwork,
  { metricsRole, logsRole, images }: InCluster,
): PrivateObservabilityEndpoints | undefined {
  const roles = [metricsRole, logsRole].filter((role) => role !== undefined);
  const needed = [
    ...(metricsRole ? [PrivateComponent.METRICS] : []),
    ...(logsRole ? [PrivateComponent.LOGS] : []),
    ...roles.map(credentialsOf),
    ...(roles.length > 0 ? [PrivateComponent.IMAGES] : []),
    ...also,
  ];
  const components = [...new Set(needed)].filter((component) => !alreadyServed.includes(component));
  return components.length > 0
    ? new PrivateObservabilityEndpoints(scope, 'Endpoints', { vpc, vpcSubnets, components, images })
    : undefined;
}

/** A service account that bears the annotation gets credentials from AWS STS, another from EKS. */
function credentialsOf(role: IServiceAccountRole): PrivateComponent {
  const annotated = Object.keys(role.serviceAccountAnnotations).length > 0;
  return annotated ? PrivateComponent.IRSA : PrivateComponent.POD_IDENTITY;
}

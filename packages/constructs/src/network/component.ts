import { InterfaceVpcEndpointAwsService as Service } from 'aws-cdk-lib/aws-ec2';

/**
 * What runs in a private cluster, or beside it, and so which AWS services must be reached without the internet.
 */
export enum PrivateComponent {
  /** A collector that writes to Amazon Managed Service for Prometheus, or something that queries it: `aps-workspaces`. */
  METRICS = 'METRICS',

  /** A controller that makes workspaces, rules and alert managers of AMP, such as ACK on the nodes: `aps`. */
  METRICS_CONTROL = 'METRICS_CONTROL',

  /** A collector that writes to CloudWatch Logs: `logs`. */
  LOGS = 'LOGS',

  /** Pods with IAM roles for service accounts, and whatever assumes a role: `sts`. */
  IRSA = 'IRSA',

  /** Pods with EKS Pod Identity: `eks-auth`. */
  POD_IDENTITY = 'POD_IDENTITY',

  /** People and provisioners that use Amazon Managed Grafana from the VPC: `grafana-workspace`. */
  GRAFANA = 'GRAFANA',

  /** Whatever makes workspaces and tokens of Amazon Managed Grafana: `grafana`. */
  GRAFANA_CONTROL = 'GRAFANA_CONTROL',

  /** Whatever reads secrets, such as External Secrets: `secretsmanager`. */
  SECRETS = 'SECRETS',

  /** Nodes that pull images from private registries of Amazon ECR: `ecr.api`, `ecr.dkr`, and the gateway `s3`. */
  IMAGES = 'IMAGES',
}

/** An interface endpoint that a component needs. */
export interface NeededService {
  /** As in the endpoint's service name, after the region. */
  readonly name: string;
  readonly service: Service;
  /**
   * Prefix of the actions that an endpoint policy allows; left out where it is not known that the service heeds one.
   */
  readonly actions?: string;
}

/** A list for each component; the gateway of Amazon S3 comes with IMAGES, but is no interface endpoint. */
export const SERVICES: Record<PrivateComponent, NeededService[]> = {
  [PrivateComponent.METRICS]: [{ name: 'aps-workspaces', service: Service.PROMETHEUS_WORKSPACES, actions: 'aps' }],
  [PrivateComponent.METRICS_CONTROL]: [{ name: 'aps', service: Service.PROMETHEUS, actions: 'aps' }],
  [PrivateComponent.LOGS]: [{ name: 'logs', service: Service.CLOUDWATCH_LOGS, actions: 'logs' }],
  [PrivateComponent.IRSA]: [{ name: 'sts', service: Service.STS, actions: 'sts' }],
  [PrivateComponent.POD_IDENTITY]: [{ name: 'eks-auth', service: Service.EKS_AUTH }],
  [PrivateComponent.GRAFANA]: [{ name: 'grafana-workspace', service: Service.GRAFANA_WORKSPACE }],
  [PrivateComponent.GRAFANA_CONTROL]: [{ name: 'grafana', service: Service.GRAFANA }],
  [PrivateComponent.SECRETS]: [{ name: 'secretsmanager', service: Service.SECRETS_MANAGER, actions: 'secretsmanager' }],
  [PrivateComponent.IMAGES]: [
    { name: 'ecr.api', service: Service.ECR, actions: 'ecr' },
    { name: 'ecr.dkr', service: Service.ECR_DOCKER, actions: 'ecr' },
  ],
};

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ISecret } from 'kubernetes-models/v1';
import { checked, DNS_LABEL, DNS_SUBDOMAIN } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import type { ObjectOverridesProps } from '../core/object-overrides-props';
import { ArgoDestination } from './argo-destination';

/**
 * Properties of ArgoEksCluster.
 */
export interface ArgoEksClusterProps extends ObjectOverridesProps {
  /**
   * Name of the cluster in Argo CD, and of the secret. `in-cluster` is allowed too.
   */
  readonly name: string;

  /**
   * ARN of the cluster.
   */
  readonly clusterArn: string;

  /**
   * Project to which Applications for the cluster have to belong.
   *
   * @default - any
   */
  readonly project?: string;

  /**
   * Labels by which `ArgoGenerator.clusters` tells clusters apart.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Namespace of Argo CD. The EKS capability reads a single one, chosen when it was made.
   *
   * @default 'argocd'
   */
  readonly namespace?: string;
}

/**
 * Makes an EKS cluster known to Argo CD as an EKS capability, which knows none by itself, not even the one it runs for. The secret holds no
 * credentials: the capability's role must have an access entry of the cluster, with an access policy for what it is to write.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-register-clusters.html
 */
export class ArgoEksCluster extends Construct {
  /**
   * The cluster, for Applications.
   */
  public readonly destination: ArgoDestination;

  /**
   * The rendered object.
   */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ArgoEksClusterProps) {
    super(scope, id);
    const struct = 'ArgoEksClusterProps';
    const name = checked(`${struct}.name`, props.name, DNS_SUBDOMAIN);
    this.destination = ArgoDestination.eksCluster(props.clusterArn);
    this.apiObject = addOwnObject(
      this,
      'cluster',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name,
          namespace: checked(`${struct}.namespace`, props.namespace ?? 'argocd', DNS_LABEL),
          labels: { ...props.labels, 'argocd.argoproj.io/secret-type': 'cluster' },
        },
        type: 'Opaque',
        stringData: {
          name,
          server: props.clusterArn,
          ...(props.project === undefined
            ? {}
            : { project: checked(`${struct}.project`, props.project, DNS_SUBDOMAIN) }),
        },
      } satisfies ISecret & { metadata: { name: string } },
      struct,
      props,
      ['data', 'stringData/config'],
    );
  }
}

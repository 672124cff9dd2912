import { Resource, Stack, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';

/**
 * Add-ons that EKS offers for observability. ADOT has a construct of its own, `AdotAddon`.
 */
export enum ObservabilityAddonName {
  /** cert-manager, a community add-on: makes the certificates of webhooks, such as those of the ADOT operator. */
  CERT_MANAGER = 'cert-manager',

  /** The agent that gives pods the credentials of EKS Pod Identity. */
  POD_IDENTITY_AGENT = 'eks-pod-identity-agent',

  /** kube-state-metrics, a community add-on: metrics of the objects in the cluster. */
  KUBE_STATE_METRICS = 'kube-state-metrics',

  /** Node exporter, a community add-on: metrics of the nodes. */
  NODE_EXPORTER = 'prometheus-node-exporter',
}

/**
 * What EKS does when it finds settings of an add-on's objects that somebody changed.
 */
export enum AddonConflictResolution {
  /** Fails. */
  NONE = 'NONE',

  /** Sets them as the add-on has them. */
  OVERWRITE = 'OVERWRITE',

  /** Leaves them on updates. */
  PRESERVE = 'PRESERVE',
}

/**
 * What every add-on has.
 */
export interface AddonOptions {
  /** The cluster, of either of the CDK's modules for EKS, or imported by name. */
  readonly cluster: eks.IClusterRef;

  /**
   * Version of the add-on: `v<version>-eksbuild.<n>`. `aws eks describe-addon-versions` tells which fit the cluster.
   *
   * @default - the version that EKS holds to be the right one for the version of the cluster
   */
  readonly version?: string;

  /**
   * What EKS does when it finds settings that somebody changed.
   *
   * @default - EKS fails, except for settings that it does not manage
   */
  readonly conflictResolution?: AddonConflictResolution;

  /**
   * Whether what the add-on has put into the cluster stays there when the add-on leaves the stack.
   *
   * @default false
   */
  readonly preserveOnDelete?: boolean;

  /**
   * Add-ons that must be there before.
   *
   * @default - none
   */
  readonly after?: ObservabilityAddon[];
}

/**
 * Properties of an `ObservabilityAddon`.
 */
export interface ObservabilityAddonProps extends AddonOptions {
  /** Which add-on. */
  readonly addon: ObservabilityAddonName;

  /**
   * Settings of the add-on, by its own schema: `aws eks describe-addon-configuration`.
   *
   * @default - those of the add-on
   */
  readonly configuration?: { [key: string]: unknown };
}

/**
 * An add-on that EKS installs into a cluster and keeps there, also into one that is not made by this app.
 *
 * @resource AWS::EKS::Addon
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 *
 * @example
 * declare const cluster: eks.ICluster;
 *
 * new ObservabilityAddon(this, 'KubeStateMetrics', {
 *   cluster,
 *   addon: ObservabilityAddonName.KUBE_STATE_METRICS,
 * });
 */
export class ObservabilityAddon extends Resource {
  /**
   * ARN of the add-on.
   *
   * @attribute
   */
  public readonly addonArn: string;

  constructor(scope: Construct, id: string, props: ObservabilityAddonProps) {
    super(scope, id);
    this.addonArn = makeAddon(this, props.addon, props, props.configuration).attrArn;
  }
}

/** The resource, as child `Resource` of the scope. */
export function makeAddon(
  scope: Construct,
  addonName: string,
  options: AddonOptions,
  configuration: { [key: string]: unknown } = {},
): eks.CfnAddon {
  validateVersion(scope, options.version);
  const resource = new eks.CfnAddon(scope, 'Resource', {
    addonName,
    clusterName: options.cluster.clusterRef.clusterName,
    addonVersion: options.version,
    resolveConflicts: options.conflictResolution,
    preserveOnDelete: options.preserveOnDelete,
    configurationValues:
      Object.keys(configuration).length > 0 ? Stack.of(scope).toJsonString(configuration) : undefined,
  });
  for (const before of options.after ?? []) {
    resource.node.addDependency(before);
  }
  return resource;
}

function validateVersion(scope: Construct, version: string | undefined): void {
  if (version !== undefined && !Token.isUnresolved(version) && !/^v\d+\.\d+\.\d+[\w.-]*-eksbuild\.\d+$/.test(version)) {
    throw invalidProp(scope, {
      prop: 'version',
      got: version,
      allowed: 'a version of the add-on, such as v0.151.0-eksbuild.2',
      mend: 'aws eks describe-addon-versions lists them; leave it out to have EKS choose.',
    });
  }
}

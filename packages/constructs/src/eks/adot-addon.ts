import { Resource, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  type ClusterOidcIssuer,
  type IServiceAccountRole,
  WorkloadIdentity,
  type WorkloadIdentityMode,
} from '../identity';
import type { IContainerLogGroup } from '../logs';
import { invalidProp } from '../private/errors';
import type { IPrometheusWorkspace } from '../prometheus';
import { type AddonOptions, makeAddon } from './addon';

/** Where the add-on puts its operator, and the collectors that it makes. */
const NAMESPACE = 'opentelemetry-operator-system';

/**
 * Properties of an `AdotAddon`.
 */
export interface AdotAddonProps extends AddonOptions {
  /**
   * Where the add-on's collector of Prometheus metrics writes to.
   *
   * @default - the add-on makes no such collector
   */
  readonly metricsTo?: IPrometheusWorkspace;

  /**
   * Where the add-on's collector of container logs writes to.
   *
   * @default - the add-on makes no such collector
   */
  readonly logsTo?: IContainerLogGroup;

  /**
   * Issuer of the cluster's tokens, for IRSA.
   *
   * @default - none, so that the collectors get credentials by EKS Pod Identity
   */
  readonly issuer?: ClusterOidcIssuer;

  /**
   * How the collectors come by credentials.
   *
   * @default - IRSA if there is an issuer, otherwise EKS Pod Identity
   */
  readonly identityMode?: WorkloadIdentityMode;

  /**
   * Copies of the operator that run.
   *
   * @default - that of the add-on
   */
  readonly operatorReplicas?: number;
}

/**
 * The AWS Distro for OpenTelemetry as an add-on of EKS: its operator, and collectors that the add-on makes by itself, each
 * with a role that may write to the one place that it writes to.
 *
 * The operator needs cert-manager: put it first by `after`, unless it is on the cluster already.
 *
 * @resource AWS::EKS::Addon
 * @see https://docs.aws.amazon.com/eks/latest/userguide/opentelemetry.html
 *
 * @example
 * declare const cluster: eks.ICluster;
 * declare const metrics: IPrometheusWorkspace;
 *
 * const certManager = new ObservabilityAddon(this, 'CertManager', {
 *   cluster,
 *   addon: ObservabilityAddonName.CERT_MANAGER,
 * });
 * new AdotAddon(this, 'Adot', { cluster, metricsTo: metrics, after: [certManager] });
 */
export class AdotAddon extends Resource {
  /**
   * ARN of the add-on.
   *
   * @attribute
   */
  public readonly addonArn: string;

  /** Role of the collector of metrics, if there is one. */
  public readonly metricsRole?: IServiceAccountRole;

  /** Role of the collector of logs, if there is one. */
  public readonly logsRole?: IServiceAccountRole;

  constructor(scope: Construct, id: string, props: AdotAddonProps) {
    super(scope, id);
    const { metricsTo, logsTo } = props;
    validateVersion(this, props);
    validateReplicas(this, props.operatorReplicas);

    if (metricsTo) {
      this.metricsRole = this.identity('MetricsIdentity', 'adot-col-prom-metrics', props);
      metricsTo.grantRemoteWrite(this.metricsRole);
    }
    if (logsTo) {
      this.logsRole = this.identity('LogsIdentity', 'adot-col-container-logs', props);
      logsTo.grantWriteStreams(this.logsRole);
    }
    const collector = {
      ...(metricsTo && this.metricsRole && { prometheusMetrics: metricsCollector(metricsTo, this.metricsRole) }),
      ...(logsTo && this.logsRole && { containerLogs: logsCollector(logsTo, this.logsRole) }),
    };
    const resource = makeAddon(this, 'adot', props, {
      ...(props.operatorReplicas !== undefined && { replicaCount: props.operatorReplicas }),
      ...(Object.keys(collector).length > 0 && { collector }),
    });
    // Collectors look for credentials when they start.
    for (const role of [this.metricsRole, this.logsRole]) {
      if (role) {
        resource.node.addDependency(role);
      }
    }
    this.addonArn = resource.attrArn;
  }

  private identity(id: string, serviceAccountName: string, props: AdotAddonProps): WorkloadIdentity {
    const { cluster, issuer, identityMode: mode } = props;
    return new WorkloadIdentity(this, id, { cluster, namespace: NAMESPACE, serviceAccountName, issuer, mode });
  }
}

function metricsCollector(workspace: IPrometheusWorkspace, role: IServiceAccountRole): Record<string, unknown> {
  return {
    ...serviceAccount(role),
    pipelines: { metrics: { amp: { enabled: true } } },
    exporters: { prometheusremotewrite: { endpoint: workspace.remoteWriteUrl } },
  };
}

function logsCollector(logGroup: IContainerLogGroup, role: IServiceAccountRole): Record<string, unknown> {
  return {
    ...serviceAccount(role),
    pipelines: { logs: { cloudwatchLogs: { enabled: true } } },
    exporters: { awscloudwatchlogs: { log_group_name: logGroup.logGroupName } },
  };
}

function serviceAccount({ serviceAccountAnnotations: annotations }: IServiceAccountRole): Record<string, unknown> {
  return Object.keys(annotations).length > 0 ? { serviceAccount: { annotations } } : {};
}

/** The collectors are documented from v0.88.0-eksbuild.1 on: https://aws-otel.github.io/docs/getting-started/adot-eks-add-on */
function validateVersion(scope: Construct, { version, metricsTo, logsTo }: AdotAddonProps): void {
  const match = version && !Token.isUnresolved(version) ? /^v0\.(\d+)\./.exec(version) : undefined;
  if (match && Number(match[1]) < 88 && (metricsTo || logsTo)) {
    throw invalidProp(scope, {
      prop: 'version',
      got: version,
      allowed: 'v0.88.0-eksbuild.1 or newer with metricsTo or logsTo',
      mend: 'Older versions of the add-on make no collectors: take a newer one, or leave it out to have EKS choose.',
    });
  }
}

function validateReplicas(scope: Construct, replicas: number | undefined): void {
  if (replicas !== undefined && !Token.isUnresolved(replicas) && (!Number.isInteger(replicas) || replicas < 1)) {
    throw invalidProp(scope, {
      prop: 'operatorReplicas',
      got: replicas,
      allowed: 'a whole number from 1',
      mend: 'Leave it out for the number of the add-on.',
    });
  }
}

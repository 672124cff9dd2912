import { Resource, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
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
import { checkKubernetesVersion } from './adot-addon-versions';

/** Where the add-on puts its operator, and the collectors that it makes. */
const NAMESPACE = 'opentelemetry-operator-system';

/** Of the managed policy AWSXrayWriteOnlyAccess what an exporter calls; AWS X-Ray knows no resource for them. */
const TRACE_ACTIONS = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

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
   * Whether the add-on makes a collector that takes traces by OTLP and sends them to AWS X-Ray. Programs send them to
   * `otlpEndpoint`.
   *
   * @default false
   */
  readonly tracesToXray?: boolean;

  /**
   * Version of the cluster, such as `1.36`: a `version` of the add-on that was not announced for it gets a warning, which
   * can be acknowledged.
   *
   * @default - not compared
   */
  readonly kubernetesVersion?: string;

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

  /** Role of the collector of traces, if there is one. */
  public readonly tracesRole?: IServiceAccountRole;

  /** Where programs in the cluster send traces by OTLP over gRPC, if there is a collector of them. */
  public readonly otlpEndpoint?: string;

  constructor(scope: Construct, id: string, props: AdotAddonProps) {
    super(scope, id);
    const { metricsTo, logsTo } = props;
    validateVersion(this, props);
    checkKubernetesVersion(this, props.version, props.kubernetesVersion);
    validateReplicas(this, props.operatorReplicas);

    if (metricsTo) {
      this.metricsRole = this.identity('MetricsIdentity', 'adot-col-prom-metrics', props);
      metricsTo.grantRemoteWrite(this.metricsRole);
    }
    if (logsTo) {
      this.logsRole = this.identity('LogsIdentity', 'adot-col-container-logs', props);
      logsTo.grantWriteStreams(this.logsRole);
    }
    if (props.tracesToXray) {
      this.tracesRole = this.identity('TracesIdentity', 'adot-col-otlp-ingest', props);
      iam.Grant.addToPrincipal({ grantee: this.tracesRole, actions: TRACE_ACTIONS, resourceArns: ['*'] });
      this.otlpEndpoint = `http://adot-col-otlp-ingest-collector.${NAMESPACE}:4317`;
    }
    const collector = {
      ...(metricsTo && this.metricsRole && { prometheusMetrics: metricsCollector(metricsTo, this.metricsRole) }),
      ...(logsTo && this.logsRole && { containerLogs: logsCollector(logsTo, this.logsRole) }),
      ...(this.tracesRole && { otlpIngest: tracesCollector(this.tracesRole) }),
    };
    const resource = makeAddon(this, 'adot', props, {
      ...(props.operatorReplicas !== undefined && { replicaCount: props.operatorReplicas }),
      ...(Object.keys(collector).length > 0 && { collector }),
    });
    // Collectors look for credentials when they start.
    for (const role of [this.metricsRole, this.logsRole, this.tracesRole]) {
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

function tracesCollector(role: IServiceAccountRole): Record<string, unknown> {
  return { ...serviceAccount(role), pipelines: { traces: { xray: { enabled: true } } } };
}

function serviceAccount({ serviceAccountAnnotations: annotations }: IServiceAccountRole): Record<string, unknown> {
  return Object.keys(annotations).length > 0 ? { serviceAccount: { annotations } } : {};
}

/** The collectors are documented from v0.88.0-eksbuild.1 on: https://aws-otel.github.io/docs/getting-started/adot-eks-add-on */
function validateVersion(scope: Construct, { version, metricsTo, logsTo, tracesToXray }: AdotAddonProps): void {
  const match = version && !Token.isUnresolved(version) ? /^v0\.(\d+)\./.exec(version) : undefined;
  if (match && Number(match[1]) < 88 && (metricsTo || logsTo || tracesToXray)) {
    throw invalidProp(scope, {
      prop: 'version',
      got: version,
      allowed: 'v0.88.0-eksbuild.1 or newer with metricsTo, logsTo or tracesToXray',
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

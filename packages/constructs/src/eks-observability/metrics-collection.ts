import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type AddonConflictResolution, AdotAddon, type ObservabilityAddon } from '../eks';
import type { IServiceAccountRole } from '../identity';
import type { IContainerLogGroup } from '../logs';
import { type IPrometheusAccess, PrometheusScraper, type ScrapeDefinition } from '../prometheus';
import { type ClusterContext, collectorIdentity } from './collector-identity';
import type { MetricsCollectorOptions } from './collector-options';
import { idOf } from './workspace-of';

/**
 * What is said of ADOT as an add-on of EKS.
 */
export interface AdotAddonCollectionOptions {
  /**
   * Version of the add-on: `v<version>-eksbuild.<n>`.
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
   * Whether the add-on collects what containers print, too. Not together with `logs`.
   *
   * @default false
   */
  readonly containerLogs?: boolean;

  /**
   * Whether the add-on takes traces by OTLP and sends them to AWS X-Ray.
   *
   * @default false
   */
  readonly tracesToXray?: boolean;

  /**
   * Version of the cluster, such as `1.36`, to compare `version` with.
   *
   * @default - not compared
   */
  readonly kubernetesVersion?: string;
}

/**
 * What is said of a collector that AWS runs outside of the cluster.
 */
export interface AgentlessCollectionOptions {
  /** What is scraped. */
  readonly definition: ScrapeDefinition;

  /** The VPC of the cluster, whose private endpoint must be switched on. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets from which the collector scrapes, in two availability zones at least.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the collector; those of the cluster and of what is scraped must let them in.
   *
   * @default - the service chooses those of the cluster
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * How the cluster finds out what a caller may do.
   *
   * @default - that of the cluster if it is made here, otherwise taken to be API
   */
  readonly authenticationMode?: eks.AuthenticationMode;

  /**
   * Log group for what the collector does.
   *
   * @default - not logged
   */
  readonly logGroup?: logs.ILogGroup;
}

/** What a way of collecting is given. */
export interface MetricsContext extends ClusterContext {
  readonly workspace: IPrometheusAccess;
  readonly logGroup?: IContainerLogGroup;
  readonly addonsBefore: ObservabilityAddon[];
}

/** What a way of collecting has made. */
export interface CollectedMetrics {
  readonly role?: IServiceAccountRole;
  readonly logsRole?: IServiceAccountRole;
  readonly scraper?: PrometheusScraper;
  readonly images?: readonly string[];
}

/**
 * How metrics get from the pods of a cluster into a workspace of AMP.
 *
 * @example
 * const metrics = MetricsCollection.alloy({ images: ['grafana/alloy:v1.18.1'] });
 */
export class MetricsCollection {
  /**
   * Grafana Alloy, which runs in the cluster: a role that may write.
   *
   * @param options service account and role
   */
  public static alloy(options: MetricsCollectorOptions = {}): MetricsCollection {
    return MetricsCollection.inCluster('grafana-alloy', options);
  }

  /**
   * The collector of ADOT, as a workload of yours in the cluster: a role that may write.
   *
   * @param options service account and role
   */
  public static adot(options: MetricsCollectorOptions = {}): MetricsCollection {
    return MetricsCollection.inCluster('adot-collector', options);
  }

  /**
   * Prometheus, as a server or in agent mode, which runs in the cluster: a role that may write.
   *
   * @param options service account and role
   */
  public static prometheus(options: MetricsCollectorOptions = {}): MetricsCollection {
    return MetricsCollection.inCluster('prometheus-agent', options);
  }

  /**
   * The add-on ADOT of EKS, with the collectors that it makes by itself and a role for each. It needs cert-manager on the
   * cluster, by `addons` or otherwise, and a workspace whose id is known.
   *
   * @param options version of the add-on, and what it collects
   */
  public static adotAddon(options: AdotAddonCollectionOptions = {}): MetricsCollection {
    const { containerLogs = false, ...addon } = options;
    return new MetricsCollection(containerLogs, (scope, { workspace, cluster, issuer, ...context }) => {
      const { metricsRole, logsRole } = new AdotAddon(scope, 'Adot', {
        ...addon,
        cluster,
        issuer,
        metricsTo: idOf(
          scope,
          workspace,
          'The add-on writes to a URL that has the id in it: run Alloy, which can read it.',
        ),
        logsTo: containerLogs ? context.logGroup : undefined,
        after: context.addonsBefore,
      });
      return { role: metricsRole, logsRole };
    });
  }

  /**
   * A managed collector of AMP, which scrapes from outside: nothing runs in the cluster.
   *
   * @param options what is scraped, and from where
   */
  public static agentless(options: AgentlessCollectionOptions): MetricsCollection {
    return new MetricsCollection(false, (scope, { workspace, cluster }) => ({
      scraper: new PrometheusScraper(scope, 'Scraper', {
        ...options,
        cluster,
        workspace: idOf(scope, workspace, 'AMP’s collectors write to an ARN: run a collector in the cluster instead.'),
      }),
    }));
  }

  private static inCluster(usualName: string, options: MetricsCollectorOptions): MetricsCollection {
    return new MetricsCollection(false, (scope, context) => {
      const role = collectorIdentity(scope, 'MetricsIdentity', context, options, usualName);
      if (options.looksUpSeries) {
        context.workspace.grantIngest(role);
      } else {
        context.workspace.grantRemoteWrite(role);
      }
      return { role, images: options.images };
    });
  }

  /** Whether container logs are collected in the same way, so that nothing else must. */
  public readonly collectsLogs: boolean;

  private readonly binder: (scope: Construct, context: MetricsContext) => CollectedMetrics;

  private constructor(collectsLogs: boolean, binder: MetricsCollection['binder']) {
    this.collectsLogs = collectsLogs;
    this.binder = binder;
  }

  /**
   * Makes what this way of collecting needs.
   *
   * @internal
   */
  public _bind(scope: Construct, context: MetricsContext): CollectedMetrics {
    return this.binder(scope, context);
  }
}

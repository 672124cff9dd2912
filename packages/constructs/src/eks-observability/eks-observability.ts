import * as eks from 'aws-cdk-lib/aws-eks';
import { Construct, type IConstruct } from 'constructs';
import { ObservabilityAddon, ObservabilityAddonName } from '../eks';
import type { IServiceAccountRole } from '../identity';
import { ContainerLogGroup, type IContainerLogGroup } from '../logs';
import type { PrivateObservabilityEndpoints } from '../network';
import { invalidProp } from '../private/errors';
import {
  type AlertManager,
  type IPrometheusAccess,
  type PrometheusAlarms,
  type PrometheusScraper,
  PrometheusWorkspace,
  type RuleGroups,
} from '../prometheus';
import { type MadeAlerts, makeAlerts } from './alerts';
import { makeOutputs, type ObservabilityBindings } from './bindings';
import type { ClusterContext } from './collector-identity';
import { makeLogins } from './logins';
import { makeEndpoints } from './private-network';
import type { EksObservabilityProps } from './props';
import { hasId } from './workspace-of';

/**
 * Observability of a cluster that exists: the metrics and logs of its pods, who is told of what, and who looks at it.
 *
 * What is chosen decides what is made; what is passed in is referenced and granted, never made again, so each resource has
 * one owner. The values that the manifests of collectors need are in `bindings` and in the outputs of the stack.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-observe.html
 *
 * @example
 * declare const topic: sns.ITopic;
 *
 * new EksObservability(this, 'Observability', {
 *   clusterName: 'tictactoe-dev',
 *   issuer: ClusterOidcIssuer.fromIssuerUrl(
 *     'https://oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
 *   ),
 *   metrics: MetricsCollection.alloy(),
 *   logs: LogCollection.fluentBit(),
 *   alerts: { receiver: AlertReceiver.sns('team', { topic }) },
 *   grafana: new GrafanaWorkspace(this, 'Grafana'),
 * });
 */
export class EksObservability extends Construct {
  /** The cluster. */
  public readonly cluster: eks.IClusterRef;

  /** What the cluster side must know of the AWS side. */
  public readonly bindings: ObservabilityBindings;

  /** Where metrics go: the workspace that was given or made, if there is one. */
  public readonly workspace?: IPrometheusAccess;

  /** Role of the collector of metrics, if one runs in the cluster. */
  public readonly metricsRole?: IServiceAccountRole;

  /** The managed collector, if metrics are collected by it. */
  public readonly scraper?: PrometheusScraper;

  /** Where logs go: the log group that was given or made, if there is one. */
  public readonly logGroup?: IContainerLogGroup;

  /** Role of the collector of logs, if there is one. */
  public readonly logsRole?: IServiceAccountRole;

  /** The alert manager of the workspace, if somebody is told of alerts. */
  public readonly alertManager?: AlertManager;

  /** The rules that AMP evaluates, by the name of their rule groups namespace. */
  public readonly ruleGroups: { [namespaceName: string]: RuleGroups };

  /** The alarms on the workspace itself, if there are `alerts`. */
  public readonly alarms?: PrometheusAlarms;

  /** The add-ons that were asked for, by name. */
  public readonly addons: { [name: string]: ObservabilityAddon };

  /** The VPC endpoints, if the network is private and has not got them. */
  public readonly endpoints?: PrivateObservabilityEndpoints;

  constructor(scope: Construct, id: string, props: EksObservabilityProps) {
    super(scope, id);
    validateChoices(this, props);
    const { metrics, logs, alerts, grafana, privateNetwork, issuer, namespace = 'monitoring' } = props;
    this.cluster = clusterOf(this, props);
    const context: ClusterContext = { cluster: this.cluster, namespace, issuer };

    this.addons = Object.fromEntries(
      [...new Set(props.addons)].map((addon) => [
        addon,
        new ObservabilityAddon(this, `Addon-${addon}`, { cluster: this.cluster, addon }),
      ]),
    );
    this.workspace = props.workspace ?? (metrics && this.makeWorkspace());
    this.logGroup = props.logGroup ?? (logs || metrics?.collectsLogs ? this.makeLogGroup() : undefined);

    const certManager = this.addons[ObservabilityAddonName.CERT_MANAGER];
    const collected = this.workspace
      ? metrics?._bind(this, {
          ...context,
          workspace: this.workspace,
          logGroup: this.logGroup,
          addonsBefore: certManager ? [certManager] : [],
        })
      : undefined;
    const collectedLogs = this.logGroup ? logs?._bind(this, { ...context, logGroup: this.logGroup }) : undefined;
    this.metricsRole = collected?.role;
    this.scraper = collected?.scraper;
    this.logsRole = collectedLogs?.role ?? collected?.logsRole;

    const made: MadeAlerts = alerts && this.workspace ? makeAlerts(this, this.workspace, alerts) : { ruleGroups: {} };
    this.alertManager = made.alertManager;
    this.ruleGroups = made.ruleGroups;
    this.alarms = made.alarms;

    if (grafana && this.workspace) {
      grafana.grantQueryPrometheus(this.workspace);
    }
    if (grafana && this.logGroup) {
      grafana.grantReadLogs(this.logGroup.logGroup);
      // The health check of Grafana's CloudWatch data source asks for metrics, too.
      grafana.grantReadMetrics();
    }
    makeLogins(this, grafana, props.logins ?? []);
    this.endpoints =
      privateNetwork &&
      makeEndpoints(this, privateNetwork, {
        metricsRole: this.metricsRole,
        logsRole: this.logsRole,
        images: [...(collected?.images ?? []), ...(collectedLogs?.images ?? [])],
      });
    this.bindings = this.bindingsWith(props);
    makeOutputs(this, props.outputPrefix ?? '', this.bindings);
  }

  private makeWorkspace(): PrometheusWorkspace {
    return new PrometheusWorkspace(this, 'Workspace', { alias: this.cluster.clusterRef.clusterName });
  }

  private makeLogGroup(): ContainerLogGroup {
    return new ContainerLogGroup(this, 'LogGroup', { logGroupName: `/eks/${this.cluster.clusterRef.clusterName}` });
  }

  private bindingsWith({ grafana }: EksObservabilityProps): ObservabilityBindings {
    const { workspace, logGroup, scraper } = this;
    const known = workspace && hasId(workspace) ? workspace : undefined;
    return {
      clusterName: this.cluster.clusterRef.clusterName,
      metricsRegion: workspace?.env.region,
      metricsWorkspaceId: known?.workspaceId,
      metricsEndpointUrl: known?.endpointUrl,
      remoteWriteUrl: known?.remoteWriteUrl,
      metricsRoleArn: this.metricsRole?.roleArn,
      scraperId: scraper?.scraperId,
      scraperRoleArn: scraper?.roleArn,
      logsRegion: logGroup?.env.region,
      logGroupName: logGroup?.logGroupName,
      logsRoleArn: this.logsRole?.roleArn,
      grafanaWorkspaceId: grafana?.workspaceId,
      grafanaUrl: grafana?.workspaceUrl,
    };
  }
}

function clusterOf(scope: Construct, { cluster, clusterName }: EksObservabilityProps): eks.IClusterRef {
  if (cluster !== undefined && clusterName === undefined) {
    return cluster;
  }
  if (cluster === undefined && clusterName !== undefined) {
    return eks.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName });
  }
  throw invalidProp(scope, {
    prop: 'clusterName',
    got: clusterName,
    allowed: cluster ? 'left out when cluster is given' : 'given when cluster is not',
    mend: 'Give the name of a cluster that exists, or the construct of one, and not both.',
  });
}

function validateChoices(scope: Construct, props: EksObservabilityProps): void {
  const { metrics, logs, workspace, logGroup, alerts, grafana } = props;
  if (!metrics && !logs && !workspace && !logGroup) {
    throw invalidProp(scope, {
      prop: 'metrics',
      got: metrics,
      allowed: 'given when logs is not',
      mend: 'Choose what is collected: MetricsCollection.alloy(), LogCollection.fluentBit() or the like.',
    });
  }
  if (logs && metrics?.collectsLogs) {
    throw invalidProp(scope, {
      prop: 'logs',
      got: 'a second collector of logs',
      allowed: 'left out when the add-on ADOT collects container logs',
      mend: 'Every line would be in the log group twice: leave out logs, or containerLogs of the add-on.',
    });
  }
  if (alerts && !metrics && !workspace) {
    throw invalidProp(scope, {
      prop: 'alerts',
      got: 'alerts without metrics',
      allowed: 'given with metrics or workspace',
      mend: 'Alerts are rules over metrics: choose how those are collected.',
    });
  }
  if (workspace && !metrics && !alerts && !grafana) {
    throw unused(scope, 'workspace', workspace, 'metrics, alerts or grafana');
  }
  if (logGroup && !logs && !metrics?.collectsLogs && !grafana) {
    throw unused(scope, 'logGroup', logGroup, 'logs or grafana');
  }
}

function unused(scope: Construct, prop: string, given: IConstruct, uses: string): Error {
  return invalidProp(scope, {
    prop,
    got: given.node.path,
    allowed: `given only with ${uses}`,
    mend: 'Nothing would be done with it: choose what uses it, or leave it out.',
  });
}

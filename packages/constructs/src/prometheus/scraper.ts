import { Annotations, Resource, Token } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { warnWhereUnavailable } from '../private/availability';
import { invalidProp } from '../private/errors';
import type { ScrapeDefinition } from './scrape-definition';
import type { IPrometheusWorkspace } from './workspace-types';

/**
 * Properties of a `PrometheusScraper`.
 */
export interface PrometheusScraperProps {
  /**
   * The cluster that is scraped, of either of the CDK's modules for EKS, or imported by name. Its private endpoint must
   * be switched on.
   */
  readonly cluster: eks.IClusterRef;

  /**
   * Where the samples go: a workspace of the same account, without a key of your own, because AMP's collectors can write
   * to no other.
   */
  readonly workspace: IPrometheusWorkspace;

  /** What is scraped. */
  readonly definition: ScrapeDefinition;

  /** The VPC of the cluster. */
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
   * A name by which people find the collector: letters, digits or any of `- . _`, with a letter or digit first.
   *
   * @default - none
   */
  readonly alias?: string;

  /**
   * How the cluster finds out what a caller may do. With `API` or `API_AND_CONFIG_MAP` AMP lets its collector in by
   * itself, by an access entry of its own.
   *
   * @default - that of the cluster if it is made here, otherwise taken to be API
   */
  readonly authenticationMode?: eks.AuthenticationMode;

  /**
   * Log group for what the collector does: service discovery, scraping and sending.
   *
   * @default - not logged
   */
  readonly logGroup?: logs.ILogGroup;
}

const COMPONENTS = ['SERVICE_DISCOVERY', 'COLLECTOR', 'EXPORTER'];

/**
 * A managed collector of AMP: it scrapes a cluster from outside, without an agent in it.
 *
 * AMP makes an access entry for it by itself, so none must be made here. On a cluster that knows the ConfigMap
 * `aws-auth` only, its role must be entered there and given the right to list and get what it discovers.
 *
 * @resource AWS::APS::Scraper
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-collector-how-to.html
 *
 * @example
 * declare const cluster: eks.ICluster;
 * declare const vpc: ec2.IVpc;
 * declare const metrics: IPrometheusWorkspace;
 *
 * new PrometheusScraper(this, 'Scraper', {
 *   cluster,
 *   vpc,
 *   workspace: metrics,
 *   definition: ScrapeDefinition.fromFile('scrape.yaml'),
 * });
 */
export class PrometheusScraper extends Resource {
  /**
   * ARN of the collector.
   *
   * @attribute
   */
  public readonly scraperArn: string;

  /**
   * Id of the collector: `s-` and a UUID.
   *
   * @attribute
   */
  public readonly scraperId: string;

  /**
   * ARN of the role that AMP made for the collector, for the ConfigMap of a cluster without access entries.
   *
   * @attribute
   */
  public readonly roleArn: string;

  constructor(scope: Construct, id: string, props: PrometheusScraperProps) {
    super(scope, id);
    validateAlias(this, props.alias);
    validateWorkspace(this, props.workspace);
    const subnets = props.vpc.selectSubnets(props.vpcSubnets);
    validateSubnets(this, subnets);
    warnWhereUnavailable(this, 'AWS::APS::Scraper');

    const resource = new aps.CfnScraper(this, 'Resource', {
      alias: props.alias,
      source: {
        eksConfiguration: {
          clusterArn: props.cluster.clusterRef.clusterArn,
          subnetIds: subnets.subnetIds,
          securityGroupIds: props.securityGroups?.map(({ securityGroupId }) => securityGroupId),
        },
      },
      destination: { ampConfiguration: { workspaceArn: props.workspace.workspaceArn } },
      scrapeConfiguration: { configurationBlob: props.definition._render(this) },
      scraperLoggingConfiguration: props.logGroup && {
        loggingDestination: { cloudWatchLogs: { logGroupArn: props.logGroup.logGroupArn } },
        scraperComponents: COMPONENTS.map((type) => ({ type })),
      },
    });
    this.scraperArn = resource.attrArn;
    this.scraperId = resource.attrScraperId;
    this.roleArn = resource.attrRoleArn;
    this.warnAboutConfigMap(props);
  }

  private warnAboutConfigMap({ cluster, authenticationMode }: PrometheusScraperProps): void {
    const mode = authenticationMode ?? (cluster instanceof eks.Cluster ? cluster.authenticationMode : undefined);
    if (mode === eks.AuthenticationMode.CONFIG_MAP) {
      Annotations.of(this).addWarningV2(
        '@eks-sightline/constructs:prometheus.scraperNeedsConfigMap',
        'The cluster has no access entries (authentication mode CONFIG_MAP), so AMP cannot let its collector in: enter ' +
          `${this.roleArn} into the ConfigMap aws-auth with a user that may list and get pods, services, endpoints and ` +
          'nodes, or switch the cluster to API_AND_CONFIG_MAP.',
      );
    }
  }
}

function validateWorkspace(scope: Resource, workspace: IPrometheusWorkspace): void {
  if (workspace.encryptionKey !== undefined) {
    throw invalidProp(scope, {
      prop: 'workspace',
      got: workspace.node.path,
      allowed: 'a workspace that is encrypted with a key of AWS',
      mend: 'AMP’s collectors cannot write to one with a key of your own: run a collector in the cluster instead.',
    });
  }
  const here = scope.env.account;
  const there = workspace.env.account;
  if (!Token.isUnresolved(here) && !Token.isUnresolved(there) && here !== there) {
    throw invalidProp(scope, {
      prop: 'workspace',
      got: `a workspace of account ${there}`,
      allowed: `of account ${here}, where the collector is`,
      mend: 'The role that AMP makes for a collector writes within its account only.',
    });
  }
}

function validateSubnets(
  scope: Construct,
  { subnetIds, availabilityZones, isPendingLookup }: ec2.SelectedSubnets,
): void {
  const zones = new Set(availabilityZones);
  if (isPendingLookup || (subnetIds.length >= 2 && zones.size >= 2) || Token.isUnresolved(availabilityZones)) {
    return;
  }
  throw invalidProp(scope, {
    prop: 'vpcSubnets',
    got: `${subnetIds.length} subnets in ${zones.size} availability zones`,
    allowed: 'two subnets in two availability zones, at least',
    mend: 'Select others, or give the VPC a subnet in a second zone.',
  });
}

function validateAlias(scope: Construct, alias: string | undefined): void {
  if (alias !== undefined && !Token.isUnresolved(alias) && !/^[0-9A-Za-z][-.0-9A-Z_a-z]*$/.test(alias)) {
    throw invalidProp(scope, {
      prop: 'alias',
      got: alias,
      allowed: 'letters, digits or any of - . _, with a letter or digit first',
      mend: 'Replace other characters by a hyphen, or leave it out.',
    });
  }
}

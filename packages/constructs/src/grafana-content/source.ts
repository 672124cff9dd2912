import { Stack, Token } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { IGrafanaWorkspace } from '../grafana';
import { invalidProp } from '../private/errors';
import type { IPrometheusWorkspace } from '../prometheus';

/**
 * Options of `GrafanaSource.prometheusWorkspace`.
 */
export interface GrafanaPrometheusSourceOptions {
  /**
   * Whether to take Grafana's own plugin for Prometheus, or that for Amazon Managed Service for Prometheus.
   *
   * @default - by the version of the workspace when it is deployed: Grafana's own before 12, the other from then on
   * @see https://docs.aws.amazon.com/grafana/latest/userguide/prometheus-manually-adding.html
   */
  readonly corePlugin?: boolean;

  /**
   * How often samples are taken, as Prometheus writes it: `30s`. Grafana draws no finer.
   *
   * @default - Grafana's default, 15s
   */
  readonly scrapeInterval?: string;
}

/**
 * Options of `GrafanaSource.cloudWatch`.
 */
export interface GrafanaCloudWatchSourceOptions {
  /**
   * Region that is read unless a query names another.
   *
   * @default - the region of the stack
   */
  readonly region?: string;

  /**
   * Log groups that the role of the workspace is to read.
   *
   * @default - none are granted here
   */
  readonly logGroups?: ILogGroup[];

  /**
   * Whether the role of the workspace is to read metrics. Without it the health check of the data source fails.
   *
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Options of `GrafanaSource.other`.
 */
export interface GrafanaOtherSourceOptions {
  /** Type of the data source: the id of its plugin, such as `loki` or `grafana-x-ray-datasource`. */
  readonly type: string;

  /**
   * URL of the data source.
   *
   * @default - none
   */
  readonly url?: string;

  /**
   * Settings of the plugin. No secrets: they would be in the template.
   *
   * @default - none
   */
  readonly jsonData?: { [name: string]: unknown };
}

/** What a data source is, without its name. */
export interface RenderedSource {
  readonly type: string;
  readonly url?: string;
  readonly jsonData: Record<string, unknown>;
}

/**
 * What a data source reads.
 *
 * @example
 * declare const metrics: IPrometheusWorkspace;
 * declare const containerLogs: IContainerLogGroup;
 *
 * const amp = GrafanaSource.prometheusWorkspace(metrics);
 * const logs = GrafanaSource.cloudWatch({ logGroups: [containerLogs.logGroup] });
 */
export class GrafanaSource {
  /**
   * A workspace of Amazon Managed Service for Prometheus, which the role of the Grafana workspace is granted to query.
   *
   * @param prometheus the workspace
   * @param options plugin, scrape interval
   */
  public static prometheusWorkspace(
    prometheus: IPrometheusWorkspace,
    options: GrafanaPrometheusSourceOptions = {},
  ): GrafanaSource {
    return new GrafanaSource((_, grafana) => {
      grafana.grantQueryPrometheus(prometheus);
      return {
        type: pluginOf(options.corePlugin),
        url: prometheus.endpointUrl,
        jsonData: {
          httpMethod: 'POST',
          sigV4Auth: true,
          // What Grafana's form calls "Workspace IAM role".
          sigV4AuthType: 'ec2_iam_role',
          sigV4Region: prometheus.env.region,
          // With a small v, unlike the others.
          sigv4Service: 'aps',
          timeInterval: options.scrapeInterval,
        },
      };
    });
  }

  /**
   * Amazon CloudWatch, its logs included, read with the role of the Grafana workspace, which is granted what is asked
   * for here.
   *
   * @param options region, log groups, metrics
   */
  public static cloudWatch(options: GrafanaCloudWatchSourceOptions = {}): GrafanaSource {
    const { logGroups = [], metrics = true } = options;
    return new GrafanaSource((scope, grafana) => {
      for (const logGroup of logGroups) {
        grafana.grantReadLogs(logGroup);
      }
      if (metrics) {
        grafana.grantReadMetrics();
      }
      const defaultRegion = options.region ?? Stack.of(scope).region;
      return { type: 'cloudwatch', jsonData: { authType: 'ec2_iam_role', defaultRegion } };
    });
  }

  /**
   * Any other data source whose plugin the workspace has.
   *
   * @param options type, URL, settings
   */
  public static other(options: GrafanaOtherSourceOptions): GrafanaSource {
    return new GrafanaSource((scope) => {
      const { type, url, jsonData = {} } = options;
      if (!Token.isUnresolved(type) && !/^[a-z][a-z0-9-]*$/.test(type)) {
        throw invalidProp(scope, {
          prop: 'source.type',
          got: type,
          allowed: 'the id of a plugin: small letters, digits and hyphens',
          mend: 'The page of the plugin in Grafana shows it, such as grafana-x-ray-datasource.',
        });
      }
      return { type, url, jsonData };
    });
  }

  private constructor(private readonly bind: (scope: IConstruct, grafana: IGrafanaWorkspace) => RenderedSource) {}

  /**
   * As the provider takes it; grants what it needs.
   *
   * @internal
   */
  public _bind(scope: IConstruct, grafana: IGrafanaWorkspace): RenderedSource {
    return this.bind(scope, grafana);
  }
}

/** The handler reads `amp` as: what fits the version. */
function pluginOf(corePlugin: boolean | undefined): string {
  if (corePlugin === undefined) {
    return 'amp';
  }
  return corePlugin ? 'prometheus' : 'grafana-amazonprometheus-datasource';
}

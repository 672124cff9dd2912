import { COLLECTOR_ENVIRONMENT } from '../collector-parts/environment';
import type { EnvironmentValue } from '../core/environment-value';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { type ScrapeConfig, scrapeConfig } from '../metrics/prometheus-scrape';
import type { QueueSettings } from '../metrics/queue-settings';
import { REPLICA_LABEL, REPLICA_VARIABLE, type Topology } from '../metrics/replicas';
import type { ScrapeJob } from '../metrics/scrape-job';

/** The variable that the configuration reads. Prometheus expands variables in external labels and nowhere else. */
export const CLUSTER_VARIABLE = COLLECTOR_ENVIRONMENT.cluster;

/**
 * The part of Prometheus' configuration that an agent may have: rules, alerting and remote read are refused by it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export interface PrometheusConfig {
  readonly global: Global;
  readonly scrape_configs: ScrapeConfig[];
  readonly remote_write: RemoteWrite[];
}

interface Global {
  readonly external_labels: Record<string, string>;
  /** From Prometheus 3 on; before, there was no other. */
  readonly metric_name_validation_scheme?: 'legacy';
}

export interface RemoteWrite {
  readonly name: string;
  readonly url: string;
  readonly sigv4: { readonly region: string };
  readonly queue_config: { readonly [setting: string]: number | boolean | undefined };
}

export interface PrometheusPipeline {
  readonly jobs: ScrapeJob[];
  readonly topology: Topology;
  readonly queue: QueueSettings;
  readonly workspace: KnownWorkspace;
  /** Major version of Prometheus: 3 if there is nothing. */
  readonly version?: 2 | 3;
}

/** The whole configuration file, as data. */
export function prometheusConfig(pipeline: PrometheusPipeline): PrometheusConfig {
  const { jobs, topology, queue, workspace, version = 3 } = pipeline;
  return {
    global: {
      // Names as Alloy and OpenTelemetry write them, with underscores for what Prometheus 3 would let through.
      ...(version === 3 ? { metric_name_validation_scheme: 'legacy' } : {}),
      external_labels: {
        cluster: variable(CLUSTER_VARIABLE),
        ...(topology.copies ? { [REPLICA_LABEL]: variable(REPLICA_VARIABLE) } : {}),
      },
    },
    scrape_configs: jobs.map(scrapeConfig),
    remote_write: [
      {
        name: 'amp',
        url: workspace.url,
        sigv4: { region: workspace.region },
        // AMP answers 429 when it limits the rate. Prometheus would drop those samples.
        queue_config: { ...queue, retry_on_http_429: true },
      },
    ],
  };
}

function variable(name: string): string {
  return `\${${name}}`;
}

/** A workspace whose region and URL are known now. */
export interface KnownWorkspace {
  readonly region: string;
  readonly url: string;
}

export function knownWorkspace(struct: string, target: PrometheusRemoteWriteTarget): KnownWorkspace {
  const region = known(`${struct}.remoteWrite.region`, target.region);
  const id = known(`${struct}.remoteWrite.workspaceId`, target.workspaceId);
  return {
    region,
    url: `https://aps-workspaces.${region}.${target.dnsSuffix}/workspaces/${id}/api/v1/remote_write`,
  };
}

function known(prop: string, value: EnvironmentValue): string {
  if (value.literalValue === undefined) {
    throw new Error(
      `${prop}: got a key of ConfigMap "${value.source?.name}", allowed: EnvironmentValue.literal, as Prometheus reads no ` +
        'variables in URLs. Give the value itself, or use GrafanaAlloy or AdotCollector, which read it when they start.',
    );
  }
  return value.literalValue;
}

import { Yaml } from 'cdk8s';
import { type ScrapeConfig, scrapeConfig } from '../metrics/prometheus-scrape';
import type { QueueSettings } from '../metrics/queue-settings';
import { REPLICA_LABEL, REPLICA_VARIABLE } from '../metrics/replicas';
import type { ScrapeJob } from '../metrics/scrape-job';

/** The variable that the configuration reads. Prometheus expands variables in external labels and nowhere else. */
export const CLUSTER_VARIABLE = 'CLUSTER_NAME';

/**
 * The part of Prometheus' configuration that an agent may have: rules, alerting and remote read are refused by it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
interface PrometheusConfig {
  readonly global: { readonly external_labels: Record<string, string> };
  readonly scrape_configs: ScrapeConfig[];
  readonly remote_write: RemoteWrite[];
}

interface RemoteWrite {
  readonly name: string;
  readonly url: string;
  readonly sigv4: { readonly region: string };
  readonly queue_config: { readonly [setting: string]: number | boolean | undefined };
}

export interface PrometheusPipeline {
  readonly jobs: ScrapeJob[];
  readonly highAvailability: boolean;
  readonly queue: QueueSettings;
  readonly url: string;
  readonly region: string;
}

/** The whole configuration file. */
export function prometheusConfig(pipeline: PrometheusPipeline): string {
  return Yaml.stringify(config(pipeline));
}

function config(pipeline: PrometheusPipeline): PrometheusConfig {
  return {
    global: {
      external_labels: {
        cluster: variable(CLUSTER_VARIABLE),
        ...(pipeline.highAvailability ? { [REPLICA_LABEL]: variable(REPLICA_VARIABLE) } : {}),
      },
    },
    scrape_configs: pipeline.jobs.map(scrapeConfig),
    remote_write: [
      {
        name: 'amp',
        url: pipeline.url,
        sigv4: { region: pipeline.region },
        // AMP answers 429 when it limits the rate. Prometheus would drop those samples.
        queue_config: { ...pipeline.queue, retry_on_http_429: true },
      },
    ],
  };
}

function variable(name: string): string {
  return `\${${name}}`;
}

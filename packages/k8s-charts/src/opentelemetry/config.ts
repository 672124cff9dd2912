import { COLLECTOR_ENVIRONMENT } from '../collector-parts/environment';
import { scrapeConfig } from '../metrics/prometheus-scrape';
import { REPLICA_LABEL, REPLICA_VARIABLE, type Topology } from '../metrics/replicas';
import type { ScrapeJob } from '../metrics/scrape-job';
import type { CollectorConfig, Environment } from './config-model';

/** Port of the collector's health check. */
export const HEALTH_PORT = 13133;

/** Port of the collector's own metrics. */
export const METRICS_PORT = 8888;

export interface CollectorPipeline {
  readonly jobs: ScrapeJob[];
  readonly topology: Topology;
  readonly dnsSuffix: string;
}

export function collectorConfig(pipeline: CollectorPipeline): CollectorConfig {
  return {
    extensions: {
      // Without an address it listens on the loopback interface, where no probe finds it.
      health_check: { endpoint: `0.0.0.0:${HEALTH_PORT}` },
      sigv4auth: { region: env('region'), service: 'aps' },
    },
    receivers: { prometheus: { config: { scrape_configs: pipeline.jobs.map(scrapeConfig) } } },
    processors: {
      // Of the container's memory limit.
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      batch: { send_batch_size: 2000, timeout: '5s' },
    },
    exporters: {
      prometheusremotewrite: {
        endpoint: [
          'https://aps-workspaces.',
          env('region'),
          `.${pipeline.dnsSuffix}/workspaces/`,
          env('workspaceId'),
          '/api/v1/remote_write',
        ],
        auth: { authenticator: 'sigv4auth' },
        external_labels: {
          cluster: env('cluster'),
          ...(pipeline.topology.copies ? { [REPLICA_LABEL]: { environment: REPLICA_VARIABLE } } : {}),
        },
        // The same names and labels as from the other collectors: no `_total` behind counters that have none, no labels
        // `otel_scope_…`, no series `target_info`.
        translation_strategy: 'UnderscoreEscapingWithoutSuffixes',
        disable_scope_info: true,
        target_info: { enabled: false },
      },
    },
    service: {
      extensions: ['health_check', 'sigv4auth'],
      telemetry: {
        metrics: { readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS_PORT } } } }] },
      },
      pipelines: {
        metrics: {
          receivers: ['prometheus'],
          processors: ['memory_limiter', 'batch'],
          exporters: ['prometheusremotewrite'],
        },
      },
    },
  };
}

function env(value: keyof typeof COLLECTOR_ENVIRONMENT): Environment {
  return { environment: COLLECTOR_ENVIRONMENT[value] };
}

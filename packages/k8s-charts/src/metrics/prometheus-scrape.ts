import type { RelabelRule } from './relabel-rule';
import { ACCOUNT_TOKEN, CLUSTER_AUTHORITY, type ScrapeJob } from './scrape-job';

/**
 * The part of Prometheus' `scrape_configs` that this library writes. OpenTelemetry's receiver reads the same.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export interface ScrapeConfig {
  readonly job_name: string;
  readonly scrape_interval: string;
  readonly scrape_timeout: string;
  readonly sample_limit?: number;
  readonly honor_labels?: boolean;
  readonly honor_timestamps?: boolean;
  readonly authorization?: { readonly credentials_file: string };
  readonly tls_config?: { readonly ca_file: string };
  readonly kubernetes_sd_configs: KubernetesDiscovery[];
  readonly relabel_configs: RelabelConfig[];
  readonly metric_relabel_configs: RelabelConfig[];
}

export interface KubernetesDiscovery {
  readonly role: 'pod' | 'node';
  readonly namespaces?: { readonly names: string[] };
}

export interface RelabelConfig {
  readonly source_labels?: string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action: string;
}

export function scrapeConfig(job: ScrapeJob): ScrapeConfig {
  const { settings, namespaces } = job;
  return {
    job_name: job.name,
    scrape_interval: `${settings.intervalSeconds}s`,
    scrape_timeout: `${settings.timeoutSeconds}s`,
    ...(settings.sampleLimit === undefined ? {} : { sample_limit: settings.sampleLimit }),
    ...(job.honorLabels ? { honor_labels: true } : {}),
    ...(job.ignoreTimestamps ? { honor_timestamps: false } : {}),
    ...(job.kubelet
      ? { authorization: { credentials_file: ACCOUNT_TOKEN }, tls_config: { ca_file: CLUSTER_AUTHORITY } }
      : {}),
    kubernetes_sd_configs: [
      { role: job.role, ...(namespaces.length === 0 ? {} : { namespaces: { names: namespaces } }) },
    ],
    relabel_configs: job.rules.map(relabelConfig),
    metric_relabel_configs: job.metricRules.map(relabelConfig),
  };
}

function relabelConfig(rule: RelabelRule): RelabelConfig {
  const { sourceLabels, separator, regex, targetLabel, replacement, action } = rule;
  return {
    ...(sourceLabels === undefined ? {} : { source_labels: sourceLabels }),
    ...(separator === undefined ? {} : { separator }),
    ...(regex === undefined ? {} : { regex }),
    ...(targetLabel === undefined ? {} : { target_label: targetLabel }),
    ...(replacement === undefined ? {} : { replacement }),
    action,
  };
}

import type { RelabelRule } from '../metrics/relabel-rule';
import type { Block, Expression } from './syntax';

/**
 * The components of Alloy that this library uses, with the arguments it uses, as Alloy's reference has them (v1.18).
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/
 */

export interface Logging {
  readonly level: string;
  readonly format: string;
}

export function logging(args: Logging): Block {
  return { name: 'logging', attributes: { level: args.level, format: args.format } };
}

export interface DiscoveryKubernetes {
  readonly role: 'pod' | 'node';
  /** Empty: all namespaces. */
  readonly namespaces: string[];
  /** What the API server selects by, before anything is discovered. */
  readonly field?: Expression;
}

export function discoveryKubernetes(label: string, { role, namespaces, field }: DiscoveryKubernetes): Block {
  return {
    name: 'discovery.kubernetes',
    label,
    attributes: { role },
    blocks: [
      ...(namespaces.length === 0 ? [] : [{ name: 'namespaces', attributes: { names: namespaces } }]),
      ...(field === undefined ? [] : [{ name: 'selectors', attributes: { role, field } }]),
    ],
  };
}

/** Every instance of the cluster scrapes a share of the targets. */
function clustering(shared: boolean | undefined): Block[] {
  return shared ? [{ name: 'clustering', attributes: { enabled: true } }] : [];
}

export function relabelRule(rule: RelabelRule): Block {
  return {
    name: 'rule',
    attributes: {
      source_labels: rule.sourceLabels,
      separator: rule.separator,
      regex: rule.regex,
      target_label: rule.targetLabel,
      replacement: rule.replacement,
      action: rule.action,
    },
  };
}

export interface DiscoveryRelabel {
  readonly targets: Expression;
  readonly rules: RelabelRule[];
}

export function discoveryRelabel(label: string, args: DiscoveryRelabel): Block {
  return {
    name: 'discovery.relabel',
    label,
    attributes: { targets: args.targets },
    blocks: args.rules.map(relabelRule),
  };
}

export interface PrometheusScrape {
  readonly targets: Expression;
  readonly forwardTo: Expression[];
  readonly jobName: string;
  readonly scrapeIntervalSeconds: number;
  readonly scrapeTimeoutSeconds: number;
  readonly sampleLimit?: number;
  readonly honorLabels?: boolean;
  readonly honorTimestamps?: boolean;
  readonly bearerTokenFile?: string;
  readonly caFile?: string;
  readonly shared?: boolean;
}

export function prometheusScrape(label: string, args: PrometheusScrape): Block {
  return {
    name: 'prometheus.scrape',
    label,
    attributes: {
      targets: args.targets,
      forward_to: args.forwardTo,
      job_name: args.jobName,
      scrape_interval: `${args.scrapeIntervalSeconds}s`,
      scrape_timeout: `${args.scrapeTimeoutSeconds}s`,
      sample_limit: args.sampleLimit,
      honor_labels: args.honorLabels,
      honor_timestamps: args.honorTimestamps,
      bearer_token_file: args.bearerTokenFile,
    },
    blocks: [
      ...(args.caFile === undefined ? [] : [{ name: 'tls_config', attributes: { ca_file: args.caFile } }]),
      ...clustering(args.shared),
    ],
  };
}

export interface PrometheusRelabel {
  readonly forwardTo: Expression[];
  readonly rules: RelabelRule[];
}

/** Sees every sample of a scrape, also those that the scrape adds, such as `up`. */
export function prometheusRelabel(label: string, args: PrometheusRelabel): Block {
  return {
    name: 'prometheus.relabel',
    label,
    attributes: { forward_to: args.forwardTo },
    blocks: args.rules.map(relabelRule),
  };
}

export interface PrometheusRemoteWrite {
  readonly externalLabels: Record<string, Expression>;
  readonly url: Expression;
  readonly sigv4Region: Expression;
  /** Attributes of the block `queue_config`, which is left out when there are none. */
  readonly queue: { readonly [attribute: string]: number | undefined };
}

export function prometheusRemoteWrite(label: string, args: PrometheusRemoteWrite): Block {
  return {
    name: 'prometheus.remote_write',
    label,
    attributes: { external_labels: { object: args.externalLabels } },
    blocks: [
      {
        name: 'endpoint',
        attributes: { url: args.url },
        // External id, service name and FIPS endpoint are newer than v1.18.0 and not needed: the service defaults to "aps".
        blocks: [
          { name: 'sigv4', attributes: { region: args.sigv4Region } },
          ...(Object.keys(args.queue).length === 0 ? [] : [{ name: 'queue_config', attributes: args.queue }]),
        ],
      },
    ],
  };
}

export interface PrometheusOperatorMonitors {
  readonly kind: 'podmonitors' | 'servicemonitors';
  readonly forwardTo: Expression[];
  /** Empty: all namespaces. */
  readonly namespaces: string[];
  readonly matchLabels: Record<string, string>;
  readonly scrapeIntervalSeconds: number;
  readonly scrapeTimeoutSeconds: number;
  readonly sampleLimit?: number;
  readonly shared?: boolean;
}

export function prometheusOperatorMonitors(label: string, args: PrometheusOperatorMonitors): Block {
  const selects = Object.keys(args.matchLabels).length > 0;
  return {
    name: `prometheus.operator.${args.kind}`,
    label,
    attributes: {
      forward_to: args.forwardTo,
      namespaces: args.namespaces.length === 0 ? undefined : args.namespaces,
    },
    blocks: [
      ...(selects ? [{ name: 'selector', attributes: { match_labels: { object: args.matchLabels } } }] : []),
      {
        name: 'scrape',
        attributes: {
          default_scrape_interval: `${args.scrapeIntervalSeconds}s`,
          default_scrape_timeout: `${args.scrapeTimeoutSeconds}s`,
          default_sample_limit: args.sampleLimit,
        },
      },
      ...clustering(args.shared),
    ],
  };
}

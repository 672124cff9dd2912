import { COLLECTOR_ENVIRONMENT } from '../collector-parts/environment';
import type { MonitorSettings } from '../metrics/monitor-settings';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import type { QueueSettings } from '../metrics/queue-settings';
import { REPLICA_LABEL, REPLICA_VARIABLE, type Topology } from '../metrics/replicas';
import { ACCOUNT_TOKEN, CLUSTER_AUTHORITY, NODE_VARIABLE, type ScrapeJob } from '../metrics/scrape-job';
import {
  discoveryKubernetes,
  discoveryRelabel,
  logging,
  prometheusOperatorMonitors,
  prometheusRelabel,
  prometheusRemoteWrite,
  prometheusScrape,
} from './components';
import { type Block, type Env, type Expression, type Reference, renderAlloy } from './syntax';

export interface AlloyPipeline {
  readonly jobs: ScrapeJob[];
  readonly monitors?: MonitorSettings;
  readonly topology: Topology;
  readonly queue: QueueSettings;
  readonly remoteWrite: PrometheusRemoteWriteTarget;
  readonly logLevel: string;
}

/** The whole configuration file. */
export function alloyConfig(pipeline: AlloyPipeline): string {
  return renderAlloy(alloyBlocks(pipeline));
}

function alloyBlocks(pipeline: AlloyPipeline): Block[] {
  const { remoteWrite } = pipeline;
  return [
    logging({ level: pipeline.logLevel, format: 'logfmt' }),
    ...pipeline.jobs.flatMap((job) => jobBlocks(job, shared(pipeline))),
    ...monitorBlocks(pipeline),
    prometheusRemoteWrite('amp', {
      externalLabels: {
        cluster: env('cluster'),
        ...(pipeline.topology.copies ? { [REPLICA_LABEL]: { env: REPLICA_VARIABLE } } : {}),
      },
      url: {
        concat: [
          'https://aps-workspaces.',
          env('region'),
          `.${remoteWrite.dnsSuffix}/workspaces/`,
          env('workspaceId'),
          '/api/v1/remote_write',
        ],
      },
      sigv4Region: env('region'),
      queue: pipeline.queue,
    }),
  ];
}

/** Several instances, each with a share of the targets. */
function shared({ topology }: AlloyPipeline): boolean {
  return topology.replicas > 1 && !topology.copies;
}

const AMP: Reference = { reference: 'prometheus.remote_write.amp.receiver' };

/** Discovery, selection, scrape, and what is done to the series. */
function jobBlocks(job: ScrapeJob, share: boolean): Block[] {
  const { id, settings, metricRules } = job;
  return [
    discoveryKubernetes(id, { role: job.role, namespaces: job.namespaces, field: ownNode(job) }),
    discoveryRelabel(id, { targets: { reference: `discovery.kubernetes.${id}.targets` }, rules: job.rules }),
    prometheusScrape(id, {
      targets: { reference: `discovery.relabel.${id}.output` },
      forwardTo: [receiver(job)],
      jobName: job.name,
      scrapeIntervalSeconds: settings.intervalSeconds,
      scrapeTimeoutSeconds: settings.timeoutSeconds,
      sampleLimit: settings.sampleLimit,
      honorLabels: job.honorLabels ? true : undefined,
      honorTimestamps: job.ignoreTimestamps ? false : undefined,
      ...(job.kubelet ? { bearerTokenFile: ACCOUNT_TOKEN, caFile: CLUSTER_AUTHORITY } : {}),
      shared: share,
    }),
    prometheusRelabel(id, { forwardTo: [AMP], rules: metricRules }),
  ];
}

/** Monitors say what is scraped; how often and how much, unless they say it, is that of the pods. */
function monitorBlocks(pipeline: AlloyPipeline): Block[] {
  const {
    jobs: [pods],
    monitors,
  } = pipeline;
  if (monitors === undefined || pods === undefined) {
    return [];
  }
  const kinds = [
    ...(monitors.podMonitors ? (['podmonitors'] as const) : []),
    ...(monitors.serviceMonitors ? (['servicemonitors'] as const) : []),
  ];
  return kinds.map((kind) =>
    prometheusOperatorMonitors('monitors', {
      kind,
      forwardTo: [receiver(pods)],
      namespaces: monitors.namespaces,
      matchLabels: monitors.matchLabels,
      scrapeIntervalSeconds: pods.settings.intervalSeconds,
      scrapeTimeoutSeconds: pods.settings.timeoutSeconds,
      sampleLimit: pods.settings.sampleLimit,
      shared: shared(pipeline),
    }),
  );
}

/** The field by which the API server gives what is on the collector's own node, and nothing else. */
function ownNode({ ownNode: own, role }: ScrapeJob): Expression | undefined {
  const field = role === 'pod' ? 'spec.nodeName=' : 'metadata.name=';
  return own ? { concat: [field, { env: NODE_VARIABLE }] } : undefined;
}

/** What takes the samples of a job. */
function receiver({ id }: ScrapeJob): Reference {
  return { reference: `prometheus.relabel.${id}.receiver` };
}

function env(value: keyof typeof COLLECTOR_ENVIRONMENT): Env {
  return { env: COLLECTOR_ENVIRONMENT[value] };
}

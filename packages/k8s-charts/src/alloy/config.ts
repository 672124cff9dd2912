import type { PodDiscovery } from '../metrics/pod-discovery';
import type { PrometheusRemoteWriteTarget } from '../metrics/prometheus-remote-write-target';
import { annotationRules } from './annotation-rules';
import { discoveryKubernetes, discoveryRelabel, logging, prometheusRemoteWrite, prometheusScrape } from './components';
import { type Block, type Env, renderAlloy } from './syntax';

/** Variables that the configuration reads, so that its text is the same in every environment. */
export const ALLOY_ENVIRONMENT = {
  cluster: 'CLUSTER_NAME',
  region: 'AWS_REGION',
  workspaceId: 'AMP_WORKSPACE_ID',
} as const;

/** Value of the label `job`, whichever collector scrapes. */
const JOB_NAME = 'kubernetes-pods';

export interface AlloyPipeline {
  readonly discovery: PodDiscovery;
  readonly remoteWrite: PrometheusRemoteWriteTarget;
  readonly scrapeIntervalSeconds: number;
  readonly scrapeTimeoutSeconds: number;
  readonly logLevel: string;
}

/** The whole configuration file. */
export function alloyConfig(pipeline: AlloyPipeline): string {
  return renderAlloy(alloyBlocks(pipeline));
}

function alloyBlocks(pipeline: AlloyPipeline): Block[] {
  const { discovery, remoteWrite } = pipeline;
  return [
    logging({ level: pipeline.logLevel, format: 'logfmt' }),
    discoveryKubernetes('pods', { role: 'pod', namespaces: discovery.namespaces }),
    discoveryRelabel('pods', {
      targets: { reference: 'discovery.kubernetes.pods.targets' },
      rules: annotationRules(discovery.defaultPort),
    }),
    prometheusScrape('pods', {
      targets: { reference: 'discovery.relabel.pods.output' },
      forwardTo: [{ reference: 'prometheus.remote_write.amp.receiver' }],
      jobName: JOB_NAME,
      scrapeIntervalSeconds: pipeline.scrapeIntervalSeconds,
      scrapeTimeoutSeconds: pipeline.scrapeTimeoutSeconds,
    }),
    prometheusRemoteWrite('amp', {
      externalLabels: { cluster: env('cluster') },
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
    }),
  ];
}

function env(value: keyof typeof ALLOY_ENVIRONMENT): Env {
  return { env: ALLOY_ENVIRONMENT[value] };
}

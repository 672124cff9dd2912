import { Size } from 'cdk8s';
import { type CollectorValues, collectorEnvironment } from '../collector-parts/environment';
import type { CollectorProgram } from '../collector-parts/pod-template';
import type { ContainerResources } from '../core/container-resources';
import type { CollectorSettings } from '../metrics/collector-settings';
import { HEALTH_PORT, METRICS_PORT } from './config';

/** User `aoc` of the image. */
export const ADOT_USER = 4317;

/** Queued batches are sent before the collector ends. */
export const GRACE_SECONDS = 60;

export const MEMORY = { memoryRequest: Size.mebibytes(256), memoryLimit: Size.mebibytes(512) };

/** Of the collector's own metrics. */
export const METRICS_PATH = '/metrics';

const CONFIG_FOLDER = '/etc/otel';
export const CONFIG_FILE = 'config.yaml';

export interface AdotWorkload extends CollectorValues {
  readonly settings: CollectorSettings;
  readonly resources?: ContainerResources;
}

export function adotProgram(workload: AdotWorkload, configChecksum: string): CollectorProgram {
  const { settings, resources } = workload;
  return {
    settings,
    name: 'adot-collector',
    args: [`--config=${CONFIG_FOLDER}/${CONFIG_FILE}`],
    env: collectorEnvironment(workload, settings.topology),
    ports: { health: HEALTH_PORT, 'http-metrics': METRICS_PORT },
    metricsPath: METRICS_PATH,
    health: { port: 'health', ready: '/', live: '/', startSeconds: 300 },
    resources,
    memory: MEMORY,
    user: ADOT_USER,
    graceSeconds: GRACE_SECONDS,
    configFolder: CONFIG_FOLDER,
    configChecksum,
  };
}

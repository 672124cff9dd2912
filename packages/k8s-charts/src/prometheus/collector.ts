import type { Construct } from 'constructs';
import { addCollectorBase, addCollectorWorkload } from '../collector-parts/add-collector';
import type { Manifest } from '../core/manifest';
import { workloadWiring } from '../core/workload-wiring';
import { images } from '../data/images';
import { type CollectorSettings, collectorSettings } from '../metrics/collector-settings';
import type { MetricsCollectorProps } from '../metrics/metrics-collector';
import { addCollectorNetworkPolicy } from '../metrics/network-policy';
import { queueSettings } from '../metrics/queue-settings';
import type { RemoteWriteQueue } from '../metrics/remote-write-queue';
import { REPLICA_VARIABLE } from '../metrics/replicas';
import { CLUSTER_VARIABLE, knownWorkspace, type PrometheusConfig, prometheusConfig } from './config';
import { CONFIG_FILE, HTTP_PORT } from './workload';

export interface PrometheusProps extends MetricsCollectorProps {
  readonly queue?: RemoteWriteQueue;
}

/** Which component it is. */
export interface PrometheusKind {
  /** Name of the props' type, for error messages. */
  readonly struct: string;
  /** Name of the component when none is given. */
  readonly name: string;
  /** Major version of Prometheus: 3 if there is nothing. */
  readonly version?: 2 | 3;
}

export interface PrometheusParts {
  readonly settings: CollectorSettings;
  readonly config: PrometheusConfig;
}

/** What agents, servers and values of the chart have in common. */
export function prometheusParts({ struct, name, version }: PrometheusKind, props: PrometheusProps): PrometheusParts {
  const settings = collectorSettings({ struct, name, image: images.prometheus.image }, props);
  const queue = queueSettings(`${struct}.queue`, props.queue);
  const workspace = knownWorkspace(struct, props.remoteWrite);
  return { settings, config: prometheusConfig({ ...settings, queue, workspace, version }) };
}

/**
 * Adds everything but what a kind alone has.
 *
 * @param workload Makes the workload, given the checksum of its configuration
 */
export function addPrometheus(
  scope: Construct,
  { struct }: PrometheusKind,
  props: PrometheusProps,
  { settings, text }: { readonly settings: CollectorSettings; readonly text: string },
  workload: (configChecksum: string) => Manifest,
): void {
  const configChecksum = addCollectorBase(scope, { ...props, settings }, CONFIG_FILE, text);
  addCollectorWorkload(scope, settings, workload(configChecksum), {
    prop: `${struct}.overrides`,
    overrides: props.overrides,
    wiring: workloadWiring('prometheus', [CLUSTER_VARIABLE, REPLICA_VARIABLE]),
  });
  if (props.networkPolicy) {
    addCollectorNetworkPolicy(scope, settings, { httpPort: HTTP_PORT });
  }
}

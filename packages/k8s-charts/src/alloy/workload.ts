import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { IEnvVar, IService } from 'kubernetes-models/v1';
import { type CollectorValues, collectorEnvironment } from '../collector-parts/environment';
import type { CollectorProgram } from '../collector-parts/pod-template';
import type { ContainerResources } from '../core/container-resources';
import { addObject } from '../core/manifest';
import type { CollectorSettings } from '../metrics/collector-settings';
import { NODE_VARIABLE } from '../metrics/scrape-job';

/** Port of Alloy's own HTTP server: health, metrics, user interface, and what the instances of a cluster tell each other. */
export const HTTP_PORT = 12345;

/** User and group `alloy` of the image. The image itself would start as root. */
const ALLOY_USER = 473;

const CONFIG_FOLDER = '/etc/alloy';
export const CONFIG_FILE = 'config.alloy';
const STORAGE = '/var/lib/alloy/data';

export interface AlloyWorkload extends CollectorValues {
  readonly settings: CollectorSettings;
  readonly configChecksum: string;
  readonly resources?: ContainerResources;
  readonly walSizeLimit: Size;
  /** Each pod looks at its own node. */
  readonly ownNode: boolean;
  /** The pods divide the targets among themselves. */
  readonly clustered: boolean;
}

export function alloyProgram(workload: AlloyWorkload): CollectorProgram {
  const { settings, configChecksum, resources } = workload;
  return {
    settings,
    name: 'alloy',
    args: [
      'run',
      `${CONFIG_FOLDER}/${CONFIG_FILE}`,
      `--storage.path=${STORAGE}`,
      `--server.http.listen-addr=0.0.0.0:${HTTP_PORT}`,
      '--disable-reporting',
      ...(workload.clustered ? clusterArguments(settings) : []),
    ],
    env: [...collectorEnvironment(workload, settings.topology), ...(workload.ownNode ? [NODE_NAME] : [])],
    ports: { 'http-metrics': HTTP_PORT },
    // Ready as soon as the first configuration is loaded, and from then on for as long as the process answers. That makes
    // it a sound liveness check too, unlike /-/healthy: a component that fails, because AWS does not answer for example,
    // is not mended by a restart, which would only drop what is queued in memory.
    health: { port: 'http-metrics', ready: '/-/ready', live: '/-/ready', startSeconds: 300 },
    resources,
    // Alloy 1.18 takes 250 MiB before the first series is scraped.
    memory: { memoryRequest: Size.mebibytes(384), memoryLimit: Size.mebibytes(768) },
    user: ALLOY_USER,
    // Remote write flushes for up to a minute when it is asked to stop.
    graceSeconds: 75,
    configFolder: CONFIG_FOLDER,
    configChecksum,
    storage: { name: 'wal', path: STORAGE, sizeLimit: workload.walSizeLimit },
  };
}

/** Not HOSTNAME, which is the pod's name. */
const NODE_NAME = {
  name: NODE_VARIABLE,
  valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
} satisfies IEnvVar;

/** Instances find each other by name; they need no rights for it. The name of the cluster keeps out those of another one. */
function clusterArguments(settings: CollectorSettings): string[] {
  return [
    '--cluster.enabled=true',
    `--cluster.name=${settings.namespace}.${settings.name}`,
    `--cluster.join-addresses=${clusterService(settings)}:${HTTP_PORT}`,
  ];
}

function clusterService({ name }: CollectorSettings): string {
  return `${name}-cluster`;
}

/** The name under which all instances are found, also those that are only starting. */
export function addClusterService(scope: Construct, settings: CollectorSettings): void {
  const { namespace, labels } = settings;
  addObject(scope, 'cluster-service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: clusterService(settings), namespace, labels: labels.all },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: labels.selector,
      ports: [{ name: 'http', port: HTTP_PORT, targetPort: 'http-metrics', protocol: 'TCP' }],
    },
  } satisfies IService);
}

import type { Size } from 'cdk8s';
import type { IContainer, IPodSpec, IVolume, IVolumeMount } from 'kubernetes-models/v1';
import {
  lockedDown,
  quantity,
  type ResourceDefaults,
  resourceRequirements,
  unprivilegedUser,
} from '../core/container-parts';
import type { ContainerResources } from '../core/container-resources';
import { CONFIG_CHECKSUM } from '../core/manifest';
import { type HealthPaths, httpProbes } from '../core/probes';
import { scrapeAnnotations } from '../core/scrape-annotations';
import type { CollectorSettings } from '../metrics/collector-settings';
import { replicaSpread } from '../metrics/replicas';

/** A collector's program and what its container needs. */
export interface CollectorProgram {
  readonly settings: CollectorSettings;
  /** Of the container. */
  readonly name: string;
  readonly args: string[];
  readonly env: Variable[];
  /** Where it tells its health, and its metrics as `http-metrics`. */
  readonly ports: { readonly [name: string]: number };
  /** Path of its own metrics, where that is not a collector's default. */
  readonly metricsPath?: string;
  readonly health: HealthPaths;
  readonly resources?: ContainerResources;
  readonly memory: Pick<ResourceDefaults, 'memoryRequest' | 'memoryLimit'>;
  /** User and group of the image. */
  readonly user: number;
  /** How long it may take to send what it has, in seconds. */
  readonly graceSeconds: number;
  readonly configFolder: string;
  readonly configChecksum: string;
  readonly storage?: CollectorStorage;
}

/** A variable of a container. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: { name: string; key: string };
    readonly fieldRef?: { fieldPath: string };
  };
}

/** The volume of samples that were not sent yet. */
export interface CollectorStorage {
  readonly name: string;
  readonly path: string;
  /** Of a volume that lives as long as the pod; without it somebody else makes the volume. */
  readonly sizeLimit?: Size;
}

/** Placement of pods, which some workloads have. */
export interface Placement {
  readonly tolerations?: { operator: 'Exists' }[];
}

/** The pod template: the same for a Deployment, a DaemonSet and a StatefulSet. */
export function collectorTemplate(program: CollectorProgram, placement: Placement = {}) {
  const { settings, ports, metricsPath, configChecksum } = program;
  return {
    metadata: {
      labels: settings.labels.all,
      annotations: {
        [CONFIG_CHECKSUM]: configChecksum,
        ...scrapeAnnotations(ports['http-metrics'] ?? 0, metricsPath),
      },
    },
    spec: podSpec(program, placement),
  };
}

function podSpec(program: CollectorProgram, placement: Placement) {
  const { settings, storage } = program;
  return {
    serviceAccountName: settings.serviceAccountName,
    automountServiceAccountToken: true,
    nodeSelector: LINUX,
    ...placement,
    securityContext: unprivilegedUser(program.user),
    terminationGracePeriodSeconds: program.graceSeconds,
    ...replicaSpread(settings.topology, settings.labels.selector),
    containers: [container(program)],
    volumes: [
      { name: 'config', configMap: { name: settings.configMapName } },
      ...(storage?.sizeLimit === undefined ? [] : [scratch(storage.name, storage.sizeLimit)]),
    ],
  } satisfies IPodSpec;
}

/** Every image of a collector is there for Linux. */
export const LINUX = { 'kubernetes.io/os': 'linux' };

/** Survives a restart of the container, not the removal of the pod. */
function scratch(name: string, sizeLimit: Size) {
  return { name, emptyDir: { sizeLimit: quantity(sizeLimit) } } satisfies IVolume;
}

function container(program: CollectorProgram) {
  return {
    name: program.name,
    image: program.settings.image,
    args: program.args,
    env: program.env,
    ports: Object.entries(program.ports).map(
      ([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' }) as const,
    ),
    ...httpProbes(program.health),
    resources: resourceRequirements(program.resources, { cpuRequest: '100m', ...program.memory }),
    securityContext: lockedDown(),
    volumeMounts: mounts(program),
  } satisfies IContainer;
}

function mounts({ configFolder, storage }: CollectorProgram) {
  return [
    { name: 'config', mountPath: configFolder, readOnly: true },
    ...(storage === undefined ? [] : [{ name: storage.name, mountPath: storage.path }]),
  ] satisfies IVolumeMount[];
}

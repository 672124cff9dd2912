import { collectorEnvironment } from '../collector-parts/environment';
import { LINUX } from '../collector-parts/pod-template';
import { lockedDown, resourceRequirements, unprivilegedUser } from '../core/container-parts';
import { scrapeAnnotations } from '../core/scrape-annotations';
import { replicaParts, replicaSpread } from '../metrics/replicas';
import { METRICS_PORT } from './config';
import type { Plain } from './config-model';
import type { OpenTelemetryCollectorManifest, TargetAllocator } from './types';
import { ADOT_USER, type AdotWorkload, GRACE_SECONDS, MEMORY, METRICS_PATH } from './workload';

/** The operator gives its pods the labels of their resource, and this one, by which those of the target allocator differ. */
export function operatedSelector({ settings }: Pick<AdotWorkload, 'settings'>): Record<string, string> {
  return { ...settings.labels.selector, 'app.kubernetes.io/component': 'opentelemetry-collector' };
}

/** The same pods, made by the operator. It keeps the configuration in a ConfigMap of its own, whose name changes with it. */
export function collectorResource(
  workload: AdotWorkload,
  config: { [key: string]: Plain },
  targetAllocator?: TargetAllocator,
) {
  const { name, namespace, labels, topology, serviceAccountName, image } = workload.settings;
  const { replicas, strategy } = replicaParts(topology);
  return {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      // Targets are given to collectors by name, so the names have to stay.
      mode: targetAllocator ? 'statefulset' : 'deployment',
      replicas,
      image,
      // The operator would rewrite the configuration for its own version of the collector.
      upgradeStrategy: 'none',
      serviceAccount: serviceAccountName,
      ...(targetAllocator ? {} : { deploymentUpdateStrategy: strategy }),
      ...replicaSpread(topology, operatedSelector(workload)),
      // The target allocator would get them too, and be scraped where it has nothing to say. Without them the operator adds the same
      // to the collector's pods alone.
      ...(targetAllocator ? {} : { podAnnotations: scrapeAnnotations(METRICS_PORT, METRICS_PATH) }),
      nodeSelector: LINUX,
      podSecurityContext: unprivilegedUser(ADOT_USER),
      securityContext: lockedDown(),
      resources: resourceRequirements(workload.resources, { cpuRequest: '100m', ...MEMORY }),
      env: collectorEnvironment(workload, topology),
      terminationGracePeriodSeconds: GRACE_SECONDS,
      ...(targetAllocator ? { targetAllocator } : {}),
      config,
    },
  } satisfies OpenTelemetryCollectorManifest;
}

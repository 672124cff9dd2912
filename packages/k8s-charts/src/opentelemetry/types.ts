import type { Plain } from './config-model';

/**
 * The part of `opentelemetry.io/v1beta1` that this library writes. Unlike in v1alpha1, the configuration is an object, not text.
 * The operator copies the labels to the pods, but for those of its own, and derives probes from the extension `health_check`.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/opentelemetrycollectors.md
 */
export interface OpenTelemetryCollectorManifest {
  apiVersion: 'opentelemetry.io/v1beta1';
  kind: 'OpenTelemetryCollector';
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  spec: {
    mode: 'deployment' | 'statefulset';
    replicas: number;
    image: string;
    upgradeStrategy: 'none';
    serviceAccount: string;
    deploymentUpdateStrategy?: object;
    topologySpreadConstraints?: object[];
    podAnnotations?: Record<string, string>;
    nodeSelector: Record<string, string>;
    podSecurityContext: object;
    securityContext: object;
    resources: object;
    env: object[];
    terminationGracePeriodSeconds: number;
    targetAllocator?: TargetAllocator;
    config: { [key: string]: Plain };
  };
}

/** It discovers in place of the collectors, and tells each of them what to scrape. */
export interface TargetAllocator {
  enabled: true;
  /** The operator's own when there is none: the two belong together. */
  image?: string;
  serviceAccount: string;
  allocationStrategy: 'consistent-hashing';
  filterStrategy: 'relabel-config';
  prometheusCR?: MonitorDiscovery;
  nodeSelector: Record<string, string>;
  podSecurityContext: object;
  securityContext: object;
  resources: object;
}

/** A selector that is there selects, an empty one everything; one that is not there selects nothing. */
export interface MonitorDiscovery {
  enabled: true;
  scrapeInterval: string;
  allowNamespaces?: string[];
  podMonitorSelector?: { matchLabels: Record<string, string> };
  podMonitorNamespaceSelector: object;
  serviceMonitorSelector?: { matchLabels: Record<string, string> };
  serviceMonitorNamespaceSelector: object;
  /** What is done to the series of every monitor. From version 0.142 of the operator on. */
  scrapeClasses: object[];
}

import type { Plain } from './config-model';

/**
 * The part of `opentelemetry.io/v1beta1` that this library writes. Unlike in v1alpha1, the configuration is an object, not text.
 * The operator copies the labels to the pods and derives probes from the extension `health_check`.
 */
export interface OpenTelemetryCollectorManifest {
  apiVersion: 'opentelemetry.io/v1beta1';
  kind: 'OpenTelemetryCollector';
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  spec: {
    mode: 'deployment';
    replicas: number;
    image: string;
    upgradeStrategy: 'none';
    serviceAccount: string;
    deploymentUpdateStrategy: object;
    topologySpreadConstraints?: object[];
    podAnnotations: Record<string, string>;
    nodeSelector: Record<string, string>;
    podSecurityContext: object;
    securityContext: object;
    resources: object;
    env: object[];
    terminationGracePeriodSeconds: number;
    config: { [key: string]: Plain };
  };
}

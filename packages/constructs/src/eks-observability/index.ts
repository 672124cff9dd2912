export type { ObservabilityAlerts } from './alerts';
export type { ObservabilityBindings } from './bindings';
export type { CollectorOptions, MetricsCollectorOptions } from './collector-options';
export { EksObservability } from './eks-observability';
export { LogCollection } from './log-collection';
export type { ObservabilityLogin } from './logins';
export {
  type AdotAddonCollectionOptions,
  type AgentlessCollectionOptions,
  MetricsCollection,
} from './metrics-collection';
export type { ObservabilityPrivateNetwork } from './private-network';
export type { EksObservabilityProps } from './props';

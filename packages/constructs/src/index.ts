export * from './eks';
export * from './eks-observability';
export * from './grafana';
export * from './grafana-content';
export * from './identity';
export * from './logs';
export * from './network';
export * from './prometheus';

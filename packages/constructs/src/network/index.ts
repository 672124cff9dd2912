export { PrivateComponent } from './component';
export { PrivateObservabilityEndpoints, type PrivateObservabilityEndpointsProps } from './private-endpoints';

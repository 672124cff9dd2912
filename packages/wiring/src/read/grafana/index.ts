export { readDashboard } from './dashboard';
export { readDataSource } from './data-source';
export { GRAFANA_KINDS, grafanaObjects, isProvisioning, provisionedSources } from './objects';
export { dashboardModel, isResource, isSecondSchema, mayBeDashboard } from './recognise';

export { WORKSPACE_ID } from './attributes';
export { awsFacts } from './facts';
export type { AssetDashboard, GrafanaContent } from './grafana';
export { readTemplate, type Template } from './template';

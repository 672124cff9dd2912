export type { IPrometheusAccess } from './access';
export { PrometheusAlarms, type PrometheusAlarmsProps } from './alarms';
export type { PrometheusLabelSetLimit } from './label-set-limit';
export type { PrometheusWorkspaceTagAttributes } from './tagged-workspaces';
export { PrometheusWorkspace } from './workspace';
export type { PrometheusWorkspaceProps } from './workspace-props';
export type { IPrometheusWorkspace, PrometheusWorkspaceAttributes } from './workspace-types';

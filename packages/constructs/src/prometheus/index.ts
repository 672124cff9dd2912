export type { IPrometheusAccess } from './access';
export type { PrometheusWorkspaceTagAttributes } from './tagged-workspaces';
export {
  type IPrometheusWorkspace,
  PrometheusWorkspace,
  type PrometheusWorkspaceAttributes,
  type PrometheusWorkspaceProps,
} from './workspace';

export type { GrafanaContentProps } from './content-props';
export { GrafanaWorkspaceDashboard, type GrafanaWorkspaceDashboardProps } from './dashboard';
export { GrafanaWorkspaceDataSource, type GrafanaWorkspaceDataSourceProps } from './data-source';
export { GrafanaWorkspaceFolder, type GrafanaWorkspaceFolderProps } from './folder';
export { GrafanaContentProvider, type GrafanaContentProviderProps } from './provider';
export { GrafanaRole } from './role';
export { GrafanaServiceAccountToken, type GrafanaServiceAccountTokenProps } from './service-account-token';
export {
  type GrafanaCloudWatchSourceOptions,
  type GrafanaOtherSourceOptions,
  type GrafanaPrometheusSourceOptions,
  GrafanaSource,
} from './source';
export { GrafanaSsoAssignment, type GrafanaSsoAssignmentProps } from './sso-assignment';

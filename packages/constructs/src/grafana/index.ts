export { GrafanaAuthenticationProvider, GrafanaDataSource, GrafanaPermissionType } from './enums';
export {
  GrafanaWorkspace,
  type GrafanaWorkspaceAttributes,
  type GrafanaWorkspaceProps,
  type IGrafanaWorkspace,
} from './workspace';

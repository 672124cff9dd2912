export { GrafanaAuthenticationProvider, GrafanaDataSource, GrafanaPermissionType } from './enums';
export type { GrafanaNetworkAccess } from './network';
export { type GrafanaSaml, SamlMetadata } from './saml';
export { GrafanaWorkspace } from './workspace';
export type { GrafanaWorkspaceProps } from './workspace-props';
export type { GrafanaWorkspaceAttributes, IGrafanaWorkspace } from './workspace-types';

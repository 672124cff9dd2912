/** What somebody may do in a Grafana workspace. */
export enum GrafanaRole {
  /** Everything, data sources and permissions included. */
  ADMIN = 'ADMIN',

  /** Make and change dashboards, folders and alerts. */
  EDITOR = 'EDITOR',

  /** Look at dashboards. */
  VIEWER = 'VIEWER',
}

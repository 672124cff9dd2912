import { type DataSource, type PrometheusWorkspace, type Role, textOf, type World } from '../../model';
import { isPrometheus } from './plugins';
import { sourcesOf } from './resolved-source';
import { permission, tailOf } from './tail';

/** What the role of Grafana may do beside querying. */
export interface QueryRights {
  readonly source: DataSource;
  readonly role: Role;
  readonly workspace?: PrometheusWorkspace;
  /** Calls that lists of labels and metrics need, and that are certainly not allowed. */
  readonly denied: readonly string[];
}

const LISTS = ['aps:GetLabels', 'aps:GetSeries', 'aps:GetMetricMetadata'];

/** Of the data sources whose workspace may certainly be queried. */
export function queryRights(world: World): readonly QueryRights[] {
  return sourcesOf(world).flatMap((resolved) => {
    const { source } = resolved;
    const type = source.type && textOf(source.type);
    if (type === undefined || !isPrometheus(type)) return [];
    const { store, place, hops } = tailOf(resolved, world);
    const isAllowed = hops.some(({ kind, status }) => kind === 'permission' && status === 'proven');
    if (!isAllowed || !place.role) return [];
    const denied = LISTS.filter((action) => permission(resolved, store, place, [action], world).status === 'broken');
    return [{ source, role: place.role, denied, ...(store.workspace && { workspace: store.workspace }) }];
  });
}

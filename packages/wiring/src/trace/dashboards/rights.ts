import { type DataSource, type PrometheusWorkspace, type Role, textOf, type World } from '../../model';
import type { Span } from '../../text';
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
  /** Where the policy says it, that comes closest. */
  readonly span?: Span;
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
    const asked = LISTS.map((action) => ({ action, hop: permission(resolved, store, place, [action], world) }));
    const refused = asked.filter(({ hop }) => hop.status === 'broken');
    const denied = refused.map(({ action }) => action);
    const span = refused[0]?.hop.broken?.span;
    const { workspace } = store;
    return [{ source, role: place.role, denied, ...(span && { span }), ...(workspace && { workspace }) }];
  });
}

import { type Dashboard, type Panel, type PanelQuery, type PrometheusWorkspace, textOf, type World } from '../../model';
import { Lookup } from './asked';
import { isPrometheus } from './plugins';
import { storeHop } from './store';

/** What a panel asks of a workspace that the input makes. */
export interface PanelQuestion {
  readonly dashboard: Dashboard;
  readonly panel: Panel;
  readonly query: PanelQuery;
  readonly workspace: PrometheusWorkspace;
}

/** All questions in PromQL whose store is known. */
export function panelQuestions(world: World): readonly PanelQuestion[] {
  return world.grafana.dashboards.flatMap((dashboard) => {
    const lookup = new Lookup(dashboard, world);
    return dashboard.panels.flatMap((panel) =>
      lookup.groups(panel).flatMap(({ found, queries }) => {
        const sources = found.kind === 'sources' ? found.sources : [];
        const stores = sources.flatMap((one) => {
          const type = one.source.type && textOf(one.source.type);
          return type !== undefined && isPrometheus(type) ? (storeHop(one, world).workspace ?? []) : [];
        });
        return stores.flatMap((workspace) =>
          queries.flatMap((query) => (query.expression ? [{ dashboard, panel, query, workspace }] : [])),
        );
      }),
    );
  });
}

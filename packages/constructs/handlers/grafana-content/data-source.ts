import type { Workspace } from '../common/control-plane';
import { type Kind, type Properties, text } from './event';
import { adopts, existsAlready, holds } from './existing';
import { drop, find, item, make, must } from './item';
import { inGrafana } from './session';

interface Definition {
  readonly type: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** What the construct says when the version of Grafana is to decide. */
const AMP = 'amp';
const AMP_PLUGIN = 'grafana-amazonprometheus-datasource';
const CORE_PLUGIN = 'prometheus';

/**
 * A data source with a UID that dashboards can rely on.
 *
 * https://grafana.com/docs/grafana/latest/developers/http_api/data_source/
 */
export const dataSource: Kind = {
  physicalId: ({ properties }) => `${properties.WorkspaceId}/datasources/${text(properties, 'Uid')}`,

  create: (task) => write(task, false),

  update: (task) => write(task, true),

  remove: (task) => inGrafana(task, (grafana) => drop(grafana, itemOf(task.properties))),
};

function write(task: Parameters<Kind['create']>[0], ours: boolean) {
  return inGrafana(task, async (grafana, workspace) => {
    const { properties } = task;
    const data = { Uid: text(properties, 'Uid') };
    const source = itemOf(properties);
    const definition = definitionOf(properties, workspace);
    const doing = `${source.name}, called ${JSON.stringify(definition.name)}`;
    const existing = await find(grafana, source);
    if (existing === undefined) {
      const isOurs = async () => holds(await find(grafana, source), definition);
      await make(grafana, `Make ${doing}`, '/api/datasources', definition, isOurs);
      return data;
    }
    if (!ours && holds(existing, definition)) {
      return data;
    }
    if (!ours && !adopts(properties)) {
      throw existsAlready(`data source with UID ${source.uid}`, existing.name);
    }
    await must(grafana, `Update ${doing}`, 'PUT', source.path, definition);
    return data;
  });
}

/**
 * From Grafana 12 on only the plugin of its own signs requests to AMP; before 11.5 it does not run.
 *
 * https://docs.aws.amazon.com/grafana/latest/userguide/prometheus-manually-adding.html
 */
function pluginFor(version: string): string {
  return Number(version.split('.')[0]) >= 12 ? AMP_PLUGIN : CORE_PLUGIN;
}

function definitionOf(properties: Properties, { version }: Workspace): Definition {
  const definition = JSON.parse(text(properties, 'Definition')) as Definition;
  const type = definition.type === AMP ? pluginFor(version) : definition.type;
  return { ...definition, uid: text(properties, 'Uid'), type };
}

function itemOf(properties: Properties) {
  return item(properties, 'data source', '/api/datasources/uid');
}

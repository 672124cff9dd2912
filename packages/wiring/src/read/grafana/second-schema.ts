import type { DashboardVariable, DataSourceRef, Panel, PanelQuery } from '../../model';
import type { MapNode, Node } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { located } from '../kubernetes';
import type { DashboardContent } from './dashboard';
import { CLOUDWATCH, readLogs, readRef } from './panels';

/**
 * Dashboards of `dashboard.grafana.app/v2…`: elements by name instead of panels in a list, and the kind of a query
 * instead of the type of its data source (https://grafana.com/docs/grafana/latest/as-code/observability-as-code/schema-v2/).
 */
export function secondSchema(document: Node): DashboardContent {
  const spec = mapAt(document, 'spec');
  const title = stringAt(spec, 'title')?.trim();
  return {
    inputs: new Map(),
    variables: itemsAt(spec, 'variables').flatMap((node) => variable(node) ?? []),
    panels: [...(mapAt(spec, 'elements')?.entries ?? [])].flatMap(([name, { value }]) => panel(name, value) ?? []),
    span: scalarAt(spec, 'title')?.span ?? document.span,
    ...(title && { title }),
  };
}

function panel(name: string, node: Node): Panel | undefined {
  const spec = mapAt(node, 'spec');
  if (!spec) return undefined;
  const title = stringAt(spec, 'title')?.trim();
  return {
    id: located(spec, 'id')?.value ?? name,
    label: title ? `panel "${title}"` : `panel ${name}`,
    type: stringAt(spec, 'vizConfig', 'group') ?? stringAt(spec, 'vizConfig', 'kind') ?? '',
    queries: itemsAt(spec, 'data', 'spec', 'queries').flatMap((each) => query(mapAt(each, 'spec')) ?? []),
    isFromLibrary: stringAt(node, 'kind') === 'LibraryPanel',
    span: scalarAt(spec, 'title')?.span ?? node.span,
  };
}

function query(spec: MapNode | undefined): PanelQuery | undefined {
  if (!spec || booleanAt(spec, 'hidden') === true) return undefined;
  const data = mapAt(spec, 'query');
  const expression = scalarAt(data, 'spec', 'expr');
  const inner = mapAt(data, 'spec');
  const logs = inner && stringAt(inner, 'queryMode') === 'Logs' ? readLogs(inner) : undefined;
  const dataSource = refOf(spec, data);
  return {
    refId: stringAt(spec, 'refId') ?? '',
    isForCloudWatch: CLOUDWATCH.some((key) => at(data, 'spec', key) !== undefined),
    span: expression?.span ?? spec.span,
    ...(dataSource && { dataSource }),
    ...(typeof expression?.value === 'string' && expression.value.trim() !== '' && { expression }),
    ...(logs && { logs }),
  };
}

/** The name of the data source is its UID; the plugin is the group of the query, in the first drafts its kind. */
function refOf(spec: Node, data: Node | undefined): DataSourceRef | undefined {
  const early = readRef(at(spec, 'datasource'));
  if (early) return early;
  const uid = located(data, 'datasource', 'name');
  const type = located(data, 'group');
  const span = uid?.span ?? type?.span;
  return span && { span, ...(uid && { uid }), ...(type && { type }) };
}

const KINDS: Readonly<Record<string, string>> = {
  QueryVariable: 'query',
  DatasourceVariable: 'datasource',
  CustomVariable: 'custom',
  ConstantVariable: 'constant',
  TextVariable: 'textbox',
  IntervalVariable: 'interval',
  AdhocVariable: 'adhoc',
};

function variable(node: Node): DashboardVariable | undefined {
  const spec = mapAt(node, 'spec');
  const name = stringAt(spec, 'name');
  const type = KINDS[stringAt(node, 'kind') ?? ''];
  if (!spec || name === undefined || type === undefined) return undefined;
  const text =
    type === 'datasource' ? scalarAt(spec, 'pluginId') : (scalarAt(spec, 'query') ?? scalarAt(spec, 'definition'));
  const regex = located(spec, 'regex');
  const dataSource = type === 'query' ? refOf(spec, mapAt(spec, 'query')) : undefined;
  const constant = type === 'constant' ? stringAt(spec, 'query') : undefined;
  return {
    name,
    type,
    span: scalarAt(spec, 'name')?.span ?? node.span,
    ...(typeof text?.value === 'string' && { query: text }),
    ...(regex?.value && { regex }),
    ...(dataSource && { dataSource }),
    ...(constant !== undefined && { constant }),
  };
}

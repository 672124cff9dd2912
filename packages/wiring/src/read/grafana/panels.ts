import type { DataSourceRef, LogsQuery, Panel, PanelQuery } from '../../model';
import type { MapNode, Node } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { located } from '../kubernetes';

/** Rows within rows there are none; the bound keeps made-up ones from hurting. */
const MAX_DEPTH = 4;

/** All panels: of the dashboard, of its rows, folded or not, and of the rows of old versions. */
export function readPanels(model: Node, depth = 0): readonly Panel[] {
  if (depth > MAX_DEPTH) return [];
  const own = itemsAt(model, 'panels').flatMap((node) =>
    stringAt(node, 'type') === 'row' ? readPanels(node, depth + 1) : (readPanel(node) ?? []),
  );
  return [...own, ...itemsAt(model, 'rows').flatMap((row) => readPanels(row, depth + 1))];
}

function readPanel(node: Node): Panel | undefined {
  if (node.kind !== 'map') return undefined;
  const title = stringAt(node, 'title')?.trim();
  const number = located(node, 'id')?.value;
  const id = number ?? title ?? '';
  const dataSource = readRef(at(node, 'datasource'));
  const library = mapAt(node, 'libraryPanel');
  const titleSpan = scalarAt(node, 'title')?.span;
  return {
    id,
    label: title ? `panel "${title}"` : `panel ${id}`,
    type: stringAt(node, 'type') ?? '',
    queries: itemsAt(node, 'targets').flatMap((target) => readQuery(target) ?? []),
    isFromLibrary: library !== undefined,
    span: titleSpan ?? scalarAt(node, 'id')?.span ?? node.span,
    ...(dataSource && { dataSource }),
  };
}

/** A name as old dashboards write it, or type and UID; nothing and `null` leave it to Grafana's default. */
export function readRef(node: Node | undefined): DataSourceRef | undefined {
  if (node?.kind === 'scalar') {
    const uid = located(node);
    return uid && uid.value !== '' ? { uid, span: node.span } : undefined;
  }
  if (node?.kind !== 'map') return undefined;
  const type = located(node, 'type');
  const uid = located(node, 'uid');
  if (!type?.value && !uid?.value) return undefined;
  return { span: uid?.span ?? node.span, ...(type?.value && { type }), ...(uid?.value && { uid }) };
}

export const CLOUDWATCH = ['queryMode', 'namespace', 'metricName', 'expression', 'sqlExpression', 'logGroupNames'];

/** Not hidden ones: nobody sees whether they work. */
function readQuery(node: Node): PanelQuery | undefined {
  if (node.kind !== 'map' || booleanAt(node, 'hide') === true) return undefined;
  const dataSource = readRef(at(node, 'datasource'));
  const expression = scalarAt(node, 'expr');
  const legend = scalarAt(node, 'legendFormat');
  const logs = stringAt(node, 'queryMode') === 'Logs' ? readLogs(node) : undefined;
  return {
    refId: stringAt(node, 'refId') ?? '',
    isForCloudWatch: CLOUDWATCH.some((key) => at(node, key) !== undefined),
    span: expression?.span ?? node.span,
    ...(legend && { legend }),
    ...(dataSource && { dataSource }),
    ...(typeof expression?.value === 'string' && expression.value.trim() !== '' && { expression }),
    ...(logs && { logs }),
  };
}

/** Groups by ARN and name in newer versions, by name alone in older ones. */
export function readLogs(node: MapNode): LogsQuery {
  const text = scalarAt(node, 'expression');
  const region = located(node, 'region');
  const groups = itemsAt(node, 'logGroups').map((group) => {
    const [name, arn] = [located(group, 'name'), located(group, 'arn')];
    return { span: name?.span ?? group.span, ...(name && { name }), ...(arn && { arn }) };
  });
  const names = itemsAt(node, 'logGroupNames').flatMap((item) => {
    const name = located(item);
    return name ? [{ name, span: item.span }] : [];
  });
  return {
    language: stringAt(node, 'queryLanguage') ?? 'CWLI',
    groups: groups.length > 0 ? groups : names,
    ...(text && { text }),
    ...(region && { region }),
  };
}

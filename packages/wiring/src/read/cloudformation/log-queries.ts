import { type Data, itemsOf, known, leafOf, type StoredQuery, textOf, type Value } from '../../model';
import { MappedText, type Node, type Span } from '../../text';
import { at, itemsAt, scalarAt, stringAt } from '../access';
import { readJson } from '../json';
import type { Evaluator } from './evaluate';
import type { TemplateResource } from './template';

/** Questions to log groups that a resource keeps. */
export function logQueriesOf(resource: TemplateResource, scope: Evaluator): readonly StoredQuery[] {
  switch (resource.type) {
    case 'AWS::Logs::QueryDefinition':
      return queryDefinition(resource, scope);
    case 'AWS::Logs::MetricFilter':
      return metricFilter(resource, scope);
    case 'AWS::CloudWatch::Dashboard':
      return dashboard(resource, scope);
    default:
      return [];
  }
}

const LANGUAGES: Readonly<Record<string, StoredQuery['language']>> = { PPL: 'PPL', SQL: 'SQL' };

function queryDefinition(resource: TemplateResource, scope: Evaluator): readonly StoredQuery[] {
  const text = textOfProperty(resource, 'QueryString', scope);
  if (!text) return [];
  const name = textOf(scope.value(resource, 'Name')) ?? resource.logicalId;
  return [
    {
      ...text,
      kind: 'query-definition',
      name,
      owner: `query definition ${name}`,
      language: LANGUAGES[textOf(scope.value(resource, 'QueryLanguage')) ?? ''] ?? 'CWLI',
      groups: itemsOf(scope.property(resource, 'LogGroupNames')).map(askedGroup),
      region: scope.surroundings.region,
    },
  ];
}

function metricFilter(resource: TemplateResource, scope: Evaluator): readonly StoredQuery[] {
  const text = textOfProperty(resource, 'FilterPattern', scope);
  const group = scope.property(resource, 'LogGroupName');
  if (!text || !group) return [];
  const name = textOf(scope.value(resource, 'FilterName')) ?? resource.logicalId;
  return [
    {
      ...text,
      kind: 'metric-filter',
      name,
      owner: `metric filter ${name}`,
      language: 'filter',
      groups: [askedGroup(group)],
      region: scope.surroundings.region,
    },
  ];
}

function askedGroup(data: Data): StoredQuery['groups'][number] {
  return { name: leafOf(data), ...(data.span && { span: data.span }) };
}

/** Widgets of type `log` name their groups in the question itself, by `SOURCE`. */
function dashboard(resource: TemplateResource, scope: Evaluator): readonly StoredQuery[] {
  const body = textOfProperty(resource, 'DashboardBody', scope);
  const root = body && readJson(body.text).value;
  if (!root) return [];
  const board = textOf(scope.value(resource, 'DashboardName')) ?? resource.logicalId;
  return itemsAt(root, 'widgets').flatMap((widget, index): readonly StoredQuery[] => {
    const query = scalarAt(widget, 'properties', 'query');
    if (stringAt(widget, 'type') !== 'log' || typeof query?.value !== 'string') return [];
    const title = stringAt(widget, 'properties', 'title') ?? `widget ${index + 1}`;
    const region = at(widget, 'properties', 'region');
    return [
      {
        kind: 'dashboard-widget',
        name: `${board}/${title}`,
        owner: `widget ${JSON.stringify(title)} of dashboard ${board}`,
        text: query.text(),
        span: query.span,
        language: LANGUAGES[stringAt(widget, 'properties', 'queryLanguage') ?? ''] ?? 'CWLI',
        groups: [],
        region: regionOf(region, body.symbols, scope),
        ...(region && { regionSpan: region.span }),
        ...(body.symbols.length > 0 && { symbols: body.symbols }),
      },
    ];
  });
}

function regionOf(region: Node | undefined, symbols: readonly Value[], scope: Evaluator): Value {
  const text = region?.kind === 'scalar' ? `${region.value}` : undefined;
  if (text === undefined) return scope.surroundings.region;
  const [, index] = /^\uFFFC(\d+)\uFFFC$/.exec(text) ?? [];
  return index === undefined ? known(text, region?.span) : (symbols[Number(index)] ?? known(text));
}

interface PropertyText {
  readonly text: MappedText;
  readonly span: Span;
  readonly symbols: readonly Value[];
}

/** Text as it is written, with its places; where it is put together, with what only a deployment knows as symbols. */
function textOfProperty(resource: TemplateResource, name: string, scope: Evaluator): PropertyText | undefined {
  const node = resource.properties?.entries.get(name)?.value;
  if (node?.kind === 'scalar' && typeof node.value === 'string') {
    return { text: node.text(), span: node.span, symbols: [] };
  }
  const data = scope.property(resource, name);
  const value = data && leafOf(data);
  if (!node || !value) return undefined;
  const symbols: Value[] = [];
  const parts = value.kind === 'concat' ? value.parts : [value];
  const text = parts.map((part) => textOf(part) ?? `\uFFFC${symbols.push(part) - 1}\uFFFC`).join('');
  return { text: MappedText.derived(text, node.span), span: node.span, symbols };
}

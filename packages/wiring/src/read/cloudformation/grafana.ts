import {
  concat,
  type DataSource,
  type GrafanaOwner,
  type GrafanaWorkspace,
  known,
  type Located,
  symbol,
  textOf,
  unknown,
  type Value,
} from '../../model';
import type { Span } from '../../text';
import { readDataSource } from '../grafana/data-source';
import { readTemplatedJson } from '../grafana/templated';
import type { Evaluator } from './evaluate';
import type { TemplateResource } from './template';

/** What a stack puts into a Grafana workspace by custom resources. */
export interface GrafanaContent {
  readonly dataSources: readonly DataSource[];
  readonly dashboards: readonly AssetDashboard[];
}

/** A dashboard that a stack takes from a file which is uploaded beside its template. */
export interface AssetDashboard {
  /** File of the template; the asset lies in its directory. */
  readonly template: string;
  /** Name of the object: a hash and `.json`. */
  readonly key: string;
  readonly owner: GrafanaOwner;
  readonly uid?: Located<string>;
  readonly span: Span;
}

/** Ids that Amazon Managed Grafana gives. */
const ID = { form: known('g-[0-9a-f]{10}'), letters: known('-0-9a-fg') };

export function grafanaWorkspaceAttribute(
  resource: TemplateResource,
  attribute: string | undefined,
  scope: Evaluator,
): Value | undefined {
  if (attribute === undefined || attribute === 'Id') return idOf(resource, scope);
  return attribute === 'Endpoint' ? endpointOf(resource, scope) : undefined;
}

/** The id exists only when the workspace does. */
function idOf(resource: TemplateResource, scope: Evaluator): Value {
  const key = `${scope.template.source.file}#${resource.logicalId}.Id`;
  const text = scope.surroundings.known?.get(key);
  if (text !== undefined) return known(text, resource.node.span);
  return symbol('cloudformation', key, { label: known(`id of Grafana workspace ${resource.logicalId}`), ...ID });
}

/** A host name: `g-0123456789.grafana-workspace.eu-west-1.amazonaws.com`. */
function endpointOf(resource: TemplateResource, scope: Evaluator): Value {
  const { region } = scope.surroundings;
  return concat([idOf(resource, scope), known('.grafana-workspace.'), region, known('.amazonaws.com')]);
}

export function readGrafanaWorkspace(resource: TemplateResource, scope: Evaluator): GrafanaWorkspace {
  const name = textOf(scope.value(resource, 'Name'));
  const roleArn = scope.value(resource, 'RoleArn');
  const version = scope.value(resource, 'GrafanaVersion');
  const permissionType = scope.value(resource, 'PermissionType');
  return {
    label: `Grafana workspace ${name ?? resource.logicalId}`,
    id: idOf(resource, scope),
    endpoint: endpointOf(resource, scope),
    region: scope.surroundings.region,
    span: resource.properties?.entries.get('Name')?.value.span ?? resource.node.span,
    ...(roleArn && { roleArn }),
    ...(version && { version }),
    ...(permissionType && { permissionType }),
  };
}

/** `Definition` is the JSON that Grafana's API takes; `amp` as its type is the plugin that fits the version. */
export function customDataSource(resource: TemplateResource, scope: Evaluator): DataSource | undefined {
  const definition = scope.value(resource, 'Definition');
  if (!definition) return undefined;
  const { node, toValue } = readTemplatedJson(definition, spanOf(resource, 'Definition'));
  const uid = locatedIn(resource, scope, 'Uid');
  const source = readDataSource(node, {
    owner: ownerOf(resource, scope),
    span: spanOf(resource, 'Definition'),
    toValue,
    ...(uid && { uid }),
  });
  return source && { ...source, fitsVersion: textOf(source.type) === 'amp' };
}

export function customDashboard(resource: TemplateResource, scope: Evaluator): AssetDashboard | undefined {
  const key = textOf(scope.value(resource, 'Key'));
  const uid = locatedIn(resource, scope, 'Uid');
  if (key === undefined) return undefined;
  return {
    template: scope.template.source.file,
    key,
    owner: ownerOf(resource, scope),
    span: spanOf(resource, 'Key'),
    ...(uid && { uid }),
  };
}

function ownerOf(resource: TemplateResource, scope: Evaluator): GrafanaOwner {
  const span = spanOf(resource, 'WorkspaceId');
  const id = scope.value(resource, 'WorkspaceId') ?? unknown('property', `WorkspaceId of ${resource.logicalId}`);
  return { kind: 'workspace', id, span };
}

function locatedIn(resource: TemplateResource, scope: Evaluator, property: string): Located<string> | undefined {
  const value = textOf(scope.value(resource, property));
  return value === undefined ? undefined : { value, span: spanOf(resource, property) };
}

function spanOf(resource: TemplateResource, property: string): Span {
  return resource.properties?.entries.get(property)?.value.span ?? resource.node.span;
}

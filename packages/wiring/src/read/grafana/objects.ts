import {
  type Dashboard,
  type DashboardGap,
  type DataSource,
  type GrafanaFacts,
  type GrafanaOwner,
  type KubeObject,
  type Located,
  labelOf,
  type OperatedGrafana,
  type ValueFrom,
  written,
} from '../../model';
import type { MapNode, Node, ScalarNode } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { readJson } from '../json';
import { located, locatedMap } from '../kubernetes';
import { readYaml } from '../yaml';
import { type Delivery, readDashboard } from './dashboard';
import { provisionedUid, readDataSource } from './data-source';
import { isResource, mayBeDashboard } from './recognise';

const GROUP = 'grafana.integreatly.org/';
const ANY: GrafanaOwner = { kind: 'any' };

/** Kinds of which all of the tree is looked at. */
export const GRAFANA_KINDS: ReadonlySet<string> = new Set([
  'Grafana',
  'GrafanaDashboard',
  'GrafanaDatasource',
  'GrafanaFolder',
  'Dashboard',
]);

/** What the objects of a cluster put into Grafana: the operator's, and ConfigMaps and Secrets that Grafana is given. */
export function grafanaObjects(objects: readonly KubeObject[]): GrafanaFacts {
  const ours = (kind: string) => objects.filter((o) => o.kind === kind && o.apiVersion.startsWith(GROUP));
  const configMaps = objects.filter(({ kind }) => kind === 'ConfigMap');
  const taken = new Set(ours('GrafanaDashboard').map(takenBy));
  return {
    operated: ours('Grafana').map(operated),
    folders: ours('GrafanaFolder').map((object) => ({ object, owner: ownerOf(object) })),
    dataSources: [
      ...ours('GrafanaDatasource').flatMap((object) => operatedSource(object) ?? []),
      ...configMaps.flatMap(provisionedIn),
    ],
    dashboards: [
      ...ours('GrafanaDashboard').map((object) => operatedDashboard(object, configMaps)),
      ...configMaps.flatMap((object) => dashboardsIn(object, taken)),
      ...objects.filter(({ node }) => isResource(node)).flatMap(({ node }) => resource(node) ?? []),
    ],
  };
}

function operated(object: KubeObject): OperatedGrafana {
  const url = located(object.node, 'spec', 'external', 'url');
  return {
    object,
    labels: locatedMap(object.node, 'metadata', 'labels'),
    ...(url && { url: written(url.value, url.span) }),
  };
}

function ownerOf(object: KubeObject): GrafanaOwner {
  const selector = mapAt(object.node, 'spec', 'instanceSelector');
  const isByLabels = !at(selector, 'matchExpressions');
  return {
    kind: 'operator',
    object,
    crossesNamespaces: booleanAt(object.node, 'spec', 'allowCrossNamespaceImport') ?? false,
    span: selector?.span ?? object.name.span,
    ...(selector && isByLabels && { labels: locatedMap(selector, 'matchLabels') }),
  };
}

function operatedSource(object: KubeObject): DataSource | undefined {
  const spec = mapAt(object.node, 'spec');
  const uid = located(spec, 'uid');
  const source = readDataSource(at(spec, 'datasource'), {
    owner: ownerOf(object),
    span: object.name.span,
    valuesFrom: itemsAt(spec, 'valuesFrom').flatMap((item) => valueFrom(item, object) ?? []),
    ...(uid && { uid }),
    // Placeholders are the operator's own here, and filled in where the source is judged.
    toValue: ({ value, span }) => ({ kind: 'known', value, span }),
  });
  return source;
}

function valueFrom(node: Node, object: KubeObject): ValueFrom | undefined {
  const target = stringAt(node, 'targetPath');
  for (const [field, kind] of [
    ['configMapKeyRef', 'configMap'],
    ['secretKeyRef', 'secret'],
  ] as const) {
    const reference = mapAt(node, 'valueFrom', field);
    const [name, key] = [located(reference, 'name'), located(reference, 'key')];
    if (target === undefined || !name || !key) continue;
    return { target, kind, name, key, ...(object.namespace && { namespace: object.namespace }) };
  }
  return undefined;
}

const ELSEWHERE = ['url', 'gzipJson', 'jsonnet', 'jsonnetLib', 'grafanaCom', 'oci'];

function operatedDashboard(object: KubeObject, configMaps: readonly KubeObject[]): Dashboard {
  const spec = mapAt(object.node, 'spec');
  const uid = located(spec, 'uid');
  const owner = ownerOf(object);
  const folder = located(spec, 'folderRef');
  const delivery: Delivery = {
    owner,
    isProvisioned: true,
    isCertain: true,
    given: givenIn(spec),
    ...(uid && { uid }),
    ...(folder && { folder }),
  };
  const what = labelOf(object);
  const text = scalarAt(spec, 'json') ?? referred(object, spec, configMaps);
  if (text) return readText(text, delivery) ?? unread(what, owner, syntaxGap(text, what));
  const elsewhere = ELSEWHERE.find((field) => at(spec, field));
  const reference = mapAt(spec, 'configMapRef');
  if (elsewhere || !reference) {
    const how = elsewhere ? `comes from ${elsewhere}, which is not followed` : 'has no dashboard in json';
    const span = (elsewhere ? at(spec, elsewhere)?.span : undefined) ?? object.name.span;
    return unread(what, owner, { what: `${what} ${how}`, span });
  }
  const [name, key] = [stringAt(reference, 'name') ?? '', stringAt(reference, 'key') ?? ''];
  const isThere = configMaps.some((one) => one.name.value === name && one.namespace?.value === object.namespace?.value);
  const place = `ConfigMap ${object.namespace ? `${object.namespace.value}/` : ''}${name}`;
  return unread(what, owner, {
    what: isThere ? `${what} is in key ${key} of ${place}, which has no such key` : `${what} is in ${place}`,
    span: scalarAt(reference, isThere ? 'key' : 'name')?.span ?? reference.span,
    fault: isThere ? 'key' : 'config-map',
  });
}

function syntaxGap(text: ScalarNode, of: string): DashboardGap {
  const [problem] = readJson(text.text()).problems;
  // What does not even begin as an object is still to be filled in by something.
  if (!/^\s*\{/.test(`${text.value}`)) return { what: `${of} is still to be filled in`, span: text.span };
  return { what: `${of}: ${problem?.message ?? 'no JSON object'}`, span: problem?.span ?? text.span, fault: 'syntax' };
}

function unread(label: string, owner: GrafanaOwner, gap: DashboardGap): Dashboard {
  const { span } = gap;
  return { label, owner, isProvisioned: true, inputs: new Map(), variables: [], panels: [], gap, span };
}

/** The operator writes the name of a data source where the name of an input stands. */
function givenIn(spec: MapNode | undefined): ReadonlyMap<string, Located<string>> {
  return new Map(
    itemsAt(spec, 'datasources').flatMap((item) => {
      const [input, name] = [stringAt(item, 'inputName'), located(item, 'datasourceName')];
      return input !== undefined && name ? [[input, name] as const] : [];
    }),
  );
}

function referred(
  { namespace }: KubeObject,
  spec: MapNode | undefined,
  all: readonly KubeObject[],
): ScalarNode | undefined {
  const [name, key] = [stringAt(spec, 'configMapRef', 'name'), stringAt(spec, 'configMapRef', 'key')];
  if (name === undefined || key === undefined) return undefined;
  const found = all.find((one) => one.name.value === name && one.namespace?.value === namespace?.value);
  return scalarAt(found?.node, 'data', key);
}

/** Dashboards of a ConfigMap, unless an object of the operator takes them from there. */
function dashboardsIn(object: KubeObject, taken: ReadonlySet<string>): readonly Dashboard[] {
  return [...(mapAt(object.node, 'data')?.entries ?? [])].flatMap(([key, { value }]) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || !mayBeDashboard(value.value)) return [];
    if (taken.has(keyOf(object, object.name.value, key))) return [];
    const found = readText(value, { owner: ANY, isProvisioned: true, configMap: object });
    if (found) return found;
    // A text for something else may look alike; one that Grafana's side-car reads is a dashboard.
    const isRead = located(object.node, 'metadata', 'labels', 'grafana_dashboard') && key.endsWith('.json');
    const what = `${key} of ${labelOf(object)}`;
    return isRead ? { ...unread(what, ANY, syntaxGap(value, what)), configMap: object } : [];
  });
}

function takenBy(object: KubeObject): string {
  const reference = mapAt(object.node, 'spec', 'configMapRef');
  return keyOf(object, stringAt(reference, 'name') ?? '', stringAt(reference, 'key') ?? '');
}

function keyOf({ namespace }: KubeObject, name: string, key: string): string {
  return `${namespace?.value ?? ''}/${name}/${key}`;
}

function readText(text: ScalarNode, delivery: Delivery): Dashboard | undefined {
  const { value } = readJson(text.text());
  return value && readDashboard(value, delivery);
}

function resource(node: Node): Dashboard | undefined {
  return readDashboard(node, { owner: ANY, isProvisioned: true });
}

/** Files of provisioning in a ConfigMap. Those in Secrets are never read. */
function provisionedIn(object: KubeObject): readonly DataSource[] {
  return [...(mapAt(object.node, 'data')?.entries ?? [])].flatMap(([key, { value }]) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || !/\.ya?ml$/.test(key)) return [];
    if (!/^\s*datasources\s*:/m.test(value.value)) return [];
    return readYaml(value.text()).documents.flatMap(provisionedSources);
  });
}

/** Its version is a number, unlike that of any object of a cluster. */
export function isProvisioning(document: Node): boolean {
  const sources = itemsAt(document, 'datasources');
  return !at(document, 'kind') && sources.some((source) => at(source, 'name') && at(source, 'type'));
}

/** A file of provisioning: `apiVersion: 1` and `datasources`. */
export function provisionedSources(document: Node): readonly DataSource[] {
  return itemsAt(document, 'datasources').flatMap(
    (node) => readDataSource(node, { owner: ANY, span: node.span, uidOf: provisionedUid }) ?? [],
  );
}

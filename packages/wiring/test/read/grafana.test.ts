import type { Dashboard, KubeObject } from '../../src/model';
import {
  dashboardModel,
  grafanaObjects,
  mayBeDashboard,
  provisionedSources,
  readDashboard,
} from '../../src/read/grafana';
import { readJson } from '../../src/read/json';
import { readKubeObjects } from '../../src/read/kubernetes';
import { readYaml } from '../../src/read/yaml';
import { MappedText, type Node, SourceText } from '../../src/text';

const jsonOf = (value: unknown): Node => {
  const { value: node } = readJson(MappedText.whole(new SourceText('d.json', JSON.stringify(value))));
  if (!node) throw new Error('no JSON');
  return node;
};
const read = (value: unknown): Dashboard | undefined =>
  readDashboard(jsonOf(value), { owner: { kind: 'any' }, isProvisioned: false });
const objectsIn = (yaml: string): readonly KubeObject[] =>
  readYaml(MappedText.whole(new SourceText('o.yaml', yaml))).documents.flatMap(readKubeObjects);

const target = (expr: string) => ({ refId: 'A', expr });
const MODEL = {
  uid: 'shop',
  title: 'Shop',
  schemaVersion: 39,
  panels: [{ id: 1, title: 'Up', type: 'stat', datasource: { type: 'prometheus', uid: 'm' }, targets: [target('up')] }],
};

describe('a dashboard', () => {
  it.each([
    ['as Grafana exports it', MODEL],
    ['as its API answers', { meta: { version: 3 }, dashboard: MODEL }],
    ['as its newer API keeps it', { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', spec: MODEL }],
  ])('%s is known by its content', (_, value) => {
    const found = read(value);
    expect(found?.label).toBe('dashboard "Shop"');
    expect(found?.panels.map(({ label, queries }) => [label, queries[0].expression?.value])).toEqual([
      ['panel "Up"', 'up'],
    ]);
  });

  it.each([
    ['a list of panels of something else', { panels: [{ a: 1 }] }],
    ['an object of a cluster', { apiVersion: 'v1', kind: 'ConfigMap', panels: [], schemaVersion: 1 }],
    ['a package.json', { name: 'x', version: '1.0.0' }],
    ['a text', 'panels'],
  ])('%s is none', (_, value) => {
    expect(dashboardModel(jsonOf(value))).toBeUndefined();
    expect(read(value)).toBeUndefined();
  });

  it('has the panels of its rows, folded ones and those of old versions', () => {
    const row = { type: 'row', collapsed: true, panels: [{ id: 2, type: 'stat', targets: [target('a')] }] };
    const old = { rows: [{ panels: [{ id: 3, type: 'graph', targets: [target('b')] }] }] };
    const found = read({ ...MODEL, ...old, panels: [...MODEL.panels, row] });
    expect(found?.panels.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('leaves out questions that are hidden or empty', () => {
    const targets = [{ ...target('a'), hide: true }, target(' '), target('b')];
    const [panel] = read({ ...MODEL, panels: [{ ...MODEL.panels[0], targets }] })?.panels ?? [];
    expect(panel.queries.map(({ expression }) => expression?.value)).toEqual([undefined, 'b']);
  });

  it('of the second schema has its elements as panels', () => {
    const query = { kind: 'DataQuery', group: 'prometheus', datasource: { name: 'm' }, spec: { expr: 'up' } };
    const found = read({
      apiVersion: 'dashboard.grafana.app/v2beta1',
      kind: 'Dashboard',
      metadata: { name: 'shop' },
      spec: {
        title: 'Shop',
        variables: [{ kind: 'DatasourceVariable', spec: { name: 'source', pluginId: 'prometheus', regex: '' } }],
        elements: {
          'panel-1': {
            kind: 'Panel',
            spec: {
              id: 1,
              title: 'Up',
              data: { spec: { queries: [{ kind: 'PanelQuery', spec: { refId: 'A', query } }] } },
              vizConfig: { kind: 'stat' },
            },
          },
          'panel-2': { kind: 'LibraryPanel', spec: { id: 2, title: 'Shared' } },
        },
      },
    });
    expect(found?.uid?.value).toBe('shop');
    expect(found?.variables.map(({ name, type, query: asked }) => [name, type, asked?.value])).toEqual([
      ['source', 'datasource', 'prometheus'],
    ]);
    const [up, shared] = found?.panels ?? [];
    expect([up.queries[0].expression?.value, up.queries[0].dataSource?.uid?.value]).toEqual(['up', 'm']);
    expect(shared.isFromLibrary).toBe(true);
  });

  it('has variables with the one value that they can have, and none where a reader chooses', () => {
    const list = [
      { name: 'a', type: 'constant', query: 'one' },
      { name: 'b', type: 'custom', query: 'one' },
      { name: 'c', type: 'custom', query: 'one,two' },
      { name: 'd', type: 'custom', query: 'one', includeAll: true },
      { name: 'e', type: 'query', query: { query: 'label_values(up, job)', refId: 'x' } },
    ];
    const found = read({ ...MODEL, templating: { list } })?.variables ?? [];
    expect(found.map(({ constant }) => constant)).toEqual(['one', 'one', undefined, undefined, undefined]);
    expect(found[4].query?.value).toBe('label_values(up, job)');
  });

  it('asks CloudWatch for groups by name, by ARN, and by name alone in older versions', () => {
    const logs = (more: object) => ({ refId: 'A', queryMode: 'Logs', expression: 'fields @message', ...more });
    const targets = [
      logs({ logGroups: [{ name: '/a', arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/a' }], region: 'default' }),
      logs({ logGroupNames: ['/b', '/c'] }),
    ];
    const [panel] = read({ ...MODEL, panels: [{ ...MODEL.panels[0], targets }] })?.panels ?? [];
    expect(panel.queries.map(({ logs: asked }) => asked?.groups.map(({ name }) => name?.value))).toEqual([
      ['/a'],
      ['/b', '/c'],
    ]);
    expect(panel.queries[0].logs?.region?.value).toBe('default');
  });

  it('has its inputs, and what the operator gives for them', () => {
    const inputs = [{ name: 'DS_M', type: 'datasource', pluginId: 'prometheus' }];
    const json = JSON.stringify({ ...MODEL, __inputs: inputs });
    const [found] = grafanaObjects(
      objectsIn(`apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata: {name: shop, namespace: observe}
spec:
  instanceSelector: {matchLabels: {a: b}}
  datasources: [{inputName: DS_M, datasourceName: Metrics}]
  json: '${json}'
`),
    ).dashboards;
    expect(found.inputs.get('DS_M')).toMatchObject({ plugin: 'prometheus', given: { value: 'Metrics' } });
  });
});

describe('places inside of a dashboard', () => {
  it('are those of the file that holds it, however deep it is embedded', () => {
    const yaml = `apiVersion: v1
kind: ConfigMap
metadata: {name: boards, namespace: observe}
data:
  shop.json: |
    {"title": "Shop", "schemaVersion": 39, "panels": [
      {"id": 1, "type": "stat",
       "targets": [{"refId": "A", "expr": "sum(up{job=\\"web\\"})"}]}
    ]}
`;
    const [dashboard] = grafanaObjects(objectsIn(yaml)).dashboards;
    const text = dashboard.panels[0].queries[0].expression?.text();
    const at = text?.text.indexOf('web') ?? -1;
    const span = text?.span(at, at + 3);
    expect(span?.source.text.slice(span.start, span.end)).toBe('web');
    expect(span?.source.position(span.start)).toEqual({ line: 8, column: 57 });
    const inside = text?.slice(4, 6);
    expect([inside?.text, inside?.span(0, 2).source.position(inside.span(0, 2).start).column]).toEqual(['up', 48]);
  });
});

describe('data sources of files of provisioning', () => {
  const sources = (yaml: string) =>
    readYaml(MappedText.whole(new SourceText('ds.yaml', yaml))).documents.flatMap(provisionedSources);

  it('get the UID that Grafana makes of their name', () => {
    const [source] = sources(
      'apiVersion: 1\ndatasources:\n  - {name: Prometheus, type: prometheus, url: http://p:9090}\n',
    );
    expect(source.uid).toMatchObject({ value: 'PBFA97CFB590B2093' });
  });

  it('leave open what Grafana takes from its environment', () => {
    const [source] = sources(
      'apiVersion: 1\ndatasources:\n  - {name: M, type: prometheus, url: "https://x/$WORKSPACE"}\n',
    );
    expect(source.url?.kind).toBe('concat');
  });

  it('without a plugin are none', () => {
    expect(sources('apiVersion: 1\ndatasources: [{name: M}, 3, null]\n')).toEqual([]);
  });
});

it.each(['{}', '{"panels": 3, "schemaVersion": 1}', '{"panels": [null, 1, [], {"targets": 5}], "schemaVersion": "x"}'])(
  '%s hurts nobody',
  (text) => {
    const { value } = readJson(MappedText.whole(new SourceText('d.json', text)));
    expect(
      () => value && readDashboard(value, { owner: { kind: 'any' }, isProvisioned: true, isCertain: true }),
    ).not.toThrow();
    expect(mayBeDashboard('{}')).toBe(false);
  },
);

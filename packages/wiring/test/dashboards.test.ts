import { DASHBOARDS } from '../src/rules/examples/dashboards';
import { edited, type Files, verifyFiles } from './support/estate';

const told = (files: Files) => {
  const { findings, paths } = verifyFiles(files);
  return {
    rules: [...new Set(findings.map(({ rule }) => rule))],
    paths: paths.filter(({ signal }) => signal === 'dashboards').map(({ sink, status }) => `${status} ${sink.id}`),
  };
};
const inGrafana = (...pairs: readonly (readonly [string, string])[]) =>
  edited(
    DASHBOARDS,
    pairs.map(([find, replace]) => ({ file: 'grafana.yaml', find, replace })),
  );
const missing = (files: Files) =>
  verifyFiles(files)
    .paths.filter(({ signal }) => signal === 'dashboards')
    .flatMap(({ hops }) => hops.flatMap((hop) => (hop.missing ?? []).map(({ what }) => `${hop.kind}: ${what}`)));

const PANEL = 'panel "Requests" of dashboard "Shop"';
const UID = '"datasource": {"type": "grafana-amazonprometheus-datasource", "uid": "shop"},';
/** The dashboard's variables, before its panels. */
const withVariable = (variable: object, uid: string) =>
  [
    ['"panels": [', `"templating": {"list": [${JSON.stringify(variable)}]},\n      "panels": [`],
    [UID, `"datasource": {"type": "prometheus", "uid": "${uid}"},`],
  ] as const;

describe('the way from a store to a panel', () => {
  it('is proven to the role of Grafana', () => {
    expect(told(DASHBOARDS)).toEqual({ rules: [], paths: [`proven ${PANEL}`] });
  });

  it.each([
    ['its name', [['"uid": "shop"},', '"uid": "Metrics of the shop"},']]],
    ['its name alone, as old dashboards have it', [[UID, '"datasource": "Metrics of the shop",']]],
    ['nothing, where it is the default', [[UID, '']]],
    ['null, where it is the default', [[UID, '"datasource": null,']]],
    ['a variable of type datasource', withVariable({ name: 'ds', type: 'datasource', query: 'prometheus' }, '${ds}')],
    [
      'a variable with an expression for its name',
      withVariable({ name: 'ds', type: 'datasource', query: 'prometheus', regex: '/^metrics of/i' }, '$ds'),
    ],
    ['a constant', withVariable({ name: 'ds', type: 'constant', query: 'shop' }, '[[ds]]')],
    [
      'each question, of a mix',
      [
        [UID, '"datasource": {"type": "datasource", "uid": "-- Mixed --"},'],
        ['{"refId": "A",', '{"refId": "A", "datasource": {"type": "prometheus", "uid": "shop"},'],
      ],
    ],
  ] as const)('finds its data source by %s', (_, pairs) => {
    expect(told(inGrafana(...pairs))).toEqual({ rules: [], paths: [`proven ${PANEL}`] });
  });

  it('is one for each panel and data source, and none for what is not asked anywhere', () => {
    const more = `{"id": 2, "type": "text"}, {"id": 3, "type": "stat", "datasource": {"uid": "-- Dashboard --"}, "targets": [{"refId": "A"}]},
        {"id": 4, "title": "Up", "type": "stat", "targets": [{"refId": "A", "expr": "nginx_up"}, {"refId": "B", "datasource": {"type": "__expr__", "uid": "__expr__"}}]},`;
    expect(told(inGrafana(['"panels": [', `"panels": [${more}`])).paths).toEqual([
      `proven ${PANEL}`,
      'proven panel "Up" of dashboard "Shop"',
    ]);
  });

  it('is broken by any question of its panel', () => {
    const second = '{"refId": "B", "expr": "sum(nginx_up"},';
    const { rules, paths } = told(inGrafana(['"targets": [', `"targets": [${second}`]));
    expect([rules, paths]).toEqual([['dashboards/unparsable-query'], [`broken ${PANEL}`]]);
  });

  it('has variables that list values as ways of their own', () => {
    const list = (query: string) =>
      inGrafana(...withVariable({ name: 'at', type: 'query', datasource: { uid: 'shop' }, query }, 'shop'));
    expect(told(list('label_values(nginx_up, instance)')).paths).toContain('proven variable at of dashboard "Shop"');
    expect(told(list('label_values(nginx_uptime, instance)')).rules).toEqual(['dashboards/metric-nobody-produces']);
    expect(told(list('label_values(nginx_up, namespace)')).rules).toEqual(['dashboards/absent-label']);
    expect(told(list('label_values(nginx_up, instance')).rules).toEqual(['dashboards/unparsable-query']);
    expect(told(list('label_names()')).paths).toContain('proven variable at of dashboard "Shop"');
  });
});

describe('a data source that nobody makes', () => {
  const other = '"uid": "elsewhere"},';

  it('is one finding, however many panels name it', () => {
    const panels = [2, 3, 4].map((id) => ({
      id,
      type: 'stat',
      datasource: { type: 'prometheus', uid: 'elsewhere' },
      targets: [{ refId: 'A', expr: 'nginx_up' }],
    }));
    const more = panels.map((panel) => JSON.stringify(panel)).join(',');
    const { findings } = verifyFiles(inGrafana(['"panels": [', `"panels": [${more},`]));
    expect(findings.map(({ rule, paths }) => [rule, paths.length])).toEqual([['dashboards/missing-data-source', 3]]);
  });

  it('is unknown where others may be made elsewhere', () => {
    const { 'sightline.json': _, ...open } = inGrafana(['"uid": "shop"},', other]);
    expect(told(open)).toEqual({ rules: [], paths: ['unknown dashboard "Shop"'] });
    expect(missing(open)).toContain('data-source: data source elsewhere, which dashboard "Shop" reads');
  });

  it('is unknown where none at all is made: all may be made by hand', () => {
    const files = inGrafana(['kind: GrafanaDatasource\n', 'kind: GrafanaNotes\n'], ['"uid": "shop"},', other]);
    expect(told(files)).toEqual({ rules: [], paths: ['unknown dashboard "Shop"'] });
  });

  it('cuts a variable off, too', () => {
    const variable = {
      name: 'at',
      type: 'query',
      datasource: { uid: 'gone' },
      query: 'label_values(nginx_up, instance)',
    };
    expect(told(inGrafana(...withVariable(variable, 'shop')))).toEqual({
      rules: ['dashboards/missing-data-source'],
      paths: ['broken variable at of dashboard "Shop"', `proven ${PANEL}`],
    });
  });

  it('is an input of an export that nobody fills in, unless the operator is told', () => {
    const inputs = '"__inputs": [{"name": "DS_M", "type": "datasource", "pluginId": "prometheus"}], "uid": "shop",';
    const pairs = [
      ['"uid": "shop",', inputs],
      [UID, '"datasource": {"type": "prometheus", "uid": "${DS_M}"},'],
    ] as const;
    expect(told(inGrafana(...pairs)).rules).toEqual(['dashboards/missing-data-source']);
    const given = [
      '  json: |',
      '  datasources: [{inputName: DS_M, datasourceName: Metrics of the shop}]\n  json: |',
    ] as const;
    expect(told(inGrafana(...pairs, given))).toEqual({ rules: [], paths: [`proven ${PANEL}`] });
  });
});

describe('a data source', () => {
  it('without a URL breaks the panel', () => {
    const url = '    url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/${id}\n';
    const files = inGrafana([url, ''], ['targetPath: url', 'targetPath: user']);
    expect(told(files)).toEqual({ rules: ['dashboards/wrong-query-url'], paths: [`broken ${PANEL}`] });
  });

  it.each([
    ['whose URL is of another service', 'https://aps-workspaces.', 'https://aps.', 'dashboards/wrong-query-url'],
    ['for a Grafana that is not there', 'kind: Grafana\n', 'kind: GrafanaNotes\n', 'dashboards/unselected-grafana'],
    ['that is not signed for', 'sigV4Auth: true', 'sigV4Auth: false', 'dashboards/unsigned-query'],
    ['whose URL is for writing', '${id}', '${id}/api/v1/remote_write', 'dashboards/wrong-query-url'],
    ['whose URL is http', 'https://aps', 'http://aps', 'dashboards/wrong-query-url'],
    ['with a name where the id belongs', '${id}', 'shop-dev', 'dashboards/wrong-query-url'],
    ['with a placeholder that nothing fills', '${id}', '${workspaceId}', 'dashboards/wrong-query-url'],
    [
      'with a key that nothing writes',
      '{name: workspace, key: id}',
      '{name: workspace, key: ids}',
      'gitops/missing-config-map-key',
    ],
    [
      'with a ConfigMap that is not there',
      '{name: workspace, key: id}',
      '{name: space, key: id}',
      'gitops/missing-config-map',
    ],
  ])('%s breaks the panel', (_, find, replace, rule) => {
    expect(told(inGrafana([find, replace]))).toEqual({ rules: [rule], paths: [`broken ${PANEL}`] });
  });

  it.each([
    ['a slash at the end of its URL', '${id}', '${id}/'],

    ['the default way to authenticate', 'sigV4AuthType: ec2_iam_role', 'sigV4AuthType: default'],
  ])('may have %s', (_, find, replace) => {
    expect(told(inGrafana([find, replace]))).toEqual({ rules: [], paths: [`proven ${PANEL}`] });
  });

  it.each([
    [
      'another store than Amazon’s',
      'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/${id}',
      'http://prometheus:9090',
    ],
    ['a workspace that nothing makes', '${id}', 'ws-01234567-89ab-cdef-0123-456789abcdef'],
    ['no region to sign for', '      sigV4Region: eu-west-1\n', ''],
  ])('of %s leaves the panel unknown', (_, find, replace) => {
    expect(told(inGrafana([find, replace]))).toEqual({ rules: [], paths: [`unknown ${PANEL}`] });
  });
});

describe('the role of Grafana', () => {
  const inTemplate = (find: string, replace: string) =>
    edited(DASHBOARDS, [{ file: 'role.template.yaml', find, replace }]);

  it.each([
    ['may not query', 'aps:QueryMetrics, ', '', 'identity/missing-action'],
    ['may query elsewhere', 'workspace/*\n  Grafana:', 'workspace/ws-1\n  Grafana:', 'identity/other-resource'],
    [
      'is for Grafana of another account',
      'aws:SourceAccount: "111122223333"',
      'aws:SourceAccount: "444455556666"',
      'dashboards/untrusted-grafana',
    ],
  ])('that %s breaks the panel', (_, find, replace, rule) => {
    expect(told(inTemplate(find, replace))).toEqual({ rules: [rule], paths: [`broken ${PANEL}`] });
  });

  it('that nobody names is missing where the workspace manages its permissions itself, else unknown', () => {
    const none = inTemplate('      RoleArn: !GetAtt GrafanaRole.Arn\n', '');
    expect(told(none)).toEqual({ rules: ['dashboards/missing-role'], paths: [`broken ${PANEL}`] });
    const other = edited(none, [{ file: 'role.template.yaml', find: 'CUSTOMER_MANAGED', replace: 'SERVICE_MANAGED' }]);
    expect(told(other)).toEqual({ rules: [], paths: [`unknown ${PANEL}`] });
  });

  it('is to assume another one, which it may not, or of which nothing is known', () => {
    const assuming = inGrafana(['sigv4Service: aps', 'assumeRoleArn: arn:aws:iam::444455556666:role/Reader']);
    expect(told(assuming)).toEqual({ rules: ['identity/missing-action'], paths: [`broken ${PANEL}`] });
    const may = edited(assuming, [
      { file: 'role.template.yaml', find: '[aps:QueryMetrics,', replace: '[sts:AssumeRole, aps:QueryMetrics,' },
      {
        file: 'role.template.yaml',
        find: 'workspace/*\n  Grafana:',
        replace: 'workspace/*\n              - {Effect: Allow, Action: sts:AssumeRole, Resource: "*"}\n  Grafana:',
      },
    ]);
    expect(told(may)).toEqual({ rules: [], paths: [`unknown ${PANEL}`] });
  });

  it('is unknown for a Grafana in another region', () => {
    const files = inGrafana(['grafana-workspace.eu-west-1', 'grafana-workspace.us-east-1']);
    expect(told(files)).toEqual({ rules: [], paths: [`unknown ${PANEL}`] });
  });
});

it('a variable that asks CloudWatch for labels is told of', () => {
  const logs = `kind: GrafanaDatasource
metadata: {name: logs, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: managed}}
  uid: logs
  datasource: {name: Logs, type: cloudwatch, access: proxy, jsonData: {authType: ec2_iam_role, defaultRegion: eu-west-1}}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
`;
  const variable = {
    name: 'at',
    type: 'query',
    datasource: { uid: 'logs' },
    query: 'label_values(nginx_up, instance)',
  };
  const files = inGrafana(['kind: GrafanaDashboard\n', logs], ...withVariable(variable, 'shop'));
  expect(told(files).rules).toEqual(['dashboards/wrong-data-source-type']);
});

import { DASHBOARDS } from '../src/rules/examples/dashboards';
import { METRICS } from '../src/rules/examples/metrics';
import { type Files, verifyFiles } from './support/estate';

const dashboard = (source: object | string, more: object = {}) =>
  JSON.stringify({
    uid: 'shop',
    title: 'Shop',
    schemaVersion: 39,
    ...more,
    panels: [{ id: 1, title: 'Up', type: 'stat', datasource: source, targets: [{ refId: 'A', expr: 'nginx_up' }] }],
  });
const told = (files: Files) =>
  verifyFiles(files)
    .paths.filter(({ signal }) => signal === 'dashboards')
    .map(({ world, sink, status }) => `${world}: ${status} ${sink.id}`);
const rules = (files: Files) => [...new Set(verifyFiles(files).findings.map(({ rule }) => rule))];

const UP = 'panel "Up" of dashboard "Shop"';
const config = (worlds: object) => JSON.stringify({ worlds });
const account = { account: '111122223333', region: 'eu-west-1' };

describe('dashboards in files of their own', () => {
  const { 'grafana.yaml': grafana, ...rest } = DASHBOARDS;
  const [managed, , source] = grafana.split('---\n');
  const files = (more: Files): Files => ({ ...rest, 'grafana.yaml': [managed, source].join('---\n'), ...more });
  const board = { 'dashboards/shop.json': dashboard({ type: 'prometheus', uid: 'shop' }) };

  it('belong to the only world that there is', () => {
    expect(told(files(board))).toEqual([`dev: proven ${UP}`]);
  });

  it('belong to the world that names them, where there are several', () => {
    const named = (dashboards: readonly string[]) => {
      const { worlds } = JSON.parse(rest['sightline.json']);
      const other = { manifests: ['other.yaml'] };
      const sightline = config({ dev: { ...worlds.dev, dashboards }, other });
      const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n';
      return told(files({ ...board, 'sightline.json': sightline, 'other.yaml': namespace }));
    };
    expect(named(['dashboards'])).toEqual([`dev: proven ${UP}`]);
    expect(named([])).toEqual(['dashboards: unknown dashboard "Shop"']);
  });

  it('may have inputs, which whoever imports them chooses', () => {
    const inputs = { __inputs: [{ name: 'DS_M', type: 'datasource', pluginId: 'prometheus' }] };
    const shop = dashboard({ type: 'prometheus', uid: '${DS_M}' }, inputs);
    expect(told(files({ 'dashboards/shop.json': shop }))).toEqual([`dev: proven ${UP}`]);
  });

  it('are told of where they are named and are no JSON, and passed over where they are not', () => {
    const broken = { 'dashboards/shop.json': `${board['dashboards/shop.json']}}` };
    expect(rules(files(broken))).toEqual([]);
    const { worlds } = JSON.parse(rest['sightline.json']);
    const sightline = config({ dev: { ...worlds.dev, dashboards: ['dashboards'] } });
    expect(rules(files({ ...broken, 'sightline.json': sightline }))).toEqual(['input/broken-json']);
  });

  it('alone make a world in which nothing is known, and nothing is found', () => {
    const alone = { 'a.json': board['dashboards/shop.json'] };
    expect([told(alone), rules(alone)]).toEqual([['dashboards: unknown dashboard "Shop"'], []]);
  });
});

describe('a Grafana in the cluster', () => {
  const boards = (source: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: boards, namespace: observe, labels: {grafana_dashboard: "1"}}
data:
  shop.json: '${dashboard({ type: 'prometheus', uid: 'shop' })}'
---
apiVersion: v1
kind: ConfigMap
metadata: {name: sources, namespace: observe, labels: {grafana_datasource: "1"}}
data:
  sources.yaml: |
    apiVersion: 1
    datasources:
      - name: Shop
        uid: shop
        type: grafana-amazonprometheus-datasource
        url: ${source}
        jsonData: {sigV4Auth: true, sigV4AuthType: default, sigV4Region: eu-west-1}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: grafana, namespace: observe}
spec:
  selector: {matchLabels: {app: grafana}}
  template:
    metadata: {labels: {app: grafana}}
    spec:
      serviceAccountName: meter
      containers: [{name: grafana, image: "docker.io/grafana/grafana:12.3.0"}]
`;
  const of = (source: string): Files => ({
    ...METRICS,
    'web.prom': DASHBOARDS['web.prom'],
    'sightline.json': METRICS['sightline.json']
      .replace('"store.yaml"]', '"store.yaml", "grafana.yaml"]')
      .replace('"account"', '"metrics": [{"file": "web.prom"}], "account"'),
    'grafana.yaml': boards(source),
    'role.template.yaml': METRICS['role.template.yaml'].replace(
      'Action: aps:RemoteWrite',
      'Action: [aps:RemoteWrite, aps:QueryMetrics]',
    ),
  });
  const AMP = 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces';

  it('reads as its pod, with what its pod may do', () => {
    const files = of(`${AMP}/ws-01234567-89ab-cdef-0123-456789abcdef`);
    const named = files['sightline.json'].replace(
      '"account"',
      '"workspaces": ["ws-01234567-89ab-cdef-0123-456789abcdef"], "account"',
    );
    const hops = verifyFiles({ ...files, 'sightline.json': named }).paths.find(
      ({ signal }) => signal === 'dashboards',
    )?.hops;
    expect(hops?.map(({ kind }) => kind)).toEqual([
      'query',
      'metrics',
      'data-source',
      'plugin',
      'url',
      'signature',
      'service-account',
      'role',
      'trust',
      'permission',
    ]);
    expect(hops?.filter(({ kind }) => kind !== 'metrics' && kind !== 'permission').map(({ status }) => status)).toEqual(
      Array(8).fill('proven'),
    );
  });

  const AT = `${AMP}/ws-01234567-89ab-cdef-0123-456789abcdef`;
  const signed = (find: string, replace: string, env = '') =>
    rules({
      ...of(AT),
      'grafana.yaml': boards(AT)
        .replace(find, replace)
        .replace('grafana/grafana:12.3.0"}', `grafana/grafana:12.3.0"${env}}`),
    });

  it('signs with its own plugin only where that is switched on', () => {
    const core = ['type: grafana-amazonprometheus-datasource', 'type: prometheus'] as const;
    expect(signed(...core)).toEqual(['dashboards/unsigned-query']);
    expect(signed(...core, ', env: [{name: GF_AUTH_SIGV4_AUTH_ENABLED, value: "true"}]')).toEqual([]);
    expect(signed(...core, ', envFrom: [{configMapRef: {name: more}}]')).toEqual([]);
  });

  it('takes the role of its node only where that is allowed', () => {
    const node = ['sigV4AuthType: default', 'sigV4AuthType: ec2_iam_role'] as const;
    expect(signed(...node)).toEqual(['dashboards/missing-keys']);
    expect(signed(...node, ', env: [{name: GF_AWS_ALLOWED_AUTH_PROVIDERS, value: "default,ec2_iam_role"}]')).toEqual(
      [],
    );
  });

  it('that reads another store is unknown, and says so', () => {
    const { paths, findings } = verifyFiles(of('http://prometheus-server.observe.svc'));
    const path = paths.find(({ signal }) => signal === 'dashboards');
    expect([findings, path?.status]).toEqual([[], 'unknown']);
    expect(JSON.stringify(path?.hops)).toContain('a store other than Amazon Managed Service for Prometheus');
  });
});

describe('a Grafana that several worlds share, in a stack of its own', () => {
  const KEY = `${'0123456789abcdef'.repeat(4)}.json`;
  const store = (name: string) => `Resources:
  Metrics: {Type: AWS::APS::Workspace}
Outputs:
  Id: {Value: !GetAtt Metrics.WorkspaceId, Export: {Name: "${name}:id"}}
`;
  const source = (name: string) => `  Source${name}:
    Type: Custom::GrafanaDataSource
    Properties:
      WorkspaceId: !Ref Grafana
      Uid: metrics-${name}
      Definition: !Join
        - ""
        - - '{"name":"Metrics of ${name}","type":"amp","access":"proxy","isDefault":false,"url":"https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/'
          - !ImportValue "${name}:id"
          - '","jsonData":{"sigV4Auth":true,"sigV4AuthType":"ec2_iam_role","sigV4Region":"eu-west-1","sigv4Service":"aps"}}'
`;
  const grafana = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Grafana
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: grafana.amazonaws.com}}]
      Policies:
        - PolicyName: query
          PolicyDocument: {Statement: [{Effect: Allow, Action: "aps:*", Resource: "*"}]}
  Grafana:
    Type: AWS::Grafana::Workspace
    Properties: {GrafanaVersion: "12.4", RoleArn: !GetAtt Role.Arn}
${source('dev')}${source('prod')}  Board:
    Type: Custom::GrafanaDashboard
    Properties: {WorkspaceId: !Ref Grafana, Uid: shop, Key: ${KEY}}
`;
  const estate = (board: string): Files => {
    const world = (name: string) => ({
      manifests: [`${name}.yaml`],
      templates: [`out/${name}.template.yaml`, 'out/Grafana.template.yaml'],
      ...account,
    });
    const files: Record<string, string> = {
      'sightline.json': config({ dev: world('dev'), prod: world('prod') }),
      'out/Grafana.template.yaml': grafana,
      [`out/asset.${KEY}`]: board,
    };
    for (const name of ['dev', 'prod']) {
      files[`${name}.yaml`] = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;
      files[`out/${name}.template.yaml`] = store(name);
    }
    return files;
  };
  const variable = { templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus' }] } };
  const hops = (files: Files) =>
    verifyFiles(files)
      .paths.filter(({ signal }) => signal === 'dashboards')
      .map(({ world, hops: all, source: from }) => [
        world,
        from.name,
        all.filter(({ kind }) => kind !== 'metrics').every(({ status }) => status === 'proven'),
      ]);

  it('reads in each world the data source of its workspace, whichever a reader chooses', () => {
    const files = estate(dashboard({ type: 'prometheus', uid: '${source}' }, variable));
    expect(hops(files)).toEqual([
      ['dev', 'Metrics', true],
      ['prod', 'Metrics', true],
    ]);
  });

  it('reads a data source that is named in the world of its workspace, and in no other', () => {
    expect(hops(estate(dashboard({ type: 'prometheus', uid: 'metrics-prod' })))).toEqual([['prod', 'Metrics', true]]);
  });

  it('has the dashboard of the asset beside the template, and not a second time as a file', () => {
    const files = estate(dashboard({ type: 'prometheus', uid: 'metrics' }));
    expect(rules(files)).toEqual(['dashboards/missing-data-source']);
    expect(told(files)).toEqual([`dev: broken ${UP}`, `prod: broken ${UP}`]);
  });

  it('takes the plugin that fits its version, which a variable may name', () => {
    const listing = (query: string) => ({ templating: { list: [{ name: 'source', type: 'datasource', query }] } });
    const of = (query: string) => estate(dashboard({ type: query, uid: '${source}' }, listing(query)));
    const amazon = of('grafana-amazonprometheus-datasource');
    expect(hops(amazon).map(([, , isProven]) => isProven)).toEqual([true, true]);
    const any = { ...amazon, 'out/Grafana.template.yaml': grafana.replace('GrafanaVersion: "12.4", ', '') };
    expect([rules(any), told(any)]).toEqual([[], ['dev: unknown dashboard "Shop"', 'prod: unknown dashboard "Shop"']]);
  });

  it('is not told of twice where the file that the asset was made of lies beside', () => {
    const board = dashboard({ type: 'prometheus', uid: '${source}' }, variable);
    expect(hops({ ...estate(board), 'dashboards/shop.json': board }).map(([world]) => world)).toEqual(['dev', 'prod']);
  });

  it('says so where the asset is not there', () => {
    const { [`out/asset.${KEY}`]: _, ...files } = estate('');
    expect(told(files)).toEqual(['dev: unknown dashboard shop', 'prod: unknown dashboard shop']);
  });
});

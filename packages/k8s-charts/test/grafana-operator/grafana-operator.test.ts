import type { Construct } from 'constructs';
import {
  EnvironmentValue,
  ExternalGrafana,
  type ExternalGrafanaProps,
  GrafanaAmpDataSource,
  type GrafanaAmpDataSourceProps,
  GrafanaCloudWatchDataSource,
  GrafanaDashboard,
  GrafanaFolder,
  GrafanaToken,
  PrometheusRemoteWriteTarget,
} from '../../src';
import { at, only, render } from '../render';

const GRAFANA: ExternalGrafanaProps = {
  name: 'tictactoe',
  namespace: 'monitoring',
  url: 'https://g-0123456789.grafana-workspace.ap-northeast-2.amazonaws.com',
  token: GrafanaToken.secret('grafana-token', 'key'),
};
const SELECTOR = { matchLabels: { 'eks-sightline.github.io/grafana': 'tictactoe' } };
const region = EnvironmentValue.literal('ap-northeast-2');
const exported = EnvironmentValue.configMapKey({ namespace: 'monitoring', name: 'amp-workspace', key: 'workspaceId' });
const workspace = PrometheusRemoteWriteTarget.ampWorkspace({ region, workspaceId: exported });
const DASHBOARD = JSON.stringify({ uid: 'tictactoe', title: 'Tic-tac-toe', panels: [] });

const withGrafana = (make: (scope: Construct, grafana: ExternalGrafana) => unknown, changes: object = {}) =>
  render((scope) => make(scope, new ExternalGrafana(scope, 'grafana', { ...GRAFANA, ...changes })));

describe('ExternalGrafana', () => {
  test('is a Grafana elsewhere, reached with the token of a secret', () => {
    expect(withGrafana(() => undefined)).toEqual([
      {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'Grafana',
        metadata: { name: 'tictactoe', namespace: 'monitoring', labels: SELECTOR.matchLabels },
        spec: { external: { url: GRAFANA.url, apiKey: { name: 'grafana-token', key: 'key' } } },
      },
    ]);
  });

  test('takes a rotated token from Secrets Manager under the name by which it reads it', () => {
    const token = GrafanaToken.external({ secretId: 'amg/token', secretStore: 'aws', property: 'key' });
    const objects = withGrafana(() => undefined, { token });
    expect(at(only(objects, 'ExternalSecret'), 'spec')).toEqual({
      refreshInterval: '5m',
      secretStoreRef: { name: 'aws', kind: 'SecretStore' },
      target: { name: 'tictactoe-token', creationPolicy: 'Owner' },
      data: [{ secretKey: 'token', remoteRef: { key: 'amg/token', property: 'key' } }],
    });
    expect(at(only(objects, 'Grafana'), 'spec', 'external', 'apiKey')).toEqual({
      name: 'tictactoe-token',
      key: 'token',
    });
  });

  test('a store may be that of the cluster, a secret may be the token itself', () => {
    const token = GrafanaToken.external({ secretId: 'x', secretStore: 'aws', clusterStore: true });
    const spec = at(
      only(
        withGrafana(() => undefined, { token }),
        'ExternalSecret',
      ),
      'spec',
    );
    expect(at(spec, 'secretStoreRef', 'kind')).toBe('ClusterSecretStore');
    expect(at(spec, 'data', 0, 'remoteRef')).toEqual({ key: 'x' });
  });

  test.each<[object, string]>([
    [{ url: 'g-1.grafana-workspace.ap-northeast-2.amazonaws.com' }, 'ExternalGrafanaProps.url: got "g-1.'],
    [{ url: `${GRAFANA.url}/` }, 'allowed: "https://" and a host name'],
    [{ name: 'A' }, 'ExternalGrafanaProps.name: got "A"'],
    [{ namespace: 'a.b' }, 'ExternalGrafanaProps.namespace: got "a.b"'],
  ])('%j is refused', (changes, message) => {
    expect(() => withGrafana(() => undefined, changes)).toThrow(message);
  });

  test.each<[() => GrafanaToken, string]>([
    [() => GrafanaToken.secret('A', 'k'), 'GrafanaToken.secret: got "A"'],
    [() => GrafanaToken.secret('a', 'k/x'), 'GrafanaToken.secret: got "k/x"'],
    [() => GrafanaToken.external({ secretId: 'a b', secretStore: 's' }), 'ExternalTokenProps.secretId: got "a b"'],
    [() => GrafanaToken.external({ secretId: 'a', secretStore: 'S' }), 'ExternalTokenProps.secretStore: got "S"'],
  ])('a token that cannot be found is refused', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('GrafanaAmpDataSource', () => {
  const source = (changes: Partial<GrafanaAmpDataSourceProps> = {}) =>
    only(
      withGrafana(
        (scope, grafana) => new GrafanaAmpDataSource(scope, 's', { name: 'amp', grafana, workspace, ...changes }),
      ),
      'GrafanaDatasource',
    );

  test('takes the id of the workspace at run time from the ConfigMap into which it is exported', () => {
    expect(at(source(), 'spec')).toEqual({
      instanceSelector: SELECTOR,
      uid: 'amp',
      datasource: {
        name: 'amp',
        access: 'proxy',
        isDefault: false,
        editable: false,
        type: 'grafana-amazonprometheus-datasource',
        url: 'https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/${workspaceId}',
        jsonData: {
          httpMethod: 'POST',
          sigV4Auth: true,
          sigV4AuthType: 'ec2_iam_role',
          sigV4Region: 'ap-northeast-2',
          sigv4Service: 'aps',
        },
      },
      valuesFrom: [
        { targetPath: 'url', valueFrom: { configMapKeyRef: { name: 'amp-workspace', key: 'workspaceId' } } },
      ],
    });
  });

  test('names a workspace that is known', () => {
    const workspaceId = EnvironmentValue.literal('ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95');
    const object = source({ workspace: PrometheusRemoteWriteTarget.ampWorkspace({ region, workspaceId }) });
    expect(at(object, 'spec', 'datasource', 'url')).toMatch(/\/workspaces\/ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95$/);
    expect(at(object, 'spec', 'valuesFrom')).toBeUndefined();
  });

  test('uses the plugin of older workspaces when asked to', () => {
    expect(at(source({ corePlugin: true }), 'spec', 'datasource', 'type')).toBe('prometheus');
  });

  test.each<[string, Partial<GrafanaAmpDataSourceProps>, string]>([
    ['a ConfigMap of another namespace', { namespace: 'other' }, 'got a key of ConfigMap "monitoring/amp-workspace"'],
    [
      'a region that is not known',
      { workspace: PrometheusRemoteWriteTarget.ampWorkspace({ region: exported, workspaceId: exported }) },
      'GrafanaAmpDataSourceProps.workspace.region: got a key of ConfigMap "amp-workspace"',
    ],
    ['a UID that Grafana refuses', { uid: 'a b' }, 'GrafanaAmpDataSourceProps.uid: got "a b"'],
    ['a blank title', { title: ' ' }, 'GrafanaAmpDataSourceProps.title: got " "'],
  ])('%s is refused', (_, changes, message) => {
    expect(() => source(changes)).toThrow(message);
  });
});

describe('other content', () => {
  test('CloudWatch is read with the role of the workspace', () => {
    const object = only(
      withGrafana(
        (scope, grafana) =>
          new GrafanaCloudWatchDataSource(scope, 's', {
            name: 'logs',
            grafana,
            region: 'ap-northeast-2',
            title: 'Logs',
          }),
      ),
      'GrafanaDatasource',
    );
    expect(at(object, 'spec', 'datasource')).toMatchObject({
      name: 'Logs',
      type: 'cloudwatch',
      jsonData: { authType: 'ec2_iam_role', defaultRegion: 'ap-northeast-2' },
    });
  });

  test('a dashboard goes into its folder, and finds a Grafana of another namespace', () => {
    const place = { namespace: 'tictactoe' };
    const objects = withGrafana((scope, grafana) => {
      const folder = new GrafanaFolder(scope, 'f', { name: 'games', grafana, title: 'Games', ...place });
      new GrafanaDashboard(scope, 'd', { name: 'game', grafana, folder, json: DASHBOARD, ...place });
    });
    expect(at(only(objects, 'GrafanaFolder'), 'spec')).toEqual({
      instanceSelector: SELECTOR,
      allowCrossNamespaceImport: true,
      title: 'Games',
      uid: 'games',
    });
    expect(at(only(objects, 'GrafanaDashboard'), 'spec')).toEqual({
      instanceSelector: SELECTOR,
      allowCrossNamespaceImport: true,
      folderRef: 'games',
      json: DASHBOARD,
    });
  });

  test.each<[string, (scope: Construct, grafana: ExternalGrafana) => unknown, string]>([
    [
      'text that is no JSON',
      (scope, grafana) => new GrafanaDashboard(scope, 'd', { name: 'd', grafana, json: 'panels: []' }),
      'GrafanaDashboardProps.json: got "panels: []", allowed: a JSON object',
    ],
    [
      'a dashboard without a UID',
      (scope, grafana) => new GrafanaDashboard(scope, 'd', { name: 'd', grafana, json: '{"title":"x"}' }),
      'GrafanaDashboardProps.json: uid: got null',
    ],
    [
      'a dashboard without a title',
      (scope, grafana) => new GrafanaDashboard(scope, 'd', { name: 'd', grafana, json: '{"uid":"x"}' }),
      'GrafanaDashboardProps.json: title: got null',
    ],
    [
      'a folder of another namespace',
      (scope, grafana) => {
        const folder = new GrafanaFolder(scope, 'f', { name: 'f', grafana, title: 'F', namespace: 'other' });
        return new GrafanaDashboard(scope, 'd', { name: 'd', grafana, folder, json: DASHBOARD });
      },
      'GrafanaDashboardProps.folder: got "other/f"',
    ],
    [
      'a region that is none',
      (scope, grafana) => new GrafanaCloudWatchDataSource(scope, 's', { name: 's', grafana, region: 'x' }),
      'GrafanaCloudWatchDataSourceProps.region: got "x"',
    ],
  ])('%s is refused', (_, make, message) => {
    expect(() => withGrafana(make)).toThrow(message);
  });
});

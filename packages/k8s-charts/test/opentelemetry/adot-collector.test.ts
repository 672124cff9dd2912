import { parse } from 'yaml';
import {
  AdotCollector,
  type AdotCollectorProps,
  AdotDelivery,
  EnvironmentValue,
  PrometheusRemoteWriteTarget,
} from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, container, only, podSpec, render } from '../render';

const OPERATOR = { delivery: AdotDelivery.OPERATOR };

const adot = (changes: Partial<AdotCollectorProps> = {}) =>
  render((scope) => new AdotCollector(scope, 'adot', { ...PROPS, ...changes }));

const text = (changes: Partial<AdotCollectorProps> = {}) =>
  String(at(only(adot(changes), 'ConfigMap'), 'data', 'config.yaml'));

const config = (changes: Partial<AdotCollectorProps> = {}) => parse(text(changes));

describe('configuration', () => {
  test('is the same text for every cluster, region and workspace', () => {
    const remoteWrite = PrometheusRemoteWriteTarget.ampWorkspace({
      region: EnvironmentValue.literal('eu-west-1'),
      workspaceId: EnvironmentValue.configMapKey({
        namespace: 'monitoring',
        name: 'amp-workspace',
        key: 'workspaceId',
      }),
    });
    expect(text({ remoteWrite, clusterName: EnvironmentValue.literal('other') })).toBe(text());
  });

  test('writes to the workspace of the environment, signed, without renaming and relabelling anything', () => {
    expect(config().exporters.prometheusremotewrite).toEqual({
      endpoint:
        'https://aps-workspaces.${env:AWS_REGION}.amazonaws.com/workspaces/${env:AMP_WORKSPACE_ID}/api/v1/remote_write',
      auth: { authenticator: 'sigv4auth' },
      external_labels: { cluster: '${env:CLUSTER_NAME}' },
      translation_strategy: 'UnderscoreEscapingWithoutSuffixes',
      disable_scope_info: true,
      target_info: { enabled: false },
    });
    expect(config().extensions.sigv4auth).toEqual({ region: '${env:AWS_REGION}', service: 'aps' });
  });

  test('leaves job and instance to the scrape, also for a page with target_info', () => {
    const { scrape_configs: jobs } = config({ keepMetrics: ['nginx_*'] }).receivers.prometheus.config;
    const rules = jobs[0].metric_relabel_configs;
    expect(rules[0]).toEqual({ action: 'drop', source_labels: ['__name__'], regex: 'target_info' });
    expect(rules.at(-1)).toMatchObject({ action: 'keep', source_labels: ['__name__'] });
  });

  test('escapes every dollar sign of the rules, which would otherwise be a variable', () => {
    const { scrape_configs: jobs } = config().receivers.prometheus.config;
    expect(jobs[0].relabel_configs).toContainEqual(expect.objectContaining({ replacement: '[$$1]:$$2' }));
    expect(text().replace(/\$\$\d|\$\{env:[A-Z_]+\}/g, '')).not.toContain('$');
  });

  test('uses every extension and component that it configures', () => {
    const { extensions, receivers, processors, exporters, service } = config();
    expect(service.extensions).toEqual(Object.keys(extensions));
    expect(service.pipelines.metrics).toEqual({
      receivers: Object.keys(receivers),
      processors: Object.keys(processors),
      exporters: Object.keys(exporters),
    });
  });

  test('answers probes beyond the loopback interface', () => {
    const deployment = only(adot(), 'Deployment');
    expect(config().extensions.health_check).toEqual({ endpoint: '0.0.0.0:13133' });
    expect(at(container(deployment), 'livenessProbe', 'httpGet')).toEqual({ path: '/', port: 'health' });
    expect(at(container(deployment), 'ports', 0)).toEqual({ name: 'health', containerPort: 13133, protocol: 'TCP' });
  });
});

describe('as a Deployment', () => {
  test('has no volume but its configuration', () => {
    expect(at(podSpec(only(adot(), 'Deployment')), 'volumes')).toEqual([
      { name: 'config', configMap: { name: 'adot-collector-config' } },
    ]);
    expect(at(container(only(adot(), 'Deployment')), 'args')).toEqual(['--config=/etc/otel/config.yaml']);
  });

  test('values of the environment reach the container as variables', () => {
    expect(at(container(only(adot(), 'Deployment')), 'env')).toEqual([
      { name: 'CLUSTER_NAME', value: 'tictactoe-dev' },
      { name: 'AWS_REGION', value: 'ap-northeast-2' },
      { name: 'AMP_WORKSPACE_ID', value: 'ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95' },
    ]);
  });
});

describe('by the operator', () => {
  const spec = () => at(only(adot(OPERATOR), 'OpenTelemetryCollector'), 'spec');

  test('is one resource with the same configuration, as an object', () => {
    expect(adot(OPERATOR).map(({ kind }) => kind)).not.toContain('Deployment');
    expect(adot(OPERATOR).map(({ kind }) => kind)).not.toContain('ConfigMap');
    expect(at(spec(), 'config')).toEqual(config());
  });

  test('the pods have the same account, variables, security and strategy', () => {
    const deployment = only(adot(), 'Deployment');
    expect(spec()).toMatchObject({
      mode: 'deployment',
      replicas: 1,
      serviceAccount: 'adot-collector',
      deploymentUpdateStrategy: { type: 'Recreate' },
      env: at(container(deployment), 'env'),
      securityContext: at(container(deployment), 'securityContext'),
      podSecurityContext: at(podSpec(deployment), 'securityContext'),
      resources: at(container(deployment), 'resources'),
    });
  });

  test('two replicas overlap in a rollout, as AMP tells them apart', () => {
    const twice = at(only(adot({ ...OPERATOR, highAvailability: true }), 'OpenTelemetryCollector'), 'spec');
    expect(twice).toMatchObject({ replicas: 2, deploymentUpdateStrategy: { type: 'RollingUpdate' } });
    expect(at(twice, 'topologySpreadConstraints', 0, 'topologyKey')).toBe('kubernetes.io/hostname');
  });

  test('the account gives out its token, as the operator asks for none', () => {
    expect(at(only(adot(OPERATOR), 'ServiceAccount'), 'automountServiceAccountToken')).toBe(true);
  });

  test('tells the name of the Deployment that the operator makes', () => {
    const made: AdotCollector[] = [];
    render((scope) => made.push(new AdotCollector(scope, 'a', { ...PROPS, ...OPERATOR })));
    expect(made[0]).toMatchObject({ deploymentName: 'adot-collector-collector', configMapName: undefined });
  });
});

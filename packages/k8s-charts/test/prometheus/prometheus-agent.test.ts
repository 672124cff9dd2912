import { Size } from 'cdk8s';
import { parse } from 'yaml';
import { EnvironmentValue, PrometheusAgent, type PrometheusAgentProps, PrometheusRemoteWriteTarget } from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, container, only, podSpec, render } from '../render';

const agent = (changes: Partial<PrometheusAgentProps> = {}) =>
  render((scope) => new PrometheusAgent(scope, 'agent', { ...PROPS, ...changes }));

const config = (changes: Partial<PrometheusAgentProps> = {}) =>
  parse(String(at(only(agent(changes), 'ConfigMap'), 'data', 'prometheus.yml')));

test('writes to the workspace, signed for its region, and retries what is refused for its rate', () => {
  expect(config().remote_write).toEqual([
    {
      name: 'amp',
      url: 'https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/ws-62f6ab4b-6a1c-4971-806e-dee13a1e1e95/api/v1/remote_write',
      sigv4: { region: 'ap-northeast-2' },
      queue_config: { retry_on_http_429: true },
    },
  ]);
});

test('takes the cluster from a variable, which external labels may name', () => {
  expect(config().global).toEqual({
    external_labels: { cluster: '${CLUSTER_NAME}' },
    metric_name_validation_scheme: 'legacy',
  });
  expect(at(container(only(agent(), 'Deployment')), 'env')).toEqual([{ name: 'CLUSTER_NAME', value: 'tictactoe-dev' }]);
});

test('has nothing that agent mode refuses', () => {
  expect(Object.keys(config()).sort()).toEqual(['global', 'remote_write', 'scrape_configs']);
  expect(at(container(only(agent(), 'Deployment')), 'args')).toEqual([
    '--agent',
    '--config.file=/etc/prometheus/prometheus.yml',
    '--storage.agent.path=/prometheus',
    '--web.listen-address=0.0.0.0:9090',
  ]);
});

test('scrapes by the contract of the annotations, with dollar signs as they are', () => {
  const [job] = config().scrape_configs;
  expect(job).toMatchObject({ job_name: 'kubernetes-pods', scrape_interval: '60s', scrape_timeout: '10s' });
  expect(job.kubernetes_sd_configs).toEqual([{ role: 'pod' }]);
  expect(job.relabel_configs[0]).toEqual({
    source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'],
    regex: 'true',
    action: 'keep',
  });
  expect(job.relabel_configs).toContainEqual(expect.objectContaining({ replacement: '[$1]:$2' }));
});

test('needs no persistent volume: the log of what was not sent yet lives as long as the pod', () => {
  expect(at(podSpec(only(agent({ walSizeLimit: Size.mebibytes(512) }), 'Deployment')), 'volumes')).toEqual([
    { name: 'config', configMap: { name: 'prometheus-agent-config' } },
    { name: 'wal', emptyDir: { sizeLimit: '512Mi' } },
  ]);
});

test.each(['region', 'workspaceId'] as const)(
  'a %s that is known at run time only is refused, with a way out',
  (part) => {
    const late = EnvironmentValue.configMapKey({ namespace: 'monitoring', name: 'amp-workspace', key: 'x' });
    const remoteWrite = PrometheusRemoteWriteTarget.ampWorkspace({ ...PROPS.remoteWrite, [part]: late });
    expect(() => agent({ remoteWrite })).toThrow(
      `PrometheusAgentProps.remoteWrite.${part}: got a key of ConfigMap "amp-workspace", allowed: EnvironmentValue.literal`,
    );
  },
);

import { type IMetricsCollector, type MetricsCollectorProps, MetricsSource } from '../../src';
import { at, only, render } from '../render';
import { COLLECTORS, PROPS } from './collectors';
import { type Labels, relabel, scraped } from './relabel';

const SETTINGS = { intervalSeconds: 60, timeoutSeconds: 10 };

describe('the job of kube-state-metrics', () => {
  const { rules } = MetricsSource.kubeStateMetrics({ namespace: 'monitoring' })._job(SETTINGS);
  const pod = (changes: Labels = {}): Labels => ({
    __address__: '10.0.0.7:8081',
    __meta_kubernetes_pod_ip: '10.0.0.7',
    __meta_kubernetes_pod_phase: 'Running',
    __meta_kubernetes_pod_container_init: 'false',
    __meta_kubernetes_pod_label_app_kubernetes_io_name: 'kube-state-metrics',
    ...changes,
  });

  test('has one target, whichever port was discovered', () => {
    const url = (changes?: Labels) => scraped(relabel(pod(changes), rules))?.url;
    expect(url()).toBe('http://10.0.0.7:8080/metrics');
    expect(url({ __address__: '10.0.0.7' })).toBe('http://10.0.0.7:8080/metrics');
    expect(url({ __meta_kubernetes_pod_ip: 'fd00::7' })).toBe('http://[fd00::7]:8080/metrics');
  });

  test.each<[string, Labels]>([
    ['other pods', { __meta_kubernetes_pod_label_app_kubernetes_io_name: 'frontend' }],
    ['a pod that has ended', { __meta_kubernetes_pod_phase: 'Failed' }],
    ['an init container', { __meta_kubernetes_pod_container_init: 'true' }],
  ])('leaves %s alone', (_, changes) => {
    expect(relabel(pod(changes), rules)).toBeUndefined();
  });
});

test.each([
  [MetricsSource.cAdvisor(), 'https://10.0.0.1:10250/metrics/cadvisor'],
  [MetricsSource.kubelet(), 'https://10.0.0.1:10250/metrics'],
])('a kubelet is asked over https, and its node becomes a label', (source, url) => {
  const node = { __address__: '10.0.0.1:10250', __meta_kubernetes_node_name: 'node-1' };
  expect(scraped(relabel(node, source._job(SETTINGS).rules))).toEqual({ node: 'node-1', url });
});

test('what is kept by default stays small, and can be chosen', () => {
  expect(MetricsSource.cAdvisor()._job(SETTINGS).keep).toContain('|container_memory_working_set_bytes');
  expect(MetricsSource.kubelet({ keepMetrics: ['kubelet_*'] })._job(SETTINGS).keep).toMatch(/\|kubelet_\.\*$/);
  expect(MetricsSource.kubeStateMetrics()._job(SETTINGS).keep).toBeUndefined();
});

test.each([
  [{ port: 0 }, 'KubeStateMetricsSourceOptions.port: got 0'],
  [{ name: 'A' }, 'KubeStateMetricsSourceOptions.name: got "A"'],
  [{ namespace: 'a.b' }, 'KubeStateMetricsSourceOptions.namespace: got "a.b"'],
])('%j is refused', (options, message) => {
  expect(() => MetricsSource.kubeStateMetrics(options)).toThrow(message);
});

describe.each(COLLECTORS)('%s', (struct, _, make) => {
  const sources = [MetricsSource.kubeStateMetrics(), MetricsSource.cAdvisor(), MetricsSource.kubelet()];
  function rendered(changes: Partial<MetricsCollectorProps>) {
    const made: IMetricsCollector[] = [];
    const objects = render((scope) => made.push(make(scope, { ...PROPS, ...changes })));
    return { objects, config: made[0]?.config ?? '' };
  }

  test('keeps the labels of the sources, and only those of the sources', () => {
    expect(rendered({ sources }).config.match(/honor_labels( *=|:) true/g)).toHaveLength(3);
    expect(rendered({ sources }).config.match(/honor_timestamps( *=|:) false/g)).toHaveLength(1);
    expect(rendered({}).config).not.toContain('honor_');
  });

  test('asks kubelets with the token of the account, and trusts the authority of the cluster alone', () => {
    const { config } = rendered({ sources: [MetricsSource.cAdvisor()] });
    expect(config).toContain('/var/run/secrets/kubernetes.io/serviceaccount/token');
    expect(config).toContain('/var/run/secrets/kubernetes.io/serviceaccount/ca.crt');
    expect(config).not.toContain('insecure');
  });

  test('may read nodes and their metrics only when it has to', () => {
    const rules = (of: MetricsSource[]) => at(only(rendered({ sources: of }).objects, 'ClusterRole'), 'rules');
    const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };
    expect(rules([MetricsSource.kubeStateMetrics()])).toEqual([pods]);
    expect(rules([MetricsSource.cAdvisor()])).toEqual([
      pods,
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    ]);
  });

  test('may reach kubelets through its network policy only when it has to', () => {
    const policy = (of: MetricsSource[]) =>
      only(rendered({ sources: of, networkPolicy: true }).objects, 'NetworkPolicy');
    expect(JSON.stringify(policy(sources))).toContain('10250');
    expect(JSON.stringify(policy([]))).not.toContain('10250');
  });

  test('refuses a source that is given twice', () => {
    expect(() => rendered({ sources: [MetricsSource.kubelet(), MetricsSource.kubelet()] })).toThrow(
      `${struct}.sources: got "kubelet", allowed: each source once`,
    );
  });
});

import { AlloyDelivery, GrafanaAlloy, type GrafanaAlloyProps, MetricsSource } from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, container, only, podSpec, render } from '../render';

const alloy = (changes: Partial<GrafanaAlloyProps>) =>
  render((scope) => new GrafanaAlloy(scope, 'alloy', { ...PROPS, ...changes }));

const config = (changes: Partial<GrafanaAlloyProps>) =>
  String(at(only(alloy(changes), 'ConfigMap'), 'data', 'config.alloy'));

const kinds = (changes: Partial<GrafanaAlloyProps>) => alloy(changes).map(({ kind }) => kind);

const DAEMON_SET = { delivery: AlloyDelivery.DAEMON_SET };

describe('on every node', () => {
  test('is a DaemonSet and no Deployment, on nodes of whatever taints', () => {
    expect(kinds(DAEMON_SET)).toContain('DaemonSet');
    expect(kinds(DAEMON_SET)).not.toContain('Deployment');
    expect(kinds({})).not.toContain('DaemonSet');
    expect(at(podSpec(only(alloy(DAEMON_SET), 'DaemonSet')), 'tolerations')).toEqual([{ operator: 'Exists' }]);
  });

  test('the pod on a node goes before the next one comes, so that nothing is scraped twice', () => {
    expect(at(only(alloy(DAEMON_SET), 'DaemonSet'), 'spec', 'updateStrategy', 'rollingUpdate', 'maxSurge')).toBe(0);
  });

  test('discovers pods and the kubelet of its own node alone, whose name it is told', () => {
    const text = config({ ...DAEMON_SET, sources: [MetricsSource.kubelet()] });
    expect(text).toContain(
      '\tselectors {\n\t\trole  = "pod"\n\t\tfield = "spec.nodeName=" + sys.env("NODE_NAME")\n\t}',
    );
    expect(text).toContain(
      '\tselectors {\n\t\trole  = "node"\n\t\tfield = "metadata.name=" + sys.env("NODE_NAME")\n\t}',
    );
    expect(at(container(only(alloy(DAEMON_SET), 'DaemonSet')), 'env')).toContainEqual({
      name: 'NODE_NAME',
      valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
    });
    expect(config({})).not.toContain('selectors');
  });

  test.each<[keyof GrafanaAlloyProps, Partial<GrafanaAlloyProps>]>([
    ['replicas', { replicas: 2 }],
    ['highAvailability', { highAvailability: true }],
    ['monitors', { monitors: {} }],
  ])('has no %s', (prop, changes) => {
    expect(() => alloy({ ...DAEMON_SET, ...changes })).toThrow(
      new RegExp(
        `^GrafanaAlloyProps\\.${prop}: got .*, allowed: none with AlloyDelivery\\.DAEMON_SET.* Leave ${prop} out`,
      ),
    );
  });
});

describe('several that divide the targets', () => {
  const cluster = { replicas: 3 };

  test('form a cluster, in the configuration and when they run', () => {
    const clustering = '\tclustering {\n\t\tenabled = true\n\t}';
    const text = config({ ...cluster, monitors: {}, sources: [MetricsSource.cAdvisor()] });
    // Two jobs, pod monitors, service monitors.
    expect(text.split(clustering)).toHaveLength(5);
    expect(text).not.toContain('__replica__');
    expect(config({})).not.toContain('clustering');
    expect(at(container(only(alloy(cluster), 'Deployment')), 'args')).toEqual([
      ...(at(container(only(alloy({}), 'Deployment')), 'args') as string[]),
      '--cluster.enabled=true',
      '--cluster.name=monitoring.grafana-alloy',
      '--cluster.join-addresses=grafana-alloy-cluster:12345',
    ]);
  });

  test('find each other by a headless Service, also while they start', () => {
    const service = only(alloy(cluster), 'Service');
    expect(at(service, 'metadata', 'name')).toBe('grafana-alloy-cluster');
    expect(at(service, 'spec')).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { app: 'grafana-alloy' },
      ports: [{ port: 12345, targetPort: 'http-metrics' }],
    });
    expect(kinds({ highAvailability: true })).not.toContain('Service');
  });

  test('may talk to each other where a policy restricts them', () => {
    const policy = only(alloy({ ...cluster, networkPolicy: true }), 'NetworkPolicy');
    const peers = { podSelector: { matchLabels: { app: 'grafana-alloy' } } };
    const ports = [{ protocol: 'TCP', port: 12345 }];
    expect(at(policy, 'spec', 'ingress')).toEqual([{ from: [peers], ports }]);
    expect(at(policy, 'spec', 'egress')).toContainEqual({ to: [peers], ports });
  });

  test('are replaced one at a time, spread over nodes, and hold up no drain', () => {
    const deployment = only(alloy(cluster), 'Deployment');
    expect(at(deployment, 'spec', 'replicas')).toBe(3);
    expect(at(deployment, 'spec', 'strategy', 'rollingUpdate')).toEqual({ maxSurge: 0, maxUnavailable: 1 });
    expect(at(podSpec(deployment), 'topologySpreadConstraints', 0, 'whenUnsatisfiable')).toBe('ScheduleAnyway');
    expect(at(only(alloy(cluster), 'PodDisruptionBudget'), 'spec', 'maxUnavailable')).toBe(1);
  });

  test('one is no cluster', () => {
    expect(alloy({ replicas: 1 })).toEqual(alloy({}));
  });

  test.each<[string, Partial<GrafanaAlloyProps>, string]>([
    ['none', { replicas: 0 }, 'got 0, allowed: an integer from 1'],
    ['a half', { replicas: 1.5 }, 'got 1.5, allowed: an integer from 1'],
    ['copies as well', { replicas: 2, highAvailability: true }, 'got 2, allowed: replicas that share the targets, or'],
  ])('%s is refused', (_, changes, message) => {
    expect(() => alloy(changes)).toThrow(`GrafanaAlloyProps.replicas: ${message}`);
  });
});

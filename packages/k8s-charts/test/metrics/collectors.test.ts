import { Duration, Size } from 'cdk8s';
import {
  AwsIdentity,
  EnvironmentValue,
  type IMetricsCollector,
  type MetricsCollectorProps,
  PodDiscovery,
} from '../../src';
import { at, container, only, podSpec, render, workload } from '../render';
import { COLLECTORS, PROPS } from './collectors';

describe.each(COLLECTORS)('%s', (struct, defaultName, make) => {
  function rendered(changes: Partial<MetricsCollectorProps> = {}) {
    const made: IMetricsCollector[] = [];
    const objects = render((scope) => made.push(make(scope, { ...PROPS, ...changes })));
    return { objects, collector: made[0] };
  }

  const config = (changes?: Partial<MetricsCollectorProps>) => rendered(changes).collector?.config ?? '';

  test('tells its names, and gives all objects the one that is chosen', () => {
    expect(rendered().collector).toMatchObject({
      name: defaultName,
      namespace: 'monitoring',
      serviceAccountName: defaultName,
    });
    const names = rendered({ name: 'collector' }).objects.map((object) => at(object, 'metadata', 'name'));
    expect(new Set(names)).toEqual(new Set(['collector', 'collector-config']));
  });

  test('runs as the account that carries the role, which may read pods and nothing else', () => {
    const { objects } = rendered();
    expect(at(podSpec(workload(objects)), 'serviceAccountName')).toBe(defaultName);
    expect(at(only(objects, 'ServiceAccount'), 'metadata')).toMatchObject({
      name: defaultName,
      namespace: 'monitoring',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/GrafanaAgentAMPRole' },
    });
    expect(at(only(objects, 'ServiceAccount'), 'automountServiceAccountToken')).toBe(false);
    expect(at(only(objects, 'ClusterRole'), 'rules')).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    ]);
    expect(at(only(objects, 'ClusterRoleBinding'), 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: defaultName, namespace: 'monitoring' },
    ]);
  });

  test('never scrapes twice: one replica, replaced rather than overlapped', () => {
    const made = workload(rendered().objects);
    expect(at(made, 'spec', 'replicas')).toBe(1);
    // A StatefulSet knows no other way than one after the other.
    expect(at(made, 'spec', 'strategy')).toEqual(made.kind === 'StatefulSet' ? undefined : { type: 'Recreate' });
  });

  test('two replicas are told apart by the workspace, run on two nodes if there are, and hold up no drain', () => {
    const { objects, collector } = rendered({ highAvailability: true });
    const deployment = workload(objects);
    expect(collector?.config).toMatch(/__replica__ *[=:] .*POD_NAME/);
    expect(config()).not.toContain('__replica__');
    expect(at(container(deployment), 'env')).toContainEqual({
      name: 'POD_NAME',
      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
    });
    expect(at(deployment, 'spec', 'replicas')).toBe(2);
    expect(at(deployment, 'spec', deployment.kind === 'StatefulSet' ? 'updateStrategy' : 'strategy', 'type')).toBe(
      'RollingUpdate',
    );
    expect(at(podSpec(deployment), 'topologySpreadConstraints', 0, 'labelSelector', 'matchLabels')).toEqual({
      app: defaultName,
    });
    expect(at(only(objects, 'PodDisruptionBudget'), 'spec')).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { app: defaultName } },
    });
    expect(rendered().objects.map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
  });

  test('has nothing that the level restricted forbids', () => {
    const deployment = workload(rendered().objects);
    expect(at(podSpec(deployment), 'securityContext')).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(container(deployment), 'securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('asks to be scraped at a port that it declares and opens to itself', () => {
    const { objects } = rendered({ networkPolicy: true });
    const deployment = workload(objects);
    const port = Number(at(deployment, 'spec', 'template', 'metadata', 'annotations', 'prometheus.io/port'));
    expect(at(container(deployment), 'ports')).toContainEqual({
      name: 'http-metrics',
      containerPort: port,
      protocol: 'TCP',
    });
    expect(at(only(objects, 'NetworkPolicy'), 'spec', 'ingress', 0, 'ports')).toEqual([{ protocol: 'TCP', port }]);
  });

  test('a changed configuration changes the pod template, a changed cluster name does not', () => {
    const sum = (changes: Partial<MetricsCollectorProps>) =>
      at(workload(rendered(changes).objects), 'spec', 'template', 'metadata', 'annotations', 'checksum/config');
    expect(sum({})).toMatch(/^[0-9a-f]{64}$/);
    expect(sum({ scrapeInterval: Duration.seconds(30) })).not.toBe(sum({}));
    expect(sum({ clusterName: EnvironmentValue.literal('other') })).toBe(sum({}));
  });

  test('keeps the metrics that are named, and what the scrape says about itself', () => {
    const text = config({ keepMetrics: ['nginx_*', 'http_requests_total', 'nginx_*'] });
    expect(text).toMatch(/up\|scrape_duration_seconds\|[a-z_|]+\|http_requests_total\|nginx_\.\*["\n]/);
    expect(config()).not.toContain('scrape_duration_seconds');
  });

  test('bounds the samples of a target when asked to', () => {
    expect(config({ sampleLimit: 5000 })).toMatch(/sample_limit( *=|:) *5000/);
    expect(config()).not.toContain('sample_limit');
  });

  test('looks at all namespaces unless some are named', () => {
    expect(config()).not.toContain('namespaces');
    expect(config({ discovery: PodDiscovery.annotations({ namespaces: ['tictactoe-dev'] }) })).toContain(
      'tictactoe-dev',
    );
  });

  test('names no role where Pod Identity does', () => {
    const account = only(rendered({ identity: AwsIdentity.podIdentity() }).objects, 'ServiceAccount');
    expect(at(account, 'metadata', 'annotations')).toBeUndefined();
  });

  test.each<[string, Partial<MetricsCollectorProps>, string]>([
    ['a namespace that cannot exist', { namespace: 'Monitoring' }, 'namespace: got "Monitoring"'],
    ['a name that cannot be a label', { name: 'a.b' }, 'name: got "a.b"'],
    ['an interval of zero', { scrapeInterval: Duration.seconds(0) }, 'scrapeInterval (seconds): got 0'],
    ['a timeout beyond the interval', { scrapeTimeout: Duration.seconds(90) }, 'scrapeTimeout (seconds): got 90'],
    ['an empty list of metrics', { keepMetrics: [] }, 'keepMetrics: got [], allowed: one name or more'],
    ['a metric as a query', { keepMetrics: ['up{job="x"}'] }, 'keepMetrics: got "up{job=\\"x\\"}"'],
    ['an asterisk in the middle', { keepMetrics: ['a*b'] }, 'keepMetrics: got "a*b"'],
    ['a limit of no samples', { sampleLimit: 0 }, 'sampleLimit: got 0, allowed: an integer from 1'],
  ])('%s is refused', (_, changes, message) => {
    expect(() => rendered(changes)).toThrow(`${struct}.${message}`);
  });

  test('an account of another name is what the pods run as, what has the rights and what carries the role', () => {
    const { objects, collector } = rendered({ serviceAccountName: 'amp-irsa-role' });
    expect(collector?.serviceAccountName).toBe('amp-irsa-role');
    expect(at(podSpec(workload(objects)), 'serviceAccountName')).toBe('amp-irsa-role');
    expect(at(only(objects, 'ServiceAccount'), 'metadata', 'name')).toBe('amp-irsa-role');
    expect(at(only(objects, 'ClusterRoleBinding'), 'subjects', 0, 'name')).toBe('amp-irsa-role');
    expect(at(only(objects, 'ClusterRole'), 'metadata', 'name')).toBe(defaultName);
    expect(() => rendered({ serviceAccountName: 'A' })).toThrow(`${struct}.serviceAccountName: got "A"`);
  });

  test('the image comes from the mirror, by the secrets of the account', () => {
    const own = String(at(container(workload(rendered().objects)), 'image'));
    const imageRegistry = '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/mirror';
    const { objects } = rendered({ imageRegistry, imagePullSecrets: ['pull', 'pull'] });
    expect(at(container(workload(objects)), 'image')).toBe(own.replace(/^[^/]+/, imageRegistry));
    expect(at(only(objects, 'ServiceAccount'), 'imagePullSecrets')).toEqual([{ name: 'pull' }]);
    expect(() => rendered({ imageRegistry, image: 'example.com/x:1' })).toThrow(
      `${struct}.imageRegistry: got "${imageRegistry}", allowed: an image or a registry, not both`,
    );
  });

  test('a limit below the request is refused', () => {
    expect(() => rendered({ resources: { memoryLimit: Size.mebibytes(64) } })).toThrow(
      'got "64Mi", allowed: at least the memory request',
    );
  });
});

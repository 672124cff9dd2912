import { Duration, Size } from 'cdk8s';
import { PrometheusAgent, PrometheusServer, type PrometheusServerProps } from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, container, only, podSpec, render } from '../render';

const server = (changes: Partial<PrometheusServerProps> = {}) =>
  render((scope) => new PrometheusServer(scope, 'server', { ...PROPS, ...changes }));

const spec = (changes?: Partial<PrometheusServerProps>) => at(only(server(changes), 'StatefulSet'), 'spec');

const claim = (changes?: Partial<PrometheusServerProps>) => at(spec(changes), 'volumeClaimTemplates', 0, 'spec');

const args = (changes?: Partial<PrometheusServerProps>) =>
  at(container(only(server(changes), 'StatefulSet')), 'args') as string[];

test('has the configuration that an agent has', () => {
  const agent = render((scope) => new PrometheusAgent(scope, 'agent', PROPS));
  expect(at(only(server(), 'ConfigMap'), 'data')).toEqual(at(only(agent, 'ConfigMap'), 'data'));
});

test('keeps its database on a claim that stays when the pod goes', () => {
  expect(claim()).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Gi' } } });
  expect(at(spec(), 'persistentVolumeClaimRetentionPolicy')).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(at(container(only(server(), 'StatefulSet')), 'volumeMounts')).toContainEqual({
    name: 'data',
    mountPath: '/prometheus',
  });
  expect(at(podSpec(only(server(), 'StatefulSet')), 'volumes')).toEqual([
    { name: 'config', configMap: { name: 'prometheus-server-config' } },
  ]);
});

test('drops old blocks by age and before the volume is full', () => {
  expect(args()).toEqual([
    '--config.file=/etc/prometheus/prometheus.yml',
    '--storage.tsdb.path=/prometheus',
    '--storage.tsdb.retention.time=15d',
    '--storage.tsdb.retention.size=6553MB',
    '--web.listen-address=0.0.0.0:9090',
  ]);
  const changes = { retention: Duration.days(2), storageSize: Size.gibibytes(100), storageClassName: 'gp3' };
  expect(args(changes)).toContain('--storage.tsdb.retention.time=2d');
  expect(args(changes)).toContain('--storage.tsdb.retention.size=81920MB');
  expect(claim(changes)).toMatchObject({ storageClassName: 'gp3', resources: { requests: { storage: '100Gi' } } });
});

test('answers queries at the Service that names its pods', () => {
  expect(at(spec(), 'serviceName')).toBe('prometheus-server');
  expect(only(server(), 'Service')).toMatchObject({
    metadata: { name: 'prometheus-server', namespace: 'monitoring' },
    spec: { clusterIP: 'None', selector: { app: 'prometheus-server' }, ports: [{ port: 9090 }] },
  });
});

test.each<[string, Partial<PrometheusServerProps>, string]>([
  ['a volume of nothing', { storageSize: Size.mebibytes(100) }, 'storageSize (MiB): got 100'],
  ['no retention', { retention: Duration.days(0) }, 'retention (days): got 0, allowed: an integer from 1 to 3650'],
  ['a class that cannot exist', { storageClassName: 'GP3' }, 'storageClassName: got "GP3"'],
])('%s is refused', (_, changes, message) => {
  expect(() => server(changes)).toThrow(`PrometheusServerProps.${message}`);
});

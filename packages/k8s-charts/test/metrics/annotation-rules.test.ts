import { annotationRules } from '../../src/metrics/annotation-rules';
import { type Labels, relabel, scraped } from './relabel';

const rules = annotationRules(9113);

/** One discovered target: a running pod that asks to be scraped, with the given labels changed. */
function pod(changes: Labels = {}): Labels {
  return {
    __address__: '10.0.0.7:8080',
    __meta_kubernetes_namespace: 'tictactoe-dev',
    __meta_kubernetes_pod_name: 'frontend-7d9',
    __meta_kubernetes_pod_ip: '10.0.0.7',
    __meta_kubernetes_pod_phase: 'Running',
    __meta_kubernetes_pod_container_init: 'false',
    __meta_kubernetes_pod_annotation_prometheus_io_scrape: 'true',
    __meta_kubernetes_pod_label_app: 'frontend',
    ...changes,
  };
}

const target = (changes?: Labels) => scraped(relabel(pod(changes), rules));
const port = (value: string) => target({ __meta_kubernetes_pod_annotation_prometheus_io_port: value })?.url;

describe('which pods are targets', () => {
  test('an annotated, running pod is scraped at the default port and path, with namespace, pod and app', () => {
    expect(target()).toEqual({
      namespace: 'tictactoe-dev',
      pod: 'frontend-7d9',
      app: 'frontend',
      url: 'http://10.0.0.7:9113/metrics',
    });
  });

  test.each(['false', '', 'True', 'yes'])('a pod with prometheus.io/scrape %j is not', (scrape) => {
    expect(target({ __meta_kubernetes_pod_annotation_prometheus_io_scrape: scrape })).toBeUndefined();
  });

  test.each(['Pending', 'Succeeded', 'Failed', 'Unknown'])('a pod in phase %s is not', (phase) => {
    expect(target({ __meta_kubernetes_pod_phase: phase })).toBeUndefined();
  });

  test('an init container is not, even while the pod runs', () => {
    expect(target({ __meta_kubernetes_pod_container_init: 'true' })).toBeUndefined();
  });
});

describe('where a pod is scraped', () => {
  test.each(['1', '80', '8081', '9113', '65535'])('port %s is taken from the annotation', (value) => {
    expect(port(value)).toBe(`http://10.0.0.7:${value}/metrics`);
  });

  test.each(['', '0', '080', '65536', '99999', 'metrics', '80 ', '80,81', '-1', '8080/tcp'])(
    'a port annotation %j counts as absent',
    (value) => {
      expect(port(value)).toBe('http://10.0.0.7:9113/metrics');
    },
  );

  test.each([
    ['2600:1f14::7', 'http://[2600:1f14::7]:9113/metrics'],
    ['::ffff:10.0.0.7', 'http://[::ffff:10.0.0.7]:9113/metrics'],
  ])('the IPv6 address %s is put in brackets', (ip, url) => {
    expect(target({ __meta_kubernetes_pod_ip: ip, __address__: `[${ip}]:8080` })?.url).toBe(url);
  });

  test('path and scheme come from their annotations', () => {
    const labels = {
      __meta_kubernetes_pod_annotation_prometheus_io_path: '/actuator/prometheus',
      __meta_kubernetes_pod_annotation_prometheus_io_scheme: 'https',
    };
    expect(target(labels)?.url).toBe('https://10.0.0.7:9113/actuator/prometheus');
  });

  test('a scheme that does not exist counts as absent', () => {
    expect(target({ __meta_kubernetes_pod_annotation_prometheus_io_scheme: 'ftp' })?.url).toMatch(/^http:/);
  });

  test('a pod with several containers and ports is one target', () => {
    const declared = ['8080', '9113', ''].map((number, index) =>
      relabel(
        pod({
          __address__: number === '' ? '10.0.0.7' : `10.0.0.7:${number}`,
          __meta_kubernetes_pod_container_name: `container-${index}`,
          __meta_kubernetes_pod_container_port_number: number,
          __meta_kubernetes_pod_container_port_protocol: 'TCP',
        }),
        rules,
      ),
    );
    expect(declared[1]).toEqual(declared[0]);
    expect(declared[2]).toEqual(declared[0]);
  });
});

describe('the label app', () => {
  const name = '__meta_kubernetes_pod_label_app_kubernetes_io_name';
  const app = '__meta_kubernetes_pod_label_app';

  test.each([
    ['app wins over app.kubernetes.io/name', { [app]: 'a', [name]: 'b' }, 'a'],
    ['app.kubernetes.io/name stands in for app', { [app]: '', [name]: 'b' }, 'b'],
    ['without both there is none', { [app]: '' }, undefined],
  ])('%s', (_, labels: Labels, expected) => {
    expect(target(labels)?.app).toBe(expected);
  });
});

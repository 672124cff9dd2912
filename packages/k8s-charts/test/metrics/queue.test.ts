import { parse } from 'yaml';
import { GrafanaAlloy, PrometheusAgent, type RemoteWriteQueue } from '../../src';
import { at, only, render } from '../render';
import { PROPS } from './collectors';

const alloy = (queue?: RemoteWriteQueue) =>
  String(
    at(
      only(
        render((scope) => new GrafanaAlloy(scope, 'c', { ...PROPS, queue })),
        'ConfigMap',
      ),
      'data',
      'config.alloy',
    ),
  );

const prometheus = (queue?: RemoteWriteQueue) => {
  const map = only(
    render((scope) => new PrometheusAgent(scope, 'c', { ...PROPS, queue })),
    'ConfigMap',
  );
  return parse(String(at(map, 'data', 'prometheus.yml'))).remote_write[0].queue_config;
};

const QUEUE = { capacity: 2500, maxShards: 200, maxSamplesPerSend: 1000 };

test('what is given is set, and nothing else', () => {
  expect(alloy(QUEUE)).toContain(
    '\t\tqueue_config {\n\t\t\tcapacity             = 2500\n\t\t\tmax_shards           = 200\n\t\t\tmax_samples_per_send = 1000\n\t\t}',
  );
  expect(alloy({ maxShards: 10 })).toContain('\t\tqueue_config {\n\t\t\tmax_shards = 10\n\t\t}');
  expect(alloy()).not.toContain('queue_config');
  expect(prometheus(QUEUE)).toEqual({
    capacity: 2500,
    max_shards: 200,
    max_samples_per_send: 1000,
    retry_on_http_429: true,
  });
  expect(prometheus()).toEqual({ retry_on_http_429: true });
});

test.each([
  [{ maxShards: 0 }, 'GrafanaAlloyProps.queue.maxShards: got 0'],
  [{ capacity: 1.5 }, 'GrafanaAlloyProps.queue.capacity: got 1.5'],
  [{ capacity: 1000 }, 'GrafanaAlloyProps.queue.capacity: got 1000, allowed: at least maxSamplesPerSend, 2000'],
  [{ maxSamplesPerSend: 20_000 }, 'queue.capacity: got 10000, allowed: at least maxSamplesPerSend, 20000'],
])('%j is refused', (queue, message) => {
  expect(() => alloy(queue)).toThrow(message);
});

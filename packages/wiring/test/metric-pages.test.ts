import { readSightlineConfig, SourceText } from '../src';
import { ALERTS } from '../src/rules/examples/alerts';
import { edited, type Files, verifyFiles } from './support/estate';

describe('"metrics" of a world', () => {
  const read = (item: string) =>
    readSightlineConfig(
      new SourceText('sightline.json', `{"worlds": {"dev": {"manifests": ["m"], "metrics": [${item}]}}}`),
    );

  it.each([
    ['{"file": "a.prom"}', {}],
    ['{"file": "a.prom", "workload": "shop/Deployment/web"}', { namespace: 'shop', kind: 'Deployment', name: 'web' }],
    [
      '{"file": "a.prom", "workload": "Node/*", "path": "/metrics/cadvisor"}',
      { kind: 'Node', name: '*', path: '/metrics/cadvisor' },
    ],
    [
      '{"file": "a.prom", "workload": "shop/Pod/web", "container": "x", "port": 9113}',
      { namespace: 'shop', kind: 'Pod', name: 'web', container: 'x', port: 9113 },
    ],
  ])('%s is taken', (item, of) => {
    expect(read(item).config?.worlds[0].metrics).toEqual([{ file: expect.objectContaining({ value: 'a.prom' }), of }]);
  });

  it.each([
    ['"a.prom"', /must be an object/],
    ['{"workload": "shop/Deployment/web"}', /is incomplete/],
    ['{"file": "a.prom", "workload": "web"}', /is incomplete/],
    ['{"file": "a.prom", "workload": "a/b/c/d"}', /is incomplete/],
    ['{"file": "a.prom", "port": 9113}', /is incomplete/],
    ['{"file": "a.prom", "workload": "a/b/c", "port": "http"}', /is incomplete/],
    ['{"file": "a.prom", "target": "web"}', /has no setting "target"/],
  ])('%s is not', (item, message) => {
    expect(
      read(item)
        .problems.map((one) => one.message)
        .join(),
    ).toMatch(message);
  });
});

const ASKS = 'nginx_up == 0 or up{job="prometheus.scrape.pods"} == 0';
const asking = (files: Files, expr: string) => {
  const { paths } = verifyFiles(edited(files, [{ file: 'rules.yaml', find: ASKS, replace: expr }]));
  const hop = paths.find(({ id }) => id.endsWith('/WebDown'))?.hops.find(({ kind }) => kind === 'metrics');
  return `${hop?.status}: ${(hop?.missing ?? []).map(({ what }) => what).join('; ')}`;
};

it('a page of a workload with several targets is of one of them', () => {
  const app =
    '        - name: app\n          image: shop/app:1.5.0\n          ports: [{name: more, containerPort: 9114}]\n';
  const files = edited(ALERTS, [
    { file: 'shop.yaml', find: '      containers:\n', replace: `      containers:\n${app}` },
    { file: 'shop.yaml', find: '        prometheus.io/port: "9113"\n', replace: '' },
  ]);
  expect(asking(files, 'nginx_down')).toBe('unknown: which of the 2 targets of Deployment shop/web web.prom is of');
  const named = edited(files, [
    {
      file: 'sightline.json',
      find: '"workload": "shop/Deployment/web"',
      replace: '"workload": "shop/Deployment/web", "port": 9113',
    },
  ]);
  expect(asking(named, 'nginx_down')).toBe('unknown: which metrics Deployment shop/web serves');
});

it('a collector that others push to may bring any metric', () => {
  const receiver =
    '    prometheus.receive_http "push" {\n      http {\n        listen_port = 9999\n      }\n      forward_to = [prometheus.remote_write.store.receiver]\n    }\n\n';
  const files = edited(ALERTS, [
    {
      file: 'collector.yaml',
      find: '    prometheus.remote_write "store" {',
      replace: `${receiver}    prometheus.remote_write "store" {`,
    },
  ]);
  expect(asking(files, 'nginx_down')).toBe('unknown: what others push to prometheus.receive_http.push');
  expect(asking(files, 'nginx_up')).toBe('proven: ');
});

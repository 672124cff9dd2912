import { METRICS } from '../src/rules/examples/metrics';
import { PROMETHEUS } from '../src/rules/examples/prometheus';
import { type Edit, edited, type Files, lineOf, verifyFiles } from './support/estate';

const ARGS = '[--agent, --config.file=/etc/prometheus/prometheus.yml, --storage.agent.path=/prometheus]';
const args = (words: string): Edit => ({ file: 'collector.yaml', find: ARGS, replace: words });

const refused = (files: Files) =>
  verifyFiles(files)
    .findings.filter(({ rule }) => rule === 'metrics/refused-configuration')
    .map(({ message, location }) => ({ message, line: location?.line }));

test('flags that the mode of Prometheus does not have', () => {
  const path = '--config.file=/etc/prometheus/prometheus.yml';
  const server = edited(PROMETHEUS, [args(`[${path}, --storage.agent.path=/prometheus]`)]);
  expect(refused(server)).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('--storage.agent.path is a flag of agents only'),
      line: lineOf(server, 'collector.yaml', '--storage.agent.path'),
    }),
  ]);
  const agent = edited(PROMETHEUS, [args(`[--agent, ${path}, --storage.tsdb.retention.time=2h]`)]);
  expect(refused(agent)).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('--storage.tsdb.retention.time is no flag of an agent'),
    }),
  ]);
});

test.each([
  ARGS,
  '[--config.file=/etc/prometheus/prometheus.yml, --storage.tsdb.path=/prometheus]',
  '["--enable-feature=exemplar-storage,agent", --config.file=/etc/prometheus/prometheus.yml, --storage.agent.path=/prometheus]',
])('nothing is wrong with %s', (words) => {
  expect(refused(edited(PROMETHEUS, [args(words)]))).toEqual([]);
});

const chart = (values: string): Files => {
  const config = JSON.parse(METRICS['sightline.json']);
  config.worlds.dev = { ...config.worlds.dev, manifests: ['values.yaml'], namespace: 'observe' };
  return {
    'sightline.json': JSON.stringify(config),
    'role.template.yaml': METRICS['role.template.yaml'],
    'values.yaml': values,
  };
};

const VALUES = `server:
  remoteWrite:
    - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
      sigv4: {region: eu-west-1}
  defaultFlagsOverride:
    - --config.file=/etc/config/agent.yml
    - --storage.tsdb.path=/data
`;

test('the chart gives prometheus.yml, and what the values add', () => {
  expect(refused(chart(VALUES))).toEqual([
    expect.objectContaining({ message: expect.stringContaining('no /etc/config/agent.yml'), line: 6 }),
  ]);
  expect(refused(chart(VALUES.replace('agent.yml', 'prometheus.yml')))).toEqual([]);
  expect(refused(chart(`serverFiles:\n  agent.yml: {}\n${VALUES}`))).toEqual([]);
});

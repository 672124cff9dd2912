import { GrafanaAlloy, type GrafanaAlloyProps, PodDiscovery } from '../../src';
import { PROPS } from '../metrics/collectors';
import { at, only, render } from '../render';

const alloy = (changes: Partial<GrafanaAlloyProps>) =>
  render((scope) => new GrafanaAlloy(scope, 'alloy', { ...PROPS, ...changes }));

const config = (changes: Partial<GrafanaAlloyProps>) =>
  String(at(only(alloy(changes), 'ConfigMap'), 'data', 'config.alloy'));

const groups = (changes: Partial<GrafanaAlloyProps>) =>
  JSON.stringify(at(only(alloy(changes), 'ClusterRole'), 'rules'));

test('monitors are followed only when asked to, and only then may the account read them', () => {
  expect(config({})).not.toContain('monitors');
  expect(groups({})).not.toContain('monitoring.coreos.com');
  expect(config({ monitors: {} })).toContain('prometheus.operator.podmonitors "monitors"');
  expect(config({ monitors: {} })).toContain('prometheus.operator.servicemonitors "monitors"');
  expect(groups({ monitors: {} })).toContain('"podmonitors","servicemonitors"');
  expect(groups({ monitors: {} })).not.toContain('secrets');
});

test('one kind alone needs less', () => {
  const monitors = { serviceMonitors: false };
  expect(config({ monitors })).not.toContain('servicemonitors');
  expect(groups({ monitors })).not.toContain('endpointslices');
});

test('namespaces and labels choose among them; interval and limit are those of the pods', () => {
  const monitors = { podMonitors: false, namespaces: ['b', 'a'], matchLabels: { 'team.io/name': 'games' } };
  expect(config({ monitors, sampleLimit: 100 })).toContain(
    [
      'prometheus.operator.servicemonitors "monitors" {',
      '\tforward_to = [prometheus.relabel.pods.receiver]',
      '\tnamespaces = ["a", "b"]',
      '',
      '\tselector {',
      '\t\tmatch_labels = {',
      '\t\t\t"team.io/name" = "games",',
      '\t\t}',
      '\t}',
      '',
      '\tscrape {',
      '\t\tdefault_scrape_interval = "60s"',
      '\t\tdefault_scrape_timeout  = "10s"',
      '\t\tdefault_sample_limit    = 100',
      '\t}',
      '}',
    ].join('\n'),
  );
});

test('the metrics that are kept are the same as those of the pods', () => {
  expect(
    config({ monitors: {}, keepMetrics: ['nginx_*'] }).match(/\[prometheus\.relabel\.pods\.receiver\]/g),
  ).toHaveLength(3);
});

test('the network policy lets it go wherever a monitor may point', () => {
  const discovery = PodDiscovery.annotations({ namespaces: ['a'] });
  const to = (changes: Partial<GrafanaAlloyProps>) =>
    at(only(alloy({ discovery, networkPolicy: true, ...changes }), 'NetworkPolicy'), 'spec', 'egress', 3, 'to');
  expect(to({ monitors: {} })).toEqual([{ namespaceSelector: {} }]);
  expect(to({})).not.toEqual([{ namespaceSelector: {} }]);
});

test.each([
  [{ podMonitors: false, serviceMonitors: false }, 'GrafanaAlloyProps.monitors: got'],
  [{ namespaces: [] }, 'GrafanaAlloyProps.monitors.namespaces: got []'],
  [{ namespaces: ['A'] }, 'GrafanaAlloyProps.monitors.namespaces: got "A"'],
])('%j is refused', (monitors, message) => {
  expect(() => alloy({ monitors })).toThrow(message);
});

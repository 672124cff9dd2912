import { METRICS } from '../src/rules/examples/metrics';
import { edited, lineOf, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';

test.each([
  ['a role that there is not', 'role = "pod"', 'role = "pods"'],
  [
    'a component where its receiver is meant',
    'prometheus.remote_write.store.receiver',
    'prometheus.remote_write.store',
  ],
  [
    'a component where its targets are meant',
    'targets = discovery.kubernetes.pods.targets',
    'targets = discovery.kubernetes.pods',
  ],
  [
    'an interval without unit',
    '      targets    = discovery.relabel',
    '      scrape_interval = "60"\n      targets    = discovery.relabel',
  ],
])('Alloy does not load %s', (_, find, replace) => {
  const files = edited(METRICS, [{ file: FILE, find, replace }]);
  const { findings } = verifyFiles(files);
  expect(findings.map(({ rule }) => rule)).toEqual(['metrics/refused-configuration']);
  const changed = replace.split('\n')[0].trim();
  expect(findings[0].location?.line).toBe(lineOf(files, FILE, changed));
});

test('ACK has no such kind', () => {
  const files = edited(METRICS, [
    { file: 'store.yaml', find: 'kind: Workspace, name', replace: 'kind: Workspaces, name' },
  ]);
  expect(verifyFiles(files).findings.map(({ rule }) => rule)).toEqual(['gitops/missing-exported-resource']);
});

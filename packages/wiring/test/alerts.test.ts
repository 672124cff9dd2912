import { ALERTS } from '../src/rules/examples/alerts';
import { verifyFiles } from './support/estate';

test('rules and alerts of the example are proven', () => {
  const verdict = verifyFiles(ALERTS, { lint: true });
  const open = verdict.paths.filter(({ status }) => status !== 'proven');
  expect(open.map(({ id, hops }) => [id, hops.filter((h) => h.status !== 'proven')])).toEqual([]);
  expect(verdict.findings).toEqual([]);
  expect(verdict.paths.filter(({ signal }) => signal === 'alerts')).toHaveLength(3);
});

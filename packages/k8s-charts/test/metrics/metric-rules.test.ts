import { keepRules, metricRules } from '../../src/metrics/metric-rules';
import { relabel } from './relabel';

const rules = metricRules(undefined);

test.each([
  [{ __name__: 'x_bucket', le: '1.0' }, '1'],
  [{ __name__: 'x_bucket', le: '-5.0' }, '-5'],
  [{ __name__: 'x_bucket', le: '0.5' }, '0.5'],
  [{ __name__: 'x_bucket', le: '10' }, '10'],
  [{ __name__: 'x_bucket', le: '+Inf' }, '+Inf'],
  // A label of that name that is no bound.
  [{ __name__: 'x', le: '1.0' }, '1.0'],
])('of %j the bound is %s', (series, le) => {
  expect(relabel(series, rules)).toEqual({ ...series, le });
});

test.each([
  ['0.0', '0'],
  ['1.0', '1'],
  ['0.99', '0.99'],
  ['1', '1'],
])('the quantile %s is %s', (quantile, expected) => {
  expect(relabel({ __name__: 'x', quantile }, rules)).toEqual({ __name__: 'x', quantile: expected });
});

test('a page’s word about who it is is dropped, other series are left alone', () => {
  expect(relabel({ __name__: 'target_info', service_name: 'x' }, rules)).toBeUndefined();
  const series = { __name__: 'http_requests_total', path: '/1.0', namespace: 'a' };
  expect(relabel(series, rules)).toEqual(series);
});

test('what is not kept is dropped at the end', () => {
  expect(keepRules(undefined)).toEqual([]);
  expect(metricRules('up|a_.*').at(-1)).toEqual({ action: 'keep', sourceLabels: ['__name__'], regex: 'up|a_.*' });
});

import { scalarAt } from '../../read/access';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

export const collectorWithoutPods: LintRule = {
  id: 'durability/collector-without-pods',
  severity: 'warning',
  summary: 'a collector has no pod',
  why: 'with no replica nothing is collected, and nothing says so',
  help: 'give it one replica or more',
  example: example(METRICS, { file: 'collector.yaml', good: 'replicas: 1', bad: 'replicas: 0' }),
  check: ({ collectors, unconfigured }) =>
    containersOf([...collectors, ...unconfigured]).flatMap((collector) => {
      const replicas = scalarAt(collector.workload.object.node, 'spec', 'replicas');
      if (replicas?.value !== 0) return [];
      return [{ subject: nameOf(collector), message: `${nameOf(collector)} runs 0 times`, span: replicas.span }];
    }),
};

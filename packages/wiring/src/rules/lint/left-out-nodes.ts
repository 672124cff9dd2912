import { labelOf } from '../../model';
import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const leftOutNodes: LintRule = {
  id: 'logs/left-out-nodes',
  severity: 'info',
  summary: 'a collector that reads the files of its node goes to no node with a taint',
  why: 'containers that are let onto such nodes write files that nobody reads; clusters without taints lack nothing',
  help: 'tolerate every taint (operator: Exists), or leave it as it is where no node has one',
  example: example(LOGS, { file: 'collector.yaml', good: '      tolerations:\n        - operator: Exists\n', bad: '' }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, tails, plan }) => {
      const { object, pod } = plan.collector.workload;
      const [tail] = tails;
      // Values of a chart that is installed elsewhere need not be all that there are.
      const isNamed = /^[a-z0-9.-]+$/.test(object.name.value);
      if (!tail || object.kind !== 'DaemonSet' || pod.tolerates || !isNamed) return [];
      return [
        {
          subject,
          message: `${labelOf(object)} tolerates no taint, so that containers on nodes with one write for nobody`,
          span: object.name.span,
          related: [{ span: tail.get('path')?.span ?? tail.span, message: `${nameOf(tail)} reads files of the node` }],
        },
      ];
    }),
};

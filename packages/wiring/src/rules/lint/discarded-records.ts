import { nameOf, pluginOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const discardedRecords: LintRule = {
  id: 'logs/discarded-records',
  severity: 'warning',
  summary: 'everything that a collector reads is thrown away',
  why: 'its only output keeps nothing: no line arrives anywhere',
  help: 'add an output that writes to a store',
  example: example(LOGS, { file: 'collector.yaml', good: 'cloudwatch_logs', bad: 'null' }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, plan, tails }) => {
      const [output, ...others] = plan.outputs;
      const [tail] = tails;
      if (!output || !tail || ![output, ...others].every((one) => pluginOf(one) === 'null')) return [];
      return [
        {
          subject,
          message: `${nameOf(tail)} reads the logs of containers, and the only output is null`,
          span: output.get('name')?.span ?? output.span,
          related: [{ span: tail.get('path')?.span ?? tail.span, message: 'what is read here' }],
        },
      ];
    }),
};

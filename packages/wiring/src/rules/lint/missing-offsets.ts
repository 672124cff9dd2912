import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const missingOffsets: LintRule = {
  id: 'durability/missing-offsets',
  severity: 'warning',
  summary: 'a collector does not remember how far it has read',
  why: 'after a restart it begins at the end of each file, and lines are lost, or at the beginning, and all come twice',
  help: 'set DB to a file on a directory of the node',
  example: example(LOGS, {
    file: 'collector.yaml',
    good: '        DB                        /var/fluent-bit/state/tail.db\n',
    bad: '',
  }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, tails }) =>
      tails
        .filter((tail) => !tail.get('db'))
        .map((tail) => ({
          subject: `${subject} ${nameOf(tail)}`,
          message: `${nameOf(tail)} has no DB, so a restart forgets how far it has read`,
          span: tail.span,
        })),
    ),
};

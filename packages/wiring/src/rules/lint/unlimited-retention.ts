import { example } from '../example';
import { LOGS } from '../examples/logs';
import type { LintRule } from './lint-rule';

export const unlimitedRetention: LintRule = {
  id: 'cost/unlimited-retention',
  severity: 'warning',
  summary: 'a log group keeps everything for ever',
  why: 'CloudWatch bills what is stored, every month again, and old lines are never deleted',
  help: 'set a retention, such as 30 days',
  example: example(LOGS, { file: 'logs.template.yaml', good: '      RetentionInDays: 30\n', bad: '' }),
  check: ({ world }) =>
    world.aws.logGroups
      .filter(({ retentionDays }) => retentionDays === undefined)
      .map(({ label, span }) => ({ subject: label, message: `${label} has no retention`, span })),
};

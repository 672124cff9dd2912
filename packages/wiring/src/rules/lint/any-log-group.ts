import { example } from '../example';
import { LOGS } from '../examples/logs';
import type { LintRule } from './lint-rule';
import { unbounded } from './pod-roles';

export const anyLogGroup: LintRule = {
  id: 'security/any-log-group',
  severity: 'info',
  summary: 'a role may write into every log group of every region',
  why: 'a collector that is pointed at the wrong group writes there, and nothing refuses it: among the lines of others, or into a trail of audits',
  help: 'name the ARN of the group, with :* behind it',
  example: example(LOGS, { file: 'logs.template.yaml', good: 'Resource: !GetAtt Logs.Arn', bad: 'Resource: "*"' }),
  check: ({ world }) => unbounded(world, 'logs:PutLogEvents'),
};

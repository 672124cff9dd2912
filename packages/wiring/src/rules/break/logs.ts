import { example } from '../example';
import { LOGS } from '../examples/logs';
import { type BreakRules, breakRule } from './break-rule';

/** The way of log lines from a file to a group. */
export const logs = {
  'log-group-exists': breakRule({
    id: 'logs/missing-log-group',
    summary: 'a collector writes to a log group that nothing makes',
    why: 'CloudWatch answers ResourceNotFoundException, and the records are dropped after the retries',
    help: 'make the group, or switch auto_create_group on',
    example: example(LOGS, { file: 'collector.yaml', good: '/eks/shop', bad: '/eks/shops' }),
  }),
  'log-group-is-in-region': breakRule({
    id: 'logs/log-group-in-other-region',
    summary: 'a collector writes to a region that the log group is not in',
    why: 'CloudWatch answers ResourceNotFoundException, and the records are dropped after the retries',
    help: 'write to the region of the group',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'region                    eu-west-1',
      bad: 'region                    us-east-1',
    }),
  }),
  'output-is-complete': breakRule({
    id: 'logs/incomplete-output',
    summary: 'an output lacks what it needs to write',
    why: 'the collector ends at its start, or drops what it reads',
    help: 'give the setting a value',
    example: example(LOGS, { file: 'collector.yaml', good: '        log_group_name            /eks/shop\n', bad: '' }),
  }),
} satisfies BreakRules;

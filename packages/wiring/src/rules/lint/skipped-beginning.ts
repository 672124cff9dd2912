import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits, said } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const skippedBeginning: LintRule = {
  id: 'durability/skipped-beginning',
  severity: 'info',
  summary: 'files that are there before a collector starts are read from their end on',
  why: 'on a new node containers write before the collector runs: their first lines are never read',
  help: 'set "Read_from_Head On"; the DB keeps it from reading twice',
  example: example(LOGS, { file: 'collector.yaml', good: '        Read_from_Head            On\n', bad: '' }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, tails }) =>
      tails
        .filter((tail) => {
          const property = tail.get('read_from_head');
          const value = said(tail, 'read_from_head');
          return property ? value !== undefined && /^(?:false|off|no|0)$/i.test(value) : true;
        })
        .map((tail) => ({
          subject: `${subject} ${nameOf(tail)}`,
          message: `${nameOf(tail)} skips what files hold when it first sees them at its start`,
          span: tail.get('read_from_head')?.span ?? tail.span,
        })),
    ),
};

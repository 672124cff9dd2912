import { describe, labelOf } from '../../model';
import { nameOf, type Route } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

const SECOND = `    [INPUT]
        Name                      tail
        Tag                       kube.*
        Path                      /var/log/containers/shipper-*.log
        multiline.parser          cri
        DB                        /var/fluent-bit/state/second.db
        storage.type              filesystem
        Read_from_Head            On

`;

export const linesReadTwice: LintRule = {
  id: 'logs/lines-read-twice',
  severity: 'warning',
  summary: 'two inputs read the same file, and give it the same tag',
  why: 'every line arrives twice, and is paid for twice',
  help: 'leave the files of one input out of the other by Exclude_Path',
  example: example(LOGS, { file: 'collector.yaml', good: '    [OUTPUT]\n', bad: `${SECOND}    [OUTPUT]\n` }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, routes }) => {
      const sure = routes.all.filter(
        ({ reading, flow }) => reading.truth === 'yes' && !flow.dropped && flow.missing.length === 0,
      );
      const found = new Map<string, { first: Route; second: Route }>();
      for (const [index, second] of sure.entries()) {
        const first = sure
          .slice(0, index)
          .find((one) => one.container === second.container && one.input !== second.input && isSame(one, second));
        if (!first) continue;
        const key = `${nameOf(first.input)} ${first.input.span.start} ${second.input.span.start}`;
        if (!found.has(key)) found.set(key, { first, second });
      }
      return [...found.values()].map(({ first, second }) => ({
        subject: `${subject} ${nameOf(first.input)} ${nameOf(second.input)}`,
        message: `${nameOf(second.input)} reads the log of ${second.workload ? labelOf(second.workload.object) : 'a pod'}, which another input reads as well`,
        span: second.input.get('path')?.span ?? second.input.span,
        related: [{ span: first.input.get('path')?.span ?? first.input.span, message: 'the other input' }],
      }));
    }),
};

function isSame(a: Route, b: Route): boolean {
  return describe(a.flow.tag) === describe(b.flow.tag);
}

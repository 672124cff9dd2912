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
      const byContainer = new Map<Route['container'], Route[]>();
      for (const route of routes.all) {
        const { reading, flow, container } = route;
        if (reading.truth !== 'yes' || flow.dropped || flow.missing.length > 0) continue;
        byContainer.set(container, [...(byContainer.get(container) ?? []), route]);
      }
      const found = new Map<string, { first: Route; second: Route }>();
      for (const own of byContainer.values()) {
        for (const [index, second] of own.entries()) {
          const first = own.slice(0, index).find((one) => one.input !== second.input && isSame(one, second));
          const key = first && `${first.input.span.start} ${second.input.span.start}`;
          if (first && key && !found.has(key)) found.set(key, { first, second });
        }
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

import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const unparsedLines: LintRule = {
  id: 'logs/unparsed-lines',
  severity: 'warning',
  summary: 'lines are sent as the container runtime writes them',
  why: 'each begins with a time, a stream and a letter, long ones come in pieces, and JSON in them is not seen as such',
  help: 'set "multiline.parser cri" on the input',
  example: example(LOGS, { file: 'collector.yaml', good: '        multiline.parser          cri\n', bad: '' }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, routes }) => {
      const raw = [...routes.all, ...routes.supposed].filter(
        ({ flow, parsed }) => flow.isRaw && !parsed.broken && !flow.dropped,
      );
      return [...new Set(raw.map(({ input: tail }) => tail))].map((tail) => ({
        subject: `${subject} ${nameOf(tail)}`,
        message: `${nameOf(tail)} has no parser, and no filter takes its lines apart`,
        span: tail.span,
        related: tail.get('path') ? [{ span: tail.get('path')?.span, message: 'it reads the logs of containers' }] : [],
      }));
    }),
};

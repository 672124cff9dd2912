import { textOf } from '../../model';
import { nameOf, pluginOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

/** What makes one line of the example's parser. */
const PARSERS = `  parsers.conf: |
    [PARSER]
        Name    by_line
        Format  regex
        Regex   ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[^ ]*) (?<log>.*)$
`;

export const splitLines: LintRule = {
  id: 'logs/split-lines',
  severity: 'warning',
  summary: 'a parser takes each line alone, so that long ones come in pieces',
  why: 'containerd writes what is longer than 16 KiB in parts; only a parser for several lines joins them again',
  help: 'set "multiline.parser cri" in place of the parser',
  example: example(
    LOGS,
    { file: 'collector.yaml', good: 'multiline.parser          cri', bad: 'Parser                    by_line' },
    {
      file: 'collector.yaml',
      good: '    [SERVICE]\n',
      bad: '    [SERVICE]\n        Parsers_File              parsers.conf\n',
    },
    { file: 'collector.yaml', good: '  fluent-bit.conf: |\n', bad: `${PARSERS}  fluent-bit.conf: |\n` },
  ),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, plan, routes }) => {
      if (plan.filters.some((section) => pluginOf(section) === 'multiline')) return [];
      const single = [...routes.all, ...routes.supposed].filter(
        ({ parsed, input: tail }) =>
          !parsed.isRaw &&
          parsed.missing.length === 0 &&
          tail.get('parser') &&
          !tail.get('multiline.parser') &&
          !tail.get('multiline'),
      );
      return [...new Set(single.map(({ input: tail }) => tail))].map((tail) => ({
        subject: `${subject} ${nameOf(tail)}`,
        message: `parser ${textOf(tail.get('parser')?.value)} of ${nameOf(tail)} does not join the parts of long lines`,
        span: tail.get('parser')?.span ?? tail.span,
      }));
    }),
};

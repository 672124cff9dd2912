import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

const PARSERS = `  parsers.conf: |
    [MULTILINE_PARSER]
        Name     whole
        Type     regex
        Parser   by_line
        Key_Content message
        Rule     "start_state" "/./" "start_state"
    [PARSER]
        Name    by_line
        Format  regex
        Regex   ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[^ ]*) (?<message>.*)$
`;

const FILTER = `    [FILTER]
        Name                      kubernetes
        Match                     kube.*
        Use_Tag_For_Meta          On
        Merge_Log                 On

    [FILTER]
        Name                      multiline
        Match                     kube.*
        multiline.key_content     message
        mode                      partial_message

`;

export const unmergedLines: LintRule = {
  id: 'logs/unmerged-lines',
  severity: 'warning',
  summary: 'a filter that is to merge JSON into records finds no text to merge',
  why: 'it looks under the key "log" only; where the parser calls the text otherwise, JSON stays text, and nothing says so',
  help: 'set "multiline.parser cri", which calls the text "log", or call it so in the parser',
  example: example(
    LOGS,
    { file: 'collector.yaml', good: 'multiline.parser          cri', bad: 'Parser                    by_line' },
    {
      file: 'collector.yaml',
      good: '    [SERVICE]\n',
      bad: '    [SERVICE]\n        Parsers_File              parsers.conf\n',
    },
    { file: 'collector.yaml', good: '  fluent-bit.conf: |\n', bad: `${PARSERS}  fluent-bit.conf: |\n` },
    { file: 'collector.yaml', good: '    [OUTPUT]\n', bad: `${FILTER}    [OUTPUT]\n` },
  ),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, routes, plan }) => {
      const failures = [...routes.all, ...routes.supposed].flatMap(({ flow, parsed, input: tail }) =>
        flow.failures
          .filter(({ kind }) => kind === 'merge' && !parsed.broken && !parsed.isRaw)
          .map((failure) => ({ ...failure, tail })),
      );
      return [...new Set(failures.map(({ section }) => section))].flatMap((section) => {
        const first = failures.find((failure) => failure.section === section);
        if (!first) return [];
        const parser = first.tail.get('parser');
        return [
          {
            subject: `${subject} ${nameOf(section)} ${plan.filters.indexOf(section)}`,
            message: first.message,
            span: first.span,
            related: parser ? [{ span: parser.span, message: 'the parser calls the text otherwise' }] : [],
          },
        ];
      });
    }),
};

import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits, placeOf, said } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const boundedRetries: LintRule = {
  id: 'durability/bounded-retries',
  severity: 'warning',
  summary: 'an output gives up after some attempts',
  why: 'an outage of a minute is longer than one retry: what was to be sent then is thrown away',
  help: 'set "Retry_Limit no_limits", with a buffer on the disk that holds the longest outage',
  example: example(LOGS, {
    file: 'collector.yaml',
    good: 'retry_limit               no_limits',
    bad: 'retry_limit               1',
  }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, outputs }) =>
      outputs.flatMap((output) => {
        const limit = said(output, 'retry_limit');
        if (output.get('retry_limit') && limit === undefined) return [];
        if (limit !== undefined && /^(?:no_limits|false|off)$/i.test(limit)) return [];
        const after =
          limit === undefined
            ? 'one retry, the default'
            : /^no_retries$/i.test(limit)
              ? 'no retry'
              : `${limit} retries`;
        return [
          {
            subject: `${subject} ${nameOf(output)}`,
            message: `${nameOf(output)} throws records away after ${after}`,
            span: placeOf(output, output.get('retry_limit')),
          },
        ];
      }),
    ),
};

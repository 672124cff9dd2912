import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits, placeOf, said } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const memoryBuffer: LintRule = {
  id: 'durability/memory-buffer',
  severity: 'warning',
  summary: 'what a collector has read and not yet sent is in memory only',
  why: 'a restart loses it; and where Mem_Buf_Limit is reached, reading stops, and files that rotate meanwhile are lost',
  help: 'set "storage.type filesystem" on the input, and storage.path on a directory of the node',
  example: example(LOGS, { file: 'collector.yaml', good: '        storage.type              filesystem\n', bad: '' }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, tails, plan }) =>
      tails.flatMap((tail) => {
        const type = said(tail, 'storage.type');
        const inherits = plan.service.some((section) =>
          /^(?:true|on|yes)$/i.test(said(section, 'storage.inherit') ?? ''),
        );
        const whole = plan.service.map((section) => said(section, 'storage.type')).find((one) => one !== undefined);
        if ((type ?? (inherits ? whole : undefined))?.toLowerCase() === 'filesystem') return [];
        if (tail.get('storage.type') && type === undefined) return [];
        const limit = tail.get('mem_buf_limit');
        return [
          {
            subject: `${subject} ${nameOf(tail)}`,
            message: `${nameOf(tail)} keeps what is not sent yet in memory only`,
            span: placeOf(tail, tail.get('storage.type')),
            ...(limit && { related: [{ span: limit.span, message: 'reading stops when this is reached' }] }),
          },
        ];
      }),
    ),
};

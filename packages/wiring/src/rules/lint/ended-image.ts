import { example } from '../example';
import { LOGS } from '../examples/logs';
import type { LintRule } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

interface Ended {
  readonly image: RegExp;
  readonly what: string;
  readonly help: string;
}

/**
 * https://github.com/aws/aws-for-fluent-bit (2.x is Fluent Bit 1.9, out of support) and
 * https://grafana.com/docs/agent/latest/ (the agent ended on 2025-11-01; Alloy takes its place).
 */
const ENDED: readonly Ended[] = [
  {
    image: /(?:^|\/)aws-for-fluent-bit:(?:v?[12]\.\d|init-2\.|arm64-2\.|amd64-2\.)/,
    what: 'aws-for-fluent-bit 2.x, which holds Fluent Bit 1.9',
    help: 'use aws-for-fluent-bit 3.x',
  },
  { image: /(?:^|\/)grafana\/agent(?::|@|$)/, what: 'Grafana Agent, which has ended', help: 'use Grafana Alloy' },
];

export const endedImage: LintRule = {
  id: 'versions/ended-image',
  severity: 'warning',
  summary: 'a collector is of a line that is no longer maintained',
  why: 'it gets no fixes of its security any more, and lacks what its manual describes today',
  help: 'move to the line that took its place',
  example: example(LOGS, {
    file: 'collector.yaml',
    good: 'aws-for-fluent-bit:3.5.8',
    bad: 'aws-for-fluent-bit:2.32.4',
  }),
  check: ({ collectors, unconfigured }) =>
    containersOf([...collectors, ...unconfigured]).flatMap((collector) => {
      const { image } = collector.container;
      const ended = image && ENDED.find((one) => one.image.test(image.value));
      if (!ended) return [];
      const message = `${nameOf(collector)} runs ${ended.what}`;
      return [{ subject: nameOf(collector), message, span: image.span, help: ended.help }];
    }),
};

import { promSeconds } from '../../read/rules';
import { ruleSetsOf } from '../../trace';
import { example } from '../example';
import { ALERTS } from '../examples/alerts';
import type { LintRule } from './lint-rule';

export const shortFor: LintRule = {
  id: 'alerts/short-for',
  severity: 'info',
  summary: 'an alert waits for less than its group takes from one evaluation to the next',
  why: 'it is looked at only when the group is: it waits for a whole interval, and one sample settles it',
  help: 'wait for two intervals at least, or evaluate the group more often',
  example: example(ALERTS, { file: 'rules.yaml', good: 'for: 5m', bad: 'for: 30s' }),
  check: ({ world }) =>
    ruleSetsOf(world).flatMap(({ groups, label }) =>
      groups.flatMap(({ interval, rules, name }) =>
        rules.flatMap((rule) => {
          const { waits } = rule;
          const [least, own] = [interval && promSeconds(interval.value), waits && promSeconds(waits.value)];
          if (!interval || !waits || !least || !own || own >= least) return [];
          return [
            {
              subject: `${label}: ${name.value}/${rule.name.value}`,
              message: `alert ${rule.name.value} waits for ${waits.value}, and its group is evaluated every ${interval.value}`,
              span: waits.span,
              related: [{ span: interval.span, message: 'the interval of the group' }],
            },
          ];
        }),
      ),
    ),
};

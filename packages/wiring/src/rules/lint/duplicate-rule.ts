import type { QueryRule } from '../../model';
import { ruleSetsOf } from '../../trace';
import { example } from '../example';
import { ALERTS } from '../examples/alerts';
import type { LintRule, Spotted } from './lint-rule';

/** Two rules of a set that make the same series. */
export const duplicateRule: LintRule = {
  id: 'alerts/duplicate-rule',
  severity: 'warning',
  summary: 'a rule stands twice',
  why: 'an alert is sent twice, and of what two rules record one value overwrites the other',
  help: 'remove one of them',
  example: example(ALERTS, {
    file: 'rules.yaml',
    good: '          - alert: WebDown\n',
    bad: '          - alert: NobodyOrders\n            expr: shop:orders:rate5m == 0\n            labels: {severity: page}\n          - alert: WebDown\n',
  }),
  check: ({ world }) =>
    ruleSetsOf(world).flatMap(({ groups, label }) => {
      const seen = new Map<string, QueryRule>();
      return groups.flatMap(({ rules }) =>
        rules.flatMap((rule): Spotted[] => {
          const key = keyOf(rule);
          const before = seen.get(key);
          seen.set(key, before ?? rule);
          if (!before) return [];
          const related = [{ span: before.name.span, message: 'it stands here, too' }];
          const message = `${rule.kind === 'alert' ? 'alert' : 'rule'} ${rule.name.value} stands twice in ${label}`;
          return [{ subject: `${label}: ${rule.name.value}`, message, span: rule.name.span, related }];
        }),
      );
    }),
};

/** Rules of one name may make different series of it, as those for each verb of an API do: only the same question is one rule. */
function keyOf({ kind, name, labels, expr }: QueryRule): string {
  const own = [...labels].map(([label, { value }]) => `${label}=${value}`).sort();
  const asks = `${expr?.value ?? ''}`.replace(/\s+/g, ' ').trim();
  return [kind, name.value, ...own, asks].join('\n');
}

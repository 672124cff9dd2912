import { strayLabels } from '../../trace';
import { example } from '../example';
import { ALERTS } from '../examples/alerts';
import type { LintRule } from './lint-rule';
import { askedRules } from './of-rules';

export const strayGroupLabel: LintRule = {
  id: 'alerts/stray-group-label',
  severity: 'warning',
  summary: 'a rule groups or matches by a label that its series never have',
  why: 'all series fall into one group with an empty label, and what is matched on it finds nothing',
  help: 'name a label that arrives',
  example: example(ALERTS, {
    file: 'rules.yaml',
    good: '            expr: nginx_up == 0 or',
    bad: '            expr: sum by (data_centre) (orders_total) == 0 or',
  }),
  check: ({ world, arrivals }) =>
    askedRules(world, arrivals).flatMap(({ rule, query, store, subject }) => {
      if (!query || !store) return [];
      return strayLabels(query, store).map(({ word, kind }) => ({
        subject: `${subject}: ${word.text}`,
        message: `${rule.name.value} ${kind === 'by' ? 'groups by' : 'matches on'} ${word.text}, which nothing that it asks for has in ${store.label}`,
        span: word.span,
      }));
    }),
};

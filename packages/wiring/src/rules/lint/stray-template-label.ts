import { resultLabels } from '../../trace';
import { example } from '../example';
import { ALERTS } from '../examples/alerts';
import type { LintRule } from './lint-rule';
import { askedRules } from './of-rules';

/** `{{ $labels.pod }}`, also inside a function or after a pipe. */
const LABEL = /\$labels\.([a-zA-Z_][a-zA-Z0-9_]*)/g;

export const strayTemplateLabel: LintRule = {
  id: 'alerts/stray-template-label',
  severity: 'warning',
  summary: 'the text of an alert shows a label that its series do not have',
  why: 'where the name should stand, there is nothing: whoever is called at night does not learn what is broken',
  help: 'keep the label in the expression, or show another one',
  example: example(ALERTS, { file: 'rules.yaml', good: '{{ $labels.zone }}', bad: '{{ $labels.region }}' }),
  check: ({ world, arrivals }) =>
    askedRules(world, arrivals).flatMap(({ rule, query, store, subject }) => {
      if (rule.kind !== 'alert' || !query) return [];
      const texts = [...rule.annotations, ...rule.labels].filter(([, { value }]) => `${value}`.includes('$labels.'));
      if (texts.length === 0) return [];
      const { names, isOpen } = resultLabels(query, store);
      if (isOpen) return [];
      return texts.flatMap(([key, scalar]) => {
        const text = scalar.text();
        return [...text.text.matchAll(LABEL)].flatMap((found) => {
          const [shown, label] = found;
          if (names.has(label)) return [];
          return [
            {
              subject: `${subject}: ${key} ${label}`,
              message: `${key} of alert ${rule.name.value} shows label ${label}, which its expression does not keep`,
              span: text.span(found.index, found.index + shown.length),
              help: names.size === 0 ? 'the result has no labels at all' : `labels are ${[...names].sort().join(', ')}`,
            },
          ];
        });
      });
    }),
};

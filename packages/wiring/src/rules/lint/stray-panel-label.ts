import { readPromql } from '../../read/promql';
import { judgeQuery, panelQuestions, resultLabels, strayLabels } from '../../trace';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintInput, LintRule, Spotted } from './lint-rule';

/** `{{pod}}` in the name of a series. */
const LABEL = /\{\{\s*([a-zA-Z_]\w*)\s*\}\}/g;

export const strayPanelLabel: LintRule = {
  id: 'dashboards/stray-label',
  severity: 'warning',
  summary: 'a panel groups by, or shows, a label that its series do not have',
  why: 'all series fall into one, or nobody can tell them apart',
  help: 'name a label that arrives, and keep it in the expression',
  example: example(DASHBOARDS, { file: 'grafana.yaml', good: 'sum by (instance)', bad: 'sum by (pod)' }),
  check: (input) => strays(input),
};

function strays({ world, arrivals }: LintInput): readonly Spotted[] {
  return panelQuestions(world).flatMap(({ dashboard, panel, query: asked, workspace }) => {
    const query = asked.expression && readPromql(asked.expression.text(), { variables: true }).query;
    if (!query) return [];
    const store = arrivals.at(workspace);
    // What finds nothing at all is told of as a break.
    if (judgeQuery(query, store).truth === 'no') return [];
    const who = `${panel.label} of ${dashboard.label}`;
    const grouped = strayLabels(query, store).map(({ word, kind }) => ({
      subject: `${who}: ${word.text}`,
      message: `${who} ${kind === 'by' ? 'groups by' : 'matches on'} ${word.text}, which nothing that it asks for has in ${store.label}`,
      span: word.span,
    }));
    const { names, isOpen } = resultLabels(query, store);
    const legend = asked.legend?.text();
    const shown = [...(isOpen || !legend ? [] : legend.text.matchAll(LABEL))].flatMap((found) => {
      const [whole, label] = found;
      if (names.has(label) || grouped.length > 0 || !legend) return [];
      const message = `${who} shows label ${label}, which its expression does not keep`;
      const help = names.size === 0 ? 'the result has no labels at all' : `labels are ${[...names].sort().join(', ')}`;
      const span = legend.span(found.index, found.index + whole.length);
      return [{ subject: `${who}: ${label}`, message, help, span }];
    });
    return [...grouped, ...shown];
  });
}

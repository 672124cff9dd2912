import type { Dashboard, PanelQuery } from '../../model';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule, Spotted } from './lint-rule';

/** `$name`, `${name}`, `${name:regex}`, `[[name]]`. */
const VARIABLE = /\$\{(\w+)(?:\.[\w.]+)?(?::[^}]*)?\}|\$([A-Za-z_]\w*)|\[\[(\w+)(?::\w+)?\]\]/g;

export const unknownVariable: LintRule = {
  id: 'dashboards/unknown-variable',
  severity: 'warning',
  summary: 'a panel uses a variable that its dashboard does not have',
  why: 'Grafana leaves the name as it stands, and nothing is called so: the panel says "No data"',
  help: 'add the variable to the dashboard, or name one that it has',
  example: example(DASHBOARDS, {
    file: 'grafana.yaml',
    good: 'nginx_http_requests_total[',
    bad: 'nginx_http_requests_total{instance=~\\"$till\\"}[',
  }),
  check: ({ world }) =>
    world.grafana.dashboards.flatMap((dashboard) => {
      if (!dashboard.isProvisioned) return [];
      const known = new Set(dashboard.variables.map(({ name }) => name));
      const texts = dashboard.panels.flatMap(({ label, queries }) => queries.map((query) => ({ label, query })));
      const found = texts.flatMap(({ label, query }) => inQuery(label, query, dashboard, known));
      // Once for each panel, however often it names it.
      return [...new Map(found.toReversed().map((spotted) => [spotted.subject, spotted])).values()].reverse();
    }),
};

/** Names that begin with two underscores are Grafana's own. */
function inQuery(
  panel: string,
  query: PanelQuery,
  dashboard: Dashboard,
  known: ReadonlySet<string>,
): readonly Spotted[] {
  const text = (query.expression ?? query.logs?.text)?.text();
  return [...(text?.text.matchAll(VARIABLE) ?? [])].flatMap((found) => {
    const name = found[1] ?? found[2] ?? found[3];
    if (!text || known.has(name) || name.startsWith('__') || dashboard.inputs.has(name)) return [];
    return [
      {
        subject: `${panel} of ${dashboard.label}: ${name}`,
        message: `${panel} of ${dashboard.label} uses $${name}, a variable that the dashboard does not have`,
        span: text.span(found.index, found.index + found[0].length),
        related: dashboard.variables.slice(0, 3).map((one) => ({ span: one.span, message: `it has $${one.name}` })),
        ...(known.size > 0 && { help: `its variables are ${[...known].sort().join(', ')}` }),
      },
    ];
  });
}

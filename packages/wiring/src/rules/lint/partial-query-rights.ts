import { queryRights } from '../../trace';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule } from './lint-rule';

export const partialQueryRights: LintRule = {
  id: 'dashboards/partial-query-rights',
  severity: 'warning',
  summary: 'a role of Grafana may query a workspace, and not list what is in it',
  why: 'variables stay empty, the editor proposes nothing, and the page of the data source shows an error',
  help: 'allow aps:GetLabels, aps:GetSeries and aps:GetMetricMetadata beside aps:QueryMetrics',
  example: example(DASHBOARDS, {
    file: 'role.template.yaml',
    good: '[aps:QueryMetrics, aps:GetLabels, aps:GetSeries, aps:GetMetricMetadata]',
    bad: '[aps:QueryMetrics, aps:GetMetricMetadata]',
  }),
  check: ({ world }) =>
    queryRights(world).flatMap(({ source, role, workspace, denied, span }) => {
      if (denied.length === 0) return [];
      const what = workspace?.label ?? 'its workspace';
      return [
        {
          subject: `${role.label} ${source.label}`,
          message: `${role.label} may query ${what} for ${source.label}, and not call ${denied.join(', ')}`,
          span: span ?? role.span,
          related: [
            { span: role.span, message: `${role.label} is made here` },
            { span: source.span, message: `${source.label} is made here` },
          ],
        },
      ];
    }),
};

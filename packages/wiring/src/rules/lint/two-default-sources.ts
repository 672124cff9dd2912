import type { DataSource } from '../../model';
import { shareGrafana } from '../../trace';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule, Spotted } from './lint-rule';

export const twoDefaultSources: LintRule = {
  id: 'dashboards/two-defaults',
  severity: 'warning',
  summary: 'two data sources of one Grafana are the default one',
  why: 'the one that is made last is it; Grafana does not start at all with two of them in its files of provisioning',
  help: 'leave isDefault to one of them',
  example: example(DASHBOARDS, {
    file: 'grafana.yaml',
    good: 'kind: GrafanaDashboard\n',
    bad: `kind: GrafanaDatasource
metadata: {name: logs, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: managed}}
  uid: logs
  datasource:
    name: Logs of the shop
    type: cloudwatch
    access: proxy
    isDefault: true
    jsonData: {authType: ec2_iam_role, defaultRegion: eu-west-1}
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
`,
  }),
  check: ({ world }) => {
    const defaults = world.grafana.dataSources.filter(({ isDefault, owner }) => isDefault && owner.kind !== 'any');
    return defaults.flatMap((one, at): readonly Spotted[] => {
      const other = defaults
        .slice(0, at)
        .find(({ owner }: DataSource) => shareGrafana(owner, one.owner, world) === 'yes');
      if (!other) return [];
      const related = [{ span: other.span, message: `${other.label} is one here` }];
      const message = `${one.label} is the default data source, and so is ${other.label}`;
      return [{ subject: one.label, message, span: one.span, related }];
    });
  },
};

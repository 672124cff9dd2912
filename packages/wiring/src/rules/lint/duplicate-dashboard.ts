import type { Dashboard, World } from '../../model';
import { shareGrafana } from '../../trace';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule, Spotted } from './lint-rule';

export const duplicateDashboard: LintRule = {
  id: 'dashboards/duplicate-uid',
  severity: 'warning',
  summary: 'two dashboards of one Grafana have the same UID',
  why: 'the one that is brought in last replaces the other, and at each resync they change places',
  help: 'give each a UID of its own',
  example: example(DASHBOARDS, {
    file: 'grafana.yaml',
    good: 'kind: GrafanaDashboard\n',
    bad: `kind: GrafanaDashboard
metadata: {name: till, namespace: observe}
spec:
  instanceSelector: {matchLabels: {grafana: managed}}
  json: '{"uid": "shop", "title": "Till", "schemaVersion": 39, "panels": []}'
---
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
`,
  }),
  check: ({ world }) => {
    const byUid = new Map<string, Dashboard[]>();
    for (const dashboard of world.grafana.dashboards) {
      const { uid, isProvisioned } = dashboard;
      if (uid && isProvisioned) byUid.set(uid.value, [...(byUid.get(uid.value) ?? []), dashboard]);
    }
    return [...byUid].flatMap(([uid, same]) => same.flatMap((one, at) => twin(uid, one, same.slice(0, at), world)));
  },
};

/** Files that no Grafana reads for certain may be variants of one another. */
function twin(uid: string, one: Dashboard, before: readonly Dashboard[], world: World): readonly Spotted[] {
  const other = before.find(
    ({ owner }) => owner.kind !== 'any' && one.owner.kind !== 'any' && shareGrafana(owner, one.owner, world) === 'yes',
  );
  if (!other) return [];
  return [
    {
      subject: `dashboard ${uid}: ${one.label}`,
      message: `${one.label} has UID ${uid}, and so has ${other.label}`,
      span: one.uid?.span ?? one.span,
      related: [{ span: other.uid?.span ?? other.span, message: `${other.label} has it here` }],
    },
  ];
}

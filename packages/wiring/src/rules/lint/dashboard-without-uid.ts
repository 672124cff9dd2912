import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule } from './lint-rule';

export const dashboardWithoutUid: LintRule = {
  id: 'dashboards/missing-uid',
  severity: 'info',
  summary: 'a dashboard that is brought in has no UID',
  why: 'it gets another one when its object is made anew, and every link to it ends in "not found"',
  help: 'give it a UID that stays, of letters, digits, - and _',
  example: example(DASHBOARDS, { file: 'grafana.yaml', good: '      "uid": "shop",\n', bad: '' }),
  check: ({ world }) =>
    world.grafana.dashboards.flatMap(({ label, owner, uid, gap, span }) => {
      if (owner.kind !== 'operator' || uid || gap) return [];
      return [{ subject: label, message: `${label} has no UID of its own`, span }];
    }),
};

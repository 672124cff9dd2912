import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule } from './lint-rule';

/** Samples come every 15 seconds at the most often, and AMP bills each that a query reads. */
const SHORTEST = 5;

export const fastRefresh: LintRule = {
  id: 'cost/fast-refresh',
  severity: 'info',
  summary: 'a dashboard asks for everything anew every few seconds',
  why: 'each panel of each open page is a query, which AMP bills by the samples that it reads; nothing new arrives so often',
  help: `refresh every ${SHORTEST} seconds or less often; 30s and 1m are usual`,
  example: example(DASHBOARDS, { file: 'grafana.yaml', good: '"refresh": "1m"', bad: '"refresh": "1s"' }),
  check: ({ world }) =>
    world.grafana.dashboards.flatMap(({ label, refresh }) => {
      const [, count, unit] = /^(\d+)(ms|s)$/.exec(refresh?.value ?? '') ?? [];
      const seconds = Number(count) / (unit === 'ms' ? 1000 : 1);
      if (!refresh || count === undefined || seconds >= SHORTEST) return [];
      return [{ subject: label, message: `${label} refreshes itself every ${refresh.value}`, span: refresh.span }];
    }),
};

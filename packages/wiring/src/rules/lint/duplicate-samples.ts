import { scalarAt } from '../../read/access';
import type { Collector } from '../../trace';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { nameOf, textOfConfig } from './of-collector';

/** Ways by which several copies share their targets, or by which the store knows copies: all of them are fine. */
const SHARED =
  /clustering\s*\{|hashmod|__replica__|target_allocator|spec\.nodeName|NODE_NAME|HOSTNAME|constants\.hostname/;
const SCRAPES = /prometheus\.scrape\s+"|^\s*-?\s*scrape_configs:|prometheus\.operator\.\w+\s+"/m;

export const duplicateSamples: LintRule = {
  id: 'metrics/duplicate-samples',
  severity: 'warning',
  summary: 'several copies of a collector scrape the same targets',
  why: 'each copy writes every sample: the series are ingested and billed several times, or refused as duplicates',
  help: 'run one replica, let the copies share their targets (clustering, sharding), or mark them with cluster and __replica__',
  example: example(METRICS, { file: 'collector.yaml', good: 'replicas: 1', bad: 'replicas: 2' }),
  check: ({ collectors }) =>
    collectors.filter(isScraping).flatMap((collector) => {
      const { object } = collector.workload;
      if (object.kind === 'DaemonSet') return [];
      const replicas = scalarAt(object.node, 'spec', 'replicas');
      if (typeof replicas?.value !== 'number' || replicas.value < 2) return [];
      const isClustered = collector.container.arguments.some(({ value }) =>
        /^--?cluster\.enabled(?:=true)?$/.test(value),
      );
      const text = textOfConfig(collector);
      if (SHARED.test(text) && (isClustered || !/clustering\s*\{/.test(text) || collector.kind !== 'alloy')) return [];
      return [
        {
          subject: nameOf(collector),
          message: `${nameOf(collector)} runs ${replicas.value} times, and each copy scrapes all targets`,
          span: replicas.span,
        },
      ];
    }),
};

function isScraping(collector: Collector): boolean {
  return SCRAPES.test(textOfConfig(collector));
}

import { labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { textOfConfig } from './of-collector';

const SCRAPE = 'prometheus.io/scrape';
const OTHERS = ['prometheus.io/port', 'prometheus.io/path', 'prometheus.io/scheme'];

/** A rule that keeps what asks by the annotation. */
const READS = /_annotation_prometheus_io_scrape\b/;

export const halfAnnotated: LintRule = {
  id: 'metrics/half-annotated',
  severity: 'warning',
  summary: 'a pod says where its metrics are, and does not ask to be scraped',
  why: 'collectors here take pods with prometheus.io/scrape only, and nothing says that this one is passed over',
  help: 'add prometheus.io/scrape: "true", or "false" where it is not to be scraped',
  example: example(METRICS, { file: 'shop.yaml', good: '        prometheus.io/scrape: "true"\n', bad: '' }),
  check: ({ world, collectors }) => {
    if (!collectors.some((collector) => READS.test(textOfConfig(collector)))) return [];
    return world.cluster.workloads.flatMap(({ object, pod: { annotations } }) => {
      const said = OTHERS.flatMap((key) => annotations.get(key) ?? [])[0];
      if (!said || annotations.has(SCRAPE)) return [];
      const key = OTHERS.find((one) => annotations.has(one));
      const message = `${labelOf(object)} has ${key} and no ${SCRAPE}`;
      return [{ subject: labelOf(object), message, span: said.span }];
    });
  },
};

import { labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

const SCRAPE = 'prometheus.io/scrape';
const PATH = 'prometheus.io/path';
/** Paths by which programs say that they are well. */
const HEALTH =
  /^\/(?:[\w-]+\/)*(?:-\/)?(?:health|healthy|healthz|live|livez|liveness|ready|readyz|readiness|ping|status)\/?$/;

export const scrapedHealth: LintRule = {
  id: 'metrics/scraped-health',
  severity: 'warning',
  summary: 'a pod asks to be scraped at the path of its health check',
  why: 'such a path answers with a word or with JSON, which is no text of metrics: up is 0, or there are no samples',
  help: 'name the path that serves metrics, or leave the annotation out where that is /metrics',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: '        prometheus.io/scrape: "true"\n',
    bad: '        prometheus.io/scrape: "true"\n        prometheus.io/path: /healthz\n',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) => {
      const said = pod.annotations.get(PATH);
      if (!said || pod.annotations.get(SCRAPE)?.value !== 'true' || !HEALTH.test(said.value)) return [];
      const probe = pod.containers.flatMap(({ probes }) => probes).find(({ path }) => path?.value === said.value)?.path;
      return [
        {
          subject: labelOf(object),
          message: `${labelOf(object)} asks to be scraped at ${said.value}`,
          span: said.span,
          related: probe ? [{ span: probe.span, message: 'the kubelet asks for its health there' }] : [],
        },
      ];
    }),
};

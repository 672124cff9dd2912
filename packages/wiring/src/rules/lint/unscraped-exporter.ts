import { labelOf } from '../../model';
import { isExporter } from '../../trace';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

const SCRAPE = 'prometheus.io/scrape';

export const unscrapedExporter: LintRule = {
  id: 'metrics/unscraped-exporter',
  severity: 'warning',
  summary: 'an exporter runs, and no collector scrapes it',
  why: 'it is there for nothing else, and what it has to tell is in no store',
  help: 'let its pod ask to be scraped, or make a PodMonitor or ServiceMonitor for it that a collector follows',
  example: example(
    {
      ...METRICS,
      'shop.yaml': `${METRICS['shop.yaml']}---\n${METRICS['shop.yaml'].replaceAll('name: web', 'name: till')}`,
    },
    {
      file: 'shop.yaml',
      good: '        prometheus.io/scrape: "true"\n        prometheus.io/port: "9113"\n',
      bad: '        team: shop\n',
    },
  ),
  check: ({ world, arrivals }) => {
    const scraped = world.closedManifests ? arrivals.scrapedIn(world) : undefined;
    if (!scraped) return [];
    return world.cluster.workloads.flatMap(({ object, pod }) => {
      const exporter = pod.containers.find(isExporter);
      const isSaid = pod.annotations.has(SCRAPE);
      const key = `${object.namespace?.value ?? ''}/${object.kind}/${object.name.value}`;
      if (!exporter || isSaid || scraped.has(key)) return [];
      return [
        {
          subject: labelOf(object),
          message: `container ${exporter.name} of ${labelOf(object)} is an exporter, and no collector scrapes it`,
          span: exporter.image?.span ?? exporter.span,
          related: [{ span: object.name.span, message: `${labelOf(object)} is declared here` }],
        },
      ];
    });
  },
};

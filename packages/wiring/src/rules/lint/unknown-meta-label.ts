import { nearestName } from '../../text/distance';
import {
  Environment,
  isMetricsCollector,
  isNeverGiven,
  metaLabelsOf,
  metricsPlan,
  type TargetSource,
} from '../../trace';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule, Spotted } from './lint-rule';
import { nameOf } from './of-collector';

export const unknownMetaLabel: LintRule = {
  id: 'metrics/unknown-meta-label',
  severity: 'warning',
  summary: 'a relabelling rule reads a label that its discovery never gives',
  why: 'the label is empty for every target: the rule keeps nothing, or what it should set stays away',
  help: 'read a label that the role of the discovery has, or discover by another role',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '      rule {\n        source_labels = ["__meta_kubernetes_pod_ip"',
    bad: '      rule {\n        source_labels = ["__meta_kubernetes_namespace_name"]\n        target_label  = "namespace"\n      }\n      rule {\n        source_labels = ["__meta_kubernetes_pod_ip"',
  }),
  check: ({ world, collectors }) =>
    collectors.filter(isMetricsCollector).flatMap((collector) => {
      const environment = new Environment(world, collector.workload.object, collector.container);
      const { pipelines } = metricsPlan(collector, environment, world);
      return [...new Set(pipelines.flatMap(({ sources }) => sources))].flatMap((source) =>
        strange(source, nameOf(collector)),
      );
    }),
};

function strange(source: TargetSource, who: string): readonly Spotted[] {
  // What rules themselves set may have any name.
  const isMapped = source.rules.some(({ action }) => action === 'labelmap');
  const own = new Set(source.rules.map(({ target }) => target));
  if (isMapped && source.rules.some(({ replacement }) => replacement.startsWith('__meta_'))) return [];
  return source.rules.flatMap((rule) =>
    rule.sources
      .filter((label) => !own.has(label) && isNeverGiven(label, source))
      .map((label) => {
        const meant = nearestName(label, metaLabelsOf(source.role));
        return {
          subject: `${who} ${source.component} ${label}`,
          message: `a rule of ${rule.component} reads ${label}, which discovery of role ${source.role} does not give`,
          span: rule.span,
          related: [{ span: source.span, message: `${source.component} discovers by role ${source.role}` }],
          ...(meant && { help: `read ${meant}` }),
        };
      }),
  );
}

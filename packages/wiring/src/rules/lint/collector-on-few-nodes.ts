import { labelOf } from '../../model';
import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

export const collectorOnFewNodes: LintRule = {
  id: 'logs/collector-on-few-nodes',
  severity: 'warning',
  summary: 'a collector that reads the files of its node does not run on every node',
  why: 'containers on all other nodes write files that nobody reads',
  help: 'make it a DaemonSet',
  example: example(LOGS, { file: 'collector.yaml', good: 'kind: DaemonSet', bad: 'kind: Deployment' }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, tails, plan }) => {
      const { object } = plan.collector.workload;
      const [tail] = tails;
      if (!tail || !['Deployment', 'StatefulSet', 'ReplicaSet', 'Rollout'].includes(object.kind)) return [];
      return [
        {
          subject,
          message: `${labelOf(object)} reads the files of the nodes that its pods happen to be on, and no others`,
          span: object.name.span,
          related: [{ span: tail.get('path')?.span ?? tail.span, message: `${nameOf(tail)} reads files of the node` }],
        },
      ];
    }),
};

import { at } from '../../read/access';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { containerNode, containersOf, nameOf } from './of-collector';

const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'];

export const unwatchedCollector: LintRule = {
  id: 'durability/unwatched-collector',
  severity: 'info',
  summary: 'nobody asks a collector whether it works',
  why: 'a collector that hangs or could not load its configuration counts as running',
  help: 'give it a readiness or liveness probe: /-/ready of Alloy and Prometheus, / of Fluent Bit',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '          readinessProbe:\n            httpGet: {path: /-/ready, port: http}\n',
    bad: '',
  }),
  check: ({ collectors, unconfigured }) =>
    containersOf([...collectors, ...unconfigured]).flatMap((collector) => {
      const node = containerNode(collector);
      if (!node || PROBES.some((probe) => at(node, probe))) return [];
      const message = `${nameOf(collector)} has no probe`;
      return [{ subject: nameOf(collector), message, span: collector.container.span }];
    }),
};

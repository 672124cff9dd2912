import { at } from '../../read/access';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { containerNode, containersOf, nameOf } from './of-collector';

export const unboundedMemory: LintRule = {
  id: 'durability/unbounded-memory',
  severity: 'info',
  summary: 'a collector has no bound of its memory',
  why: 'when the node runs short it is the first to be evicted, or it takes the memory of what it watches',
  help: 'set resources.requests.memory and resources.limits.memory',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '          resources:\n            requests: {cpu: 100m, memory: 256Mi}\n            limits: {memory: 512Mi}\n',
    bad: '',
  }),
  check: ({ collectors, unconfigured }) =>
    containersOf([...collectors, ...unconfigured]).flatMap((collector) => {
      const node = containerNode(collector);
      if (!node || at(node, 'resources', 'limits', 'memory') || at(node, 'resources', 'requests', 'memory')) return [];
      const message = `${nameOf(collector)} has neither a request nor a limit of memory`;
      return [{ subject: nameOf(collector), message, span: collector.container.span }];
    }),
};

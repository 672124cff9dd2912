import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { containersOf, nameOf } from './of-collector';

export const optionalVariable: LintRule = {
  id: 'gitops/optional-variable',
  severity: 'warning',
  summary: 'a collector starts before a value that it needs is there',
  why: 'a variable is read when the pod starts: without the key it is empty, and stays so until the pod is made anew',
  help: 'leave "optional" out, so that the pod waits for the key',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '{name: workspace, key: id}',
    bad: '{name: workspace, key: id, optional: true}',
  }),
  check: ({ world, collectors }) =>
    containersOf(collectors).flatMap((collector) => {
      const { namespace } = collector.workload.object;
      return collector.container.env.flatMap(({ name, source }) => {
        if (source.kind !== 'configMap' || !source.optional) return [];
        // Written later, by a controller or after a deployment.
        const later =
          world.cluster.fieldExports.find(
            ({ to }) =>
              to.name.value === source.name.value &&
              to.key.value === source.key.value &&
              to.namespace?.value === namespace?.value,
          )?.object.name.span ??
          world.bound.find((one) => one.configMap === source.name.value && one.key === source.key.value)?.span;
        if (!later) return [];
        const message = `${nameOf(collector)} takes ${name.value} from key ${source.key.value} of ConfigMap ${source.name.value}, which is written later, as optional`;
        return [
          {
            subject: `${nameOf(collector)} ${name.value}`,
            message,
            span: source.key.span,
            related: [{ span: later, message: 'the key is written by this' }],
          },
        ];
      });
    }),
};

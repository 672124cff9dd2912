import { type LocatedMap, labelOf } from '../../model';
import { locatedMap } from '../../read/kubernetes';
import type { Node } from '../../text';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

/** These name their pods by a selector of their own; a Job's is made for it. */
export const SELECTING: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet']);

export const unselectedPods: LintRule = {
  id: 'gitops/unselected-pods',
  severity: 'error',
  summary: 'a workload does not select the pods that it makes',
  why: 'the API server refuses it: the selector must match the labels of the template',
  help: 'give the template the labels of the selector; a selector cannot be changed later',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: 'selector: {matchLabels: {app: web}}',
    bad: 'selector: {matchLabels: {app: shop}}',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) => {
      if (!SELECTING.has(object.kind) || object.inline) return [];
      return [...selectorOf(object.node)].flatMap(([key, wanted]) => {
        const has = pod.labels.get(key);
        if (has?.value === wanted.value) return [];
        const what = has ? `its pods have ${key}=${has.value}` : `its pods have no label ${key}`;
        return [
          {
            subject: `${labelOf(object)}: ${key}`,
            message: `${labelOf(object)} selects ${key}=${wanted.value}, and ${what}`,
            span: wanted.span,
            ...(has && { related: [{ span: has.span, message: 'the label of the pods is here' }] }),
          },
        ];
      });
    }),
};

/** The labels by which a workload finds its pods; empty where it has none, as a patch has. */
export function selectorOf(node: Node): LocatedMap {
  return locatedMap(node, 'spec', 'selector', 'matchLabels');
}

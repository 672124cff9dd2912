import { labelOf, type World } from '../../model';
import { example } from '../example';
import { BUILD } from '../examples/build';
import type { LintRule } from './lint-rule';
import { SELECTING, selectorOf } from './unselected-pods';

export const containerWithoutImage: LintRule = {
  id: 'gitops/container-without-image',
  severity: 'error',
  summary: 'a container has no image',
  why: 'the API server refuses the object. A patch whose container has another name adds one instead of changing one',
  help: 'give the patch the name of the container that it is for',
  example: example(BUILD, {
    file: 'overlays/dev/replicas.yaml',
    good: 'spec:\n  replicas: 2\n',
    bad: 'spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          resources: {limits: {memory: 64Mi}}\n',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) => {
      if (!isWhole(object, world)) return [];
      return pod.containers.flatMap((container) => {
        if (container.image) return [];
        const others = pod.containers.filter(({ image }) => image);
        return [
          {
            subject: `${labelOf(object)}: ${container.name}`,
            message: `container ${container.name} of ${labelOf(object)} has no image`,
            span: container.span,
            related: others.slice(0, 3).map(({ name, span }) => ({ span, message: `the pod has container ${name}` })),
          },
        ];
      });
    }),
};

/** Patches, and what tests compare objects with, lie about as files of their own, too, and are no objects. */
function isWhole({ kind, node, values, inline }: World['objects'][number], world: World): boolean {
  const { closedManifests, places } = world;
  const isBuilt = closedManifests || places.length > 0;
  if (values || inline || !isBuilt) return false;
  return SELECTING.has(kind) ? selectorOf(node).size > 0 : closedManifests;
}

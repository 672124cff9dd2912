import { type KubeObject, type Located, labelBy, labelOf } from '../../model';
import { at, itemsAt } from '../../read/access';
import { located, POD_TEMPLATES } from '../../read/kubernetes';
import type { Node } from '../../text';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintInput, LintRule } from './lint-rule';
import { accountKey, accountsOfCollectors, exists, isAlone } from './of-world';

interface Reference {
  readonly kind: string;
  readonly name: Located<string>;
  /** What it is for: `scales`, `sends requests to`. */
  readonly verb: string;
}

/** ClusterRoles that the API server makes itself. */
const BORN = /^(?:cluster-admin|admin|edit|view|system:.*)$/;

export const missingReference: LintRule = {
  id: 'gitops/missing-reference',
  severity: 'error',
  summary: 'an object names another that no manifest makes',
  why: 'what it is for does not happen: nothing is scaled, routed, allowed, mounted or exported',
  help: 'add the object, or name one that is there, in the same namespace',
  example: example(METRICS, {
    file: 'store.yaml',
    good: 'metadata: {name: workspace, namespace: observe}\n',
    bad: 'metadata: {name: workspace, namespace: observe}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: shop}\nspec:\n  maxReplicas: 3\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: website}\n',
  }),
  check: (input) => {
    const { world } = input;
    if (!world.closedManifests || !isAlone(world)) return [];
    return [...references(input)].flatMap(([object, { kind, name, verb }]) => {
      const namespace = kind === 'ClusterRole' ? undefined : object.namespace;
      if (exists(world, kind, namespace?.value, name.value)) return [];
      return [
        {
          subject: `${labelOf(object)}: ${kind} ${name.value}`,
          message: `${labelOf(object)} ${verb} ${labelBy(kind, namespace, name)}, which does not exist`,
          span: name.span,
        },
      ];
    });
  },
};

function* references(input: LintInput): Iterable<readonly [KubeObject, Reference]> {
  for (const object of input.world.objects) {
    for (const reference of of(object)) yield [object, reference];
  }
  const collecting = accountsOfCollectors(input);
  for (const { object, role, subjects } of input.world.cluster.access.bindings) {
    const isCollectors = subjects.some(({ namespace, name }) => collecting.has(accountKey(namespace, name.value)));
    if (isCollectors || (role.kind === 'ClusterRole' && BORN.test(role.name.value))) continue;
    yield [object, { kind: role.kind, name: role.name, verb: 'binds' }];
  }
}

function* of({ kind, node }: KubeObject): Iterable<Reference> {
  if (kind === 'HorizontalPodAutoscaler') {
    const [target, name] = [
      located(node, 'spec', 'scaleTargetRef', 'kind'),
      located(node, 'spec', 'scaleTargetRef', 'name'),
    ];
    if (target && name && POD_TEMPLATES.has(target.value)) yield { kind: target.value, name, verb: 'scales' };
  }
  if (kind === 'Ingress') yield* backends(at(node, 'spec'));
  const path = POD_TEMPLATES.get(kind);
  for (const volume of path ? itemsAt(node, ...path, 'spec', 'volumes') : []) {
    const name = located(volume, 'persistentVolumeClaim', 'claimName');
    if (name) yield { kind: 'PersistentVolumeClaim', name, verb: 'mounts' };
  }
}

/** Of AWS's load balancer controller a backend may be an action of an annotation: its port is called so. */
function* backends(spec: Node | undefined): Iterable<Reference> {
  const paths = itemsAt(spec, 'rules').flatMap((rule) => itemsAt(rule, 'http', 'paths'));
  const all = [at(spec, 'defaultBackend'), ...paths.map((path) => at(path, 'backend'))];
  for (const backend of all) {
    const name = located(backend, 'service', 'name');
    if (!name || located(backend, 'service', 'port', 'name')?.value === 'use-annotation') continue;
    yield { kind: 'Service', name, verb: 'sends requests to' };
  }
}

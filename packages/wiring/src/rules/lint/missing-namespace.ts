import { type KubeObject, labelOf, type World } from '../../model';
import { nearestName, type Span } from '../../text';
import { example } from '../example';
import { NAMESPACES } from '../examples/namespaces';
import type { LintInput, LintRule } from './lint-rule';
import { clusterKey, delivers, eksCluster, hasOption } from './of-application';

/** A cluster is born with them. */
const BORN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * A world that makes none of its namespaces leaves that to somebody else; one that makes some is asked for those in which it
 * runs pods. Objects for an operator lie where the operator is, which whoever installed it has made.
 */
export const missingNamespace: LintRule = {
  id: 'gitops/missing-namespace',
  severity: 'error',
  summary: 'pods are to run in a namespace that nobody makes',
  why: 'the API server refuses every object in it: namespaces not found',
  help: 'add the Namespace, or let Argo CD make it with CreateNamespace=true',
  example: example(NAMESPACES, { file: 'namespaces.yaml', good: 'name: shop', bad: 'name: shops' }),
  check: (input) => {
    const { world } = input;
    const declared = world.objects.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1');
    if (!world.closedManifests || declared.length === 0) return [];
    const made = new Set([...BORN, ...declared.map(({ name }) => name.value), ...madeByOthers(input)]);
    const needed = new Map<string, { readonly object: KubeObject; readonly span: Span }>();
    for (const { object } of world.cluster.workloads) {
      const { namespace } = object;
      if (!namespace || made.has(namespace.value) || needed.has(namespace.value)) continue;
      if (isTold(namespace.span, world)) continue;
      needed.set(namespace.value, { object, span: namespace.span });
    }
    return [...needed].map(([name, { object, span }]) => {
      const near = nearestName(
        name,
        declared.map((one) => one.name.value),
      );
      const alike = declared.find((one) => one.name.value === near);
      return {
        subject: `Namespace ${name}`,
        message: `${labelOf(object)} is in namespace ${name}, which nobody makes`,
        span,
        ...(alike && { related: [{ span: alike.name.span, message: `namespace ${near} is made here` }] }),
      };
    });
  },
};

/** Argo CD by an option, eksctl for the accounts that it makes, Helm for the charts that it installs. */
function* madeByOthers({ world, gitOps }: LintInput): Iterable<string> {
  for (const delivery of gitOps.deliveries) {
    const { application } = delivery;
    const { namespace } = application.destination;
    if (!namespace || !hasOption(application, 'CreateNamespace=true')) continue;
    const cluster = eksCluster(application.destination)?.name ?? clusterKey(application.destination);
    if (delivers(delivery, world) || application.scope === world.name || cluster === world.surroundings.cluster) {
      yield namespace.value;
    }
  }
  for (const { namespace, role, values } of world.objects) {
    if (namespace && (role || values)) yield namespace.value;
  }
}

/** Said by sightline.json of all objects that say none. */
function isTold(span: Span, { places }: World): boolean {
  return span.source.file.endsWith('sightline.json') && !places.includes(span.source.file);
}

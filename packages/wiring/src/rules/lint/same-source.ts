import type { Delivery } from '../../model';
import { example } from '../example';
import { APPLICATIONS } from '../examples/applications';
import type { EstateRule } from './lint-rule';
import { clusterKey } from './of-application';

export const sameSource: EstateRule = {
  id: 'gitops/same-source',
  severity: 'warning',
  summary: 'two Applications of Argo CD own the same objects',
  why: 'each takes the objects from the other at every sync, and pruning one deletes what the other wants',
  help: 'give each Application a path of its own',
  example: example(APPLICATIONS, {
    file: 'applications.yaml',
    good: 'path: overlays/shop',
    bad: 'path: overlays/observe',
  }),
  check: ({ gitOps }) => {
    const byTarget = new Map<string, Delivery>();
    return gitOps.deliveries.flatMap((delivery) => {
      const key = sourceKey(delivery);
      const first = key === undefined ? undefined : byTarget.get(key);
      if (key !== undefined && !first) byTarget.set(key, delivery);
      if (!first || isOneApplication(first, delivery)) return [];
      const { label, object } = delivery.application;
      const other = first.application;
      const path = delivery.source.path;
      return [
        {
          subject: `${other.label} ${label}`,
          message: `${other.label} and ${label} both apply ${path?.value} to the same cluster`,
          span: path?.span ?? object.name.span,
          related: [{ span: first.source.path?.span, message: `${other.label} applies it too` }],
        },
      ];
    });
  },
};

/** What is written in two files, such as what was rendered and a committed copy of it, is still one object. */
export function isOneApplication(a: Delivery, b: Delivery): boolean {
  return a.application.label === b.application.label;
}

/** What decides which objects it makes, and where. A chart has values of its own, so it is never the same. */
export function sourceKey({ application, source }: Delivery): string | undefined {
  const { destination, scope } = application;
  const cluster = clusterKey(destination);
  if (!source.path || !source.repository || source.chart || source.builds.length > 0 || !cluster) return undefined;
  const path = source.path.value.replace(/^\.\/|\/+$/g, '');
  const repository = source.repository.value.replace(/(?:\.git)?\/*$/, '');
  return [scope, repository, path, cluster, destination.namespace?.value ?? ''].join('\n');
}

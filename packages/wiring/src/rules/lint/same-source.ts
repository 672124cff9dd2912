import { type KubeObject, labelOf } from '../../model';
import { at } from '../../read/access';
import { located } from '../../read/kubernetes';
import { example } from '../example';
import { APPLICATIONS } from '../examples/applications';
import type { LintRule } from './lint-rule';

export const sameSource: LintRule = {
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
  check: ({ world }) => {
    const applications = world.objects.filter(
      ({ kind, apiVersion }) => kind === 'Application' && apiVersion.startsWith('argoproj.io/'),
    );
    const byTarget = new Map<string, KubeObject>();
    return applications.flatMap((object) => {
      const key = keyOf(object);
      if (key === undefined) return [];
      const first = byTarget.get(key);
      if (!first) byTarget.set(key, object);
      if (!first) return [];
      const path = located(object.node, 'spec', 'source', 'path');
      return [
        {
          subject: `${labelOf(first)} ${labelOf(object)}`,
          message: `${labelOf(first)} and ${labelOf(object)} both apply ${path?.value} to the same cluster`,
          span: path?.span ?? object.name.span,
          related: [{ span: first.name.span, message: `${labelOf(first)} is declared here` }],
        },
      ];
    });
  },
};

/** What decides which objects it makes, and where. A chart has values of its own, so it is never the same. */
function keyOf({ node }: KubeObject): string | undefined {
  const path = located(node, 'spec', 'source', 'path')?.value.replace(/^\.\/|\/+$/g, '');
  const repository = located(node, 'spec', 'source', 'repoURL')?.value.replace(/(?:\.git)?\/*$/, '');
  const own = ['helm', 'kustomize', 'plugin', 'directory'].some((way) => at(node, 'spec', 'source', way));
  if (path === undefined || repository === undefined || own) return undefined;
  const destination = ['server', 'name', 'namespace'].map(
    (part) => located(node, 'spec', 'destination', part)?.value ?? '',
  );
  return [repository, path, ...destination].join('\n');
}

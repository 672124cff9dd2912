import { type KubeObject, labelBy, labelOf, type RbacSubject } from '../../model';
import { parentPath } from '../../read/file-tree';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintInput, LintRule } from './lint-rule';
import { accountKey, accountsOfCollectors, exists, isAlone, named } from './of-world';

/**
 * A binding gives rights to names, whoever bears them. In a closed world each has to be there; in any other, one that is there
 * by the same name in another namespace shows that the two were parted, as kustomize's `namespace:` does.
 */
export const missingSubject: LintRule = {
  id: 'gitops/missing-subject',
  severity: 'error',
  summary: 'rights are given to a service account that does not exist',
  why: 'the API server takes the binding without a word, and the pods that need it are answered 403',
  help: 'name the account and the namespace that the pods run as; kustomize moves accounts, and not all that name them',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: 'apiVersion: networking.k8s.io/v1\n',
    bad: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: watch, namespace: shop}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects:\n  - {kind: ServiceAccount, name: watcher, namespace: shop}\n---\napiVersion: networking.k8s.io/v1\n',
  }),
  check: (input) => {
    const known = accountsOfCollectors(input);
    const names = new Set([...known].map((key) => key.slice(key.indexOf('/') + 1)));
    return input.world.cluster.access.bindings.flatMap(({ object, subjects }) =>
      subjects.flatMap((subject) => {
        // Of the account of a collector the path tells.
        if (subject.kind !== 'ServiceAccount' || names.has(subject.name.value)) return [];
        const moved = movedTo(subject, object, input);
        if (moved === undefined) return [];
        const { name, namespace } = subject;
        return [
          {
            subject: `${labelOf(object)}: ${accountKey(namespace, name.value)}`,
            message: `${labelOf(object)} gives rights to ${labelBy('ServiceAccount', namespace, name)}, which does not exist`,
            span: (moved && namespace ? namespace : name).span,
            ...(moved && { related: [{ span: moved.name.span, message: `there is ${labelOf(moved)}` }] }),
          },
        ];
      }),
    );
  },
};

/** The account of the same name elsewhere; `null`: there is none; `undefined`: nobody can say that anything is wrong. */
function movedTo({ name, namespace }: RbacSubject, binding: KubeObject, { world }: LintInput) {
  if (!namespace || name.value === 'default' || exists(world, 'ServiceAccount', namespace.value, name.value))
    return undefined;
  const elsewhere = named(world, 'ServiceAccount', name.value);
  const isClosed = world.closedManifests && isAlone(world) && namespace.value !== 'kube-system';
  if (isClosed) return elsewhere[0] ?? null;
  const [one, ...others] = elsewhere;
  // Somebody else's account of the same name may well be there, unless it lies beside its binding.
  const isBeside = one?.namespace && folder(one) === folder(binding) && others.length === 0;
  return isBeside && !world.cluster.access.namespaceNames.has(namespace.value) ? one : undefined;
}

function folder({ name: { span } }: KubeObject): string {
  return parentPath(span.source.file);
}
